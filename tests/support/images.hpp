#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/trimap.hpp"

// Makes image files and images for tests. The writers are plain and share nothing with the readers
// of imaging/ (but for JPEG, where both use libjpeg), so that each is a check of the other.

namespace mbench::testing {

/// PNG colour types, by the numbers of the PNG specification.
enum class PngColour { grey = 0, rgb = 2, palette = 3, grey_alpha = 4, rgba = 6 };

/// What a PNG file shall hold.
struct PngSpec {
  Size size{};
  PngColour colour{PngColour::grey};
  int bit_depth{8};                      ///< 1, 2, 4, 8 or 16, as far as the colour type has it
  std::vector<std::uint16_t> samples{};  ///< interleaved, as stored: 1-bit files hold 0 and 1
  std::vector<Rgb<std::uint8_t>> palette{};
  std::vector<std::uint8_t> transparency{};  ///< content of the tRNS chunk
  bool interlaced{false};                    ///< Adam7
};

/// The bytes of such a file.
[[nodiscard]] std::string png_bytes(const PngSpec& spec);

/// A chunk of a PNG file: length, type, content, CRC-32.
[[nodiscard]] std::string png_chunk(const std::string& type, const std::string& content);

/// A baseline JPEG file: `channels` 1 (grey), 3 (RGB) or 4 (CMYK); an EXIF orientation (1 to 8) is
/// written if it is not 0.
[[nodiscard]] std::string jpeg_bytes(Size size, int channels,
                                     const std::vector<std::uint8_t>& samples,
                                     int exif_orientation = 0);

/// An uncompressed TIFF file with one strip. Samples are interleaved, in the machine's byte order.
template <typename T>
[[nodiscard]] std::string tiff_bytes(Size size, int channels, const std::vector<T>& samples,
                                     int orientation = 1);

/// An uncompressed EXR file with one float channel, Y.
[[nodiscard]] std::string exr_bytes(Size size, const std::vector<float>& samples);

/// Every value from 0 to 255 with equal probability, independent at every pixel; the same for the
/// same seed on every machine.
[[nodiscard]] Plane<std::uint8_t> noise_plane(Size size, std::uint64_t seed);
[[nodiscard]] Matte noise_matte(Size size, std::uint64_t seed);
[[nodiscard]] Image noise_image(Size size, std::uint64_t seed);
/// Background, unknown and foreground with equal probability.
[[nodiscard]] Trimap noise_trimap(Size size, std::uint64_t seed);

}  // namespace mbench::testing
