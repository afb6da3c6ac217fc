#include "imaging/codec_imgcodecs.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include <fmt/core.h>

#include "core/module.hpp"
#include "imaging/header_size.hpp"

namespace mbench::imaging {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view kModuleName = "libmbench_imgcodecs.so";

const MbenchImgcodecsFunctions& imgcodecs() {
  static const MbenchImgcodecsFunctions& functions = open_imgcodecs_module(module_folders());
  return functions;
}

/// Samples that the module owns until this goes.
class ModulePixels {
 public:
  ModulePixels(const MbenchImgcodecsFunctions& module, FileBytes file, std::string_view format)
      : module_{module} {
    std::array<char, 400> message{};
    if (module_.decode(file.data(), file.size(), &pixels_, message.data(), message.size()) == 0) {
      throw damaged_file(format, message.data());
    }
  }
  ~ModulePixels() { module_.release(&pixels_); }
  ModulePixels(const ModulePixels&) = delete;
  ModulePixels& operator=(const ModulePixels&) = delete;

  [[nodiscard]] const MbenchImgcodecsPixels& get() const { return pixels_; }

 private:
  const MbenchImgcodecsFunctions& module_;
  MbenchImgcodecsPixels pixels_{};
};

/// imgcodecs tells what is in a file only by decoding it: the work is done at construction.
class ImgcodecsDecoder final : public Decoder {
 public:
  ImgcodecsDecoder(FileBytes file, std::string_view format) : pixels_{imgcodecs(), file, format} {
    const MbenchImgcodecsPixels& pixels = pixels_.get();
    require_acceptable_size(pixels.width, pixels.height);
    if (pixels.channels < 1 || pixels.channels > 4) {
      throw damaged_file(format, fmt::format("{} channels", pixels.channels));
    }
    info_ = {.size = {pixels.width, pixels.height},
             .channels = pixels.channels,
             .depth = static_cast<Depth>(pixels.sample_kind),
             .format = std::string{format}};
  }

  void decode(std::span<std::byte> samples) override {
    std::memcpy(samples.data(), pixels_.get().samples, samples.size());
  }

 private:
  ModulePixels pixels_;
};

}  // namespace

bool has_imgcodecs_module(std::span<const fs::path> folders) {
  return std::ranges::any_of(folders, [](const fs::path& folder) {
    std::error_code error;
    return fs::exists(folder / kModuleName, error);
  });
}

const MbenchImgcodecsFunctions& open_imgcodecs_module(std::span<const fs::path> folders) {
  ModuleSymbol symbol = open_module(kModuleName, "mbench_imgcodecs_functions", folders);
  if (symbol.address != nullptr) {
    const auto* functions = static_cast<const MbenchImgcodecsFunctions*>(symbol.address);
    if (functions->version == kMbenchImgcodecsVersion) return *functions;
    symbol.found = fmt::format("{} belongs to another version of mbench", kModuleName);
  }
  throw Error{ErrorKind::unavailable,
              {.what = "TIFF, EXR and WebP files cannot be read by this build",
               .expected = "mbench's module for OpenCV's imgcodecs",
               .found = std::move(symbol.found),
               .fix = "install libopencv-imgcodecs-dev (Debian, Ubuntu) and build mbench again, or "
                      "convert the file to PNG"}};
}

std::unique_ptr<Decoder> open_tiff(FileBytes file) {
  const HeaderSize header = tiff_header_size(file);
  require_acceptable_size(header.width, header.height);
  if (header.orientation != 1) {
    throw Error{ErrorKind::bad_input,
                {.what = "the TIFF file asks to be mirrored or turned before use",
                 .expected = "orientation 1 (as stored)",
                 .found = fmt::format("orientation {}", header.orientation),
                 .fix = "save the image upright, without the tag"}};
  }
  return std::make_unique<ImgcodecsDecoder>(file, "TIFF");
}

std::unique_ptr<Decoder> open_exr(FileBytes file) {
  const HeaderSize header = exr_header_size(file);
  require_acceptable_size(header.width, header.height);
  return std::make_unique<ImgcodecsDecoder>(file, "EXR");
}

std::unique_ptr<Decoder> open_webp(FileBytes file) {
  // The format itself ends at 16383 x 16383, just below kMaxPixels.
  return std::make_unique<ImgcodecsDecoder>(file, "WebP");
}

}  // namespace mbench::imaging
