#include "imaging/codec_imgcodecs.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fmt/core.h>

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

std::vector<fs::path> module_folders() {
  std::vector<fs::path> folders;
  if (const char* named = std::getenv("MBENCH_PLUGIN_DIR"); named != nullptr && *named != '\0') {
    folders.emplace_back(named);
  }
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path folder = executable.parent_path();
    folders.push_back(folder);
    folders.push_back(folder.parent_path() / "lib/mbench");
    folders.push_back(folder.parent_path() / MBENCH_INSTALL_LIBDIR / "mbench");
  }
  folders.emplace_back(MBENCH_BUILD_MODULE_DIR);
  return folders;
}

bool has_imgcodecs_module(std::span<const fs::path> folders) {
  return std::ranges::any_of(folders, [](const fs::path& folder) {
    std::error_code error;
    return fs::exists(folder / kModuleName, error);
  });
}

const MbenchImgcodecsFunctions& open_imgcodecs_module(std::span<const fs::path> folders) {
  std::string found = fmt::format("no {} in", kModuleName);
  for (const fs::path& folder : folders) {
    const fs::path file = folder / kModuleName;
    std::error_code error;
    if (!fs::exists(file, error)) {
      found += fmt::format(" {}", folder.string());
      continue;
    }
    void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      found = ::dlerror();
      break;
    }
    const auto* functions = static_cast<const MbenchImgcodecsFunctions*>(
        ::dlsym(library, "mbench_imgcodecs_functions"));
    if (functions != nullptr && functions->version == kMbenchImgcodecsVersion) return *functions;
    ::dlclose(library);
    found = fmt::format("{} belongs to another version of mbench", file.string());
    break;
  }
  throw Error{ErrorKind::unavailable,
              {.what = "TIFF, EXR and WebP files cannot be read by this build",
               .expected = "mbench's module for OpenCV's imgcodecs",
               .found = std::move(found),
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
