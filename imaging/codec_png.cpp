#include <png.h>

#include <array>
#include <bit>
#include <csetjmp>
#include <cstring>

#include <fmt/core.h>

#include "imaging/decoder.hpp"

namespace mbench::imaging {
namespace {

// libpng reports errors by longjmp, which runs no destructors. Therefore every function below that
// calls setjmp has only trivial variables, and returns false instead of throwing.

/// What the callbacks of libpng see.
struct Source {
  FileBytes file{};
  std::size_t position{};
  std::array<char, 200> message{};
};

void read_bytes(png_structp png, png_bytep to, std::size_t count) {
  auto& source = *static_cast<Source*>(png_get_io_ptr(png));
  if (count > source.file.size() - source.position) {
    png_error(png, "the file ends before the image is complete");
  }
  std::memcpy(to, source.file.data() + source.position, count);
  source.position += count;
}

[[noreturn]] void keep_message(png_structp png, png_const_charp message) {
  auto& source = *static_cast<Source*>(png_get_error_ptr(png));
  std::strncpy(source.message.data(), message, source.message.size() - 1);
  png_longjmp(png, 1);
}

void ignore_warning(png_structp, png_const_charp) {}

bool read_header(png_structp png, png_infop info) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_read_info(png, info);
  return true;
}

/// Asks for expanded samples in the machine's byte order: no palette, no bit fields, tRNS as alpha.
bool ask_for_samples(png_structp png, png_infop info) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_expand(png);
  if constexpr (std::endian::native == std::endian::little) png_set_swap(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  return true;
}

bool read_samples(png_structp png, png_infop info, png_bytep samples, std::size_t row_bytes,
                  png_uint_32 height, int passes) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  for (int pass = 0; pass < passes; ++pass) {
    for (png_uint_32 y = 0; y < height; ++y) {
      png_read_row(png, samples + y * row_bytes, nullptr);
    }
  }
  png_read_end(png, info);  // a file cut behind its last row is damaged too
  return true;
}

/// Samples per stored pixel; 0 for colour types that libpng will refuse.
int channels_of(png_byte colour_type) {
  switch (colour_type) {
    case PNG_COLOR_TYPE_GRAY:
    case PNG_COLOR_TYPE_PALETTE: return 1;
    case PNG_COLOR_TYPE_GRAY_ALPHA: return 2;
    case PNG_COLOR_TYPE_RGB: return 3;
    case PNG_COLOR_TYPE_RGB_ALPHA: return 4;
    default: return 0;
  }
}

class PngDecoder final : public Decoder {
 public:
  explicit PngDecoder(FileBytes file) : source_{.file = file} {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source_, keep_message, ignore_warning);
    info_struct_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
    if (info_struct_ == nullptr) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw Error{ErrorKind::internal, {.what = "out of memory while opening a PNG file"}};
    }
    try {
      open();
    } catch (...) {
      close();
      throw;
    }
  }
  ~PngDecoder() override { close(); }

  void decode(std::span<std::byte> samples) override {
    const auto height = static_cast<png_uint_32>(info_.size.height);
    const std::size_t row_bytes = samples.size() / height;
    const int passes =
        png_get_interlace_type(png_, info_struct_) == PNG_INTERLACE_NONE ? 1 : kAdam7Passes;
    if (!read_samples(png_, info_struct_, reinterpret_cast<png_bytep>(samples.data()), row_bytes,
                      height, passes)) {
      throw damaged_file("PNG", source_.message.data());
    }
  }

 private:
  static constexpr int kAdam7Passes = 7;
  static constexpr std::int64_t kMaxExpansion = 1032;
  static constexpr std::size_t kHeaderBytes = 33;  // signature and IHDR chunk

  void open() {
    require_plausible_header();
    png_set_read_fn(png_, &source_, read_bytes);
    png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // kMaxPixels was checked
    // Damage in a side chunk is damage: tRNS, for one, changes what is read.
    png_set_crc_action(png_, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    if (!read_header(png_, info_struct_)) throw damaged_file("PNG", source_.message.data());
    const bool has_transparent_colour = png_get_valid(png_, info_struct_, PNG_INFO_tRNS) != 0;
    const int colour_type = png_get_color_type(png_, info_struct_);
    alpha_is_colour_key_ = has_transparent_colour && colour_type != PNG_COLOR_TYPE_PALETTE;
    if (!ask_for_samples(png_, info_struct_)) throw damaged_file("PNG", source_.message.data());
    info_ = {.size = {static_cast<int>(png_get_image_width(png_, info_struct_)),
                      static_cast<int>(png_get_image_height(png_, info_struct_))},
             .channels = png_get_channels(png_, info_struct_),
             .depth = png_get_bit_depth(png_, info_struct_) == 16 ? Depth::u16 : Depth::u8,
             .format = "PNG"};
  }

  /// Refuses hostile sizes before libpng sees them, so that the message is ours.
  void require_plausible_header() const {
    if (source_.file.size() < kHeaderBytes) {
      throw damaged_file("PNG", fmt::format("{} bytes", source_.file.size()));
    }
    const auto* header = reinterpret_cast<png_const_bytep>(source_.file.data());
    const std::int64_t width = png_get_uint_32(header + 16);
    const std::int64_t height = png_get_uint_32(header + 20);
    require_acceptable_size(width, height);
    // Nor may a tiny file make us allocate gigabytes: deflate never expands more than 1032 times.
    const std::int64_t pixel_bits = header[24] * channels_of(header[25]);
    const auto expandable = static_cast<std::int64_t>(source_.file.size()) * kMaxExpansion;
    if (width * height * pixel_bits / 8 > expandable) {
      throw damaged_file("PNG", fmt::format("{} bytes, too few for {}x{} pixels",
                                            source_.file.size(), width, height));
    }
  }

  void close() { png_destroy_read_struct(&png_, &info_struct_, nullptr); }

  Source source_{};
  png_structp png_{};
  png_infop info_struct_{};
};

}  // namespace

std::unique_ptr<Decoder> open_png(FileBytes file) { return std::make_unique<PngDecoder>(file); }

}  // namespace mbench::imaging
