#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/error.hpp"
#include "imaging/io.hpp"

namespace mbench::imaging {

/// The bytes of a whole file, or of its beginning where only the header is wanted.
using FileBytes = std::span<const std::byte>;

/// Files that claim more pixels are refused before anything is allocated: 2^28 is 16384 x 16384.
inline constexpr std::int64_t kMaxPixels = std::int64_t{1} << 28;

/// One image file being decoded: made from its bytes, which must outlive it. Making it reads the
/// header; decode() does the work, straight into the caller's buffer. Every failure is bad_input
/// without a place: the caller knows the file's name.
class Decoder {
 public:
  Decoder() = default;
  virtual ~Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  [[nodiscard]] const ImageInfo& info() const { return info_; }

  /// True if the last channel is no alpha channel of the file: it was derived from one colour that
  /// the file declares transparent (PNG's tRNS chunk in a grey or RGB file).
  [[nodiscard]] bool alpha_is_colour_key() const { return alpha_is_colour_key_; }

  /// Writes all samples, interleaved (red first, alpha last), in the machine's byte order.
  /// `samples` must have byte_count() bytes. To be called once.
  virtual void decode(std::span<std::byte> samples) = 0;

  /// Bytes of all samples.
  [[nodiscard]] std::size_t byte_count() const;

 protected:
  ImageInfo info_{};
  bool alpha_is_colour_key_{false};
};

/// Bytes of one sample.
[[nodiscard]] std::size_t bytes_per_sample(Depth depth);

[[nodiscard]] std::unique_ptr<Decoder> open_png(FileBytes file);
[[nodiscard]] std::unique_ptr<Decoder> open_jpeg(FileBytes file);

/// Recognises the format by the first bytes, never by a name, and reads the header. Throws
/// bad_input for unknown formats.
[[nodiscard]] std::unique_ptr<Decoder> open_decoder(FileBytes file);

/// True if even the header can only be told from the whole file (TIFF, EXR, WebP).
[[nodiscard]] bool needs_whole_file(FileBytes head);

/// Throws bad_input if an image of this size may not be read (empty, or above kMaxPixels).
void require_acceptable_size(std::int64_t width, std::int64_t height);

/// bad_input: "the NAME file is damaged or incomplete", with what the decoding library says.
[[nodiscard]] Error damaged_file(std::string_view format, std::string_view found);

}  // namespace mbench::imaging
