#include "imaging/library_versions.hpp"

#include <cstdio>  // jpeglib.h uses FILE without including it

#include <fmt/core.h>
#include <jpeglib.h>
#include <png.h>
#ifdef MBENCH_HAS_OPENCV
#include <opencv2/core/version.hpp>
#endif

#include "core/module.hpp"
#include "imaging/codec_imgcodecs.hpp"

namespace mbench::imaging {

namespace {

constexpr const char* kNotRead = "none: TIFF, EXR and WebP are not read";

std::string opencv_version() {
#ifdef MBENCH_HAS_OPENCV
  return has_imgcodecs_module(module_folders()) ? CV_VERSION : kNotRead;
#else
  return kNotRead;
#endif
}

}  // namespace

std::vector<std::pair<std::string, std::string>> library_versions() {
  const auto png = png_access_version_number();
  std::string jpeg = fmt::format("{}", JPEG_LIB_VERSION);
#ifdef LIBJPEG_TURBO_VERSION_NUMBER
  constexpr int turbo = LIBJPEG_TURBO_VERSION_NUMBER;  // 2001005: 2.1.5
  jpeg = fmt::format("turbo {}.{}.{}", turbo / 1000000, turbo / 1000 % 1000, turbo % 1000);
#endif
  return {{"libpng", fmt::format("{}.{}.{}", png / 10000, png / 100 % 100, png % 100)},
          {"libjpeg", jpeg},
          {"opencv", opencv_version()}};
}

}  // namespace mbench::imaging
