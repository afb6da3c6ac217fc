#include <cstdio>  // jpeglib.h uses FILE and size_t without including them

#include <jpeglib.h>

#include <jerror.h>

#include <array>
#include <csetjmp>

#include <fmt/core.h>

#include "imaging/decoder.hpp"

namespace mbench::imaging {
namespace {

// libjpeg reports errors through a callback that may not return: it longjmps, which runs no
// destructors. Therefore every function that calls setjmp has only trivial variables, and returns
// false instead of throwing.

/// libjpeg's error manager with a place to jump to and the message.
struct ErrorManager {
  jpeg_error_mgr base{};  // first: libjpeg hands back a pointer to it
  std::jmp_buf jump{};
  std::array<char, JMSG_LENGTH_MAX> message{};
};

ErrorManager& manager_of(j_common_ptr jpeg) { return *reinterpret_cast<ErrorManager*>(jpeg->err); }

[[noreturn]] void stop(j_common_ptr jpeg) {
  ErrorManager& manager = manager_of(jpeg);
  jpeg->err->format_message(jpeg, manager.message.data());
  std::longjmp(manager.jump, 1);
}

/// libjpeg goes on after damage with a warning and made-up pixels; a benchmark must not. The
/// warnings below concern bytes that are no pixels.
bool is_harmless(int code) {
  return code == JWRN_ADOBE_XFORM || code == JWRN_JFIF_MAJOR || code == JWRN_EXTRANEOUS_DATA ||
         code == JWRN_TOO_MUCH_DATA;
}

void on_message(j_common_ptr jpeg, int level) {
  if (level < 0 && !is_harmless(jpeg->err->msg_code)) stop(jpeg);
}

void print_nothing(j_common_ptr) {}

bool read_header(jpeg_decompress_struct& jpeg, ErrorManager& manager, FileBytes file) {
  if (setjmp(manager.jump) != 0) return false;
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), file.size());
  jpeg_read_header(&jpeg, TRUE);
  return true;
}

bool read_samples(jpeg_decompress_struct& jpeg, ErrorManager& manager, JSAMPLE* samples,
                  std::size_t row_bytes) {
  if (setjmp(manager.jump) != 0) return false;
  jpeg_start_decompress(&jpeg);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = samples + jpeg.output_scanline * row_bytes;
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_decompress(&jpeg);
  return true;
}

class JpegDecoder final : public Decoder {
 public:
  explicit JpegDecoder(FileBytes file) {
    jpeg_.err = jpeg_std_error(&manager_.base);
    manager_.base.error_exit = stop;
    manager_.base.emit_message = on_message;
    manager_.base.output_message = print_nothing;
    try {
      open(file);
    } catch (...) {
      jpeg_destroy_decompress(&jpeg_);
      throw;
    }
  }
  ~JpegDecoder() override { jpeg_destroy_decompress(&jpeg_); }

  void decode(std::span<std::byte> samples) override {
    const std::size_t row_bytes = samples.size() / static_cast<std::size_t>(info_.size.height);
    if (!read_samples(jpeg_, manager_, reinterpret_cast<JSAMPLE*>(samples.data()), row_bytes)) {
      throw damaged_file("JPEG", manager_.message.data());
    }
  }

 private:
  void open(FileBytes file) {
    if (!read_header(jpeg_, manager_, file)) throw damaged_file("JPEG", manager_.message.data());
    require_acceptable_size(jpeg_.image_width, jpeg_.image_height);
    if (jpeg_.out_color_space != JCS_GRAYSCALE && jpeg_.out_color_space != JCS_RGB) {
      throw Error{ErrorKind::bad_input,
                  {.what = "the JPEG file is neither grey nor RGB",
                   .expected = "1 or 3 channels",
                   .found = fmt::format("{} channels{}", jpeg_.num_components,
                                        jpeg_.num_components == 4 ? " (CMYK)" : ""),
                   .fix = "convert the image to RGB and save it as PNG"}};
    }
    info_ = {.size = {static_cast<int>(jpeg_.image_width), static_cast<int>(jpeg_.image_height)},
             .channels = jpeg_.out_color_space == JCS_GRAYSCALE ? 1 : 3,
             .depth = Depth::u8,
             .format = "JPEG"};
  }

  jpeg_decompress_struct jpeg_{};
  ErrorManager manager_{};
};

}  // namespace

std::unique_ptr<Decoder> open_jpeg(FileBytes file) { return std::make_unique<JpegDecoder>(file); }

}  // namespace mbench::imaging
