#include <cstdio>  // jpeglib.h uses FILE and size_t without including them

#include <jpeglib.h>

#include <bit>
#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "tests/support/images.hpp"

namespace mbench::testing {
namespace {

static_assert(std::endian::native == std::endian::little, "the writers copy samples as they are");

template <typename T>
std::string raw(T value) {
  std::string bytes(sizeof(T), '\0');
  std::memcpy(bytes.data(), &value, sizeof(T));
  return bytes;
}

template <typename T>
std::string raw(const std::vector<T>& values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// An entry of a TIFF directory with a value of 32 bits at most.
std::string entry(int tag, int type, std::uint32_t count, std::uint32_t value) {
  return raw(static_cast<std::uint16_t>(tag)) + raw(static_cast<std::uint16_t>(type)) + raw(count) +
         raw(value);
}
constexpr int kShort = 3;
constexpr int kLong = 4;

/// "Exif", then a TIFF structure with the orientation alone.
std::string exif_with(int orientation) {
  return std::string{"Exif\0\0", 6} + "II*" + std::string{"\0\x08\0\0\0\x01\0", 7} +
         entry(274, kShort, 1, static_cast<std::uint32_t>(orientation)) + raw(std::uint32_t{0});
}

std::string exr_attribute(const std::string& name, const std::string& type,
                          const std::string& value) {
  return name + '\0' + type + '\0' + raw(static_cast<std::uint32_t>(value.size())) + value;
}

}  // namespace

std::string jpeg_bytes(Size size, int channels, const std::vector<std::uint8_t>& samples,
                       int exif_orientation) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);  // an error ends the test program: these files are ours
  jpeg_create_compress(&jpeg);
  unsigned char* bytes = nullptr;
  unsigned long count = 0;
  jpeg_mem_dest(&jpeg, &bytes, &count);
  jpeg.image_width = static_cast<JDIMENSION>(size.width);
  jpeg.image_height = static_cast<JDIMENSION>(size.height);
  jpeg.input_components = channels;
  jpeg.in_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 95, TRUE);
  jpeg_start_compress(&jpeg, TRUE);
  if (exif_orientation != 0) {
    const std::string exif = exif_with(exif_orientation);
    jpeg_write_marker(&jpeg, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(exif.data()),
                      static_cast<unsigned>(exif.size()));
  }
  std::vector<std::uint8_t> copy = samples;  // libjpeg wants rows that are not const
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW row = copy.data() + std::size_t{jpeg.next_scanline} *
                                     static_cast<std::size_t>(size.width * channels);
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  std::string file{reinterpret_cast<const char*>(bytes), count};
  std::free(bytes);
  return file;
}

template <typename T>
std::string tiff_bytes(Size size, int channels, const std::vector<T>& samples, int orientation) {
  constexpr std::uint32_t kHeader = 8;
  constexpr std::uint32_t kIntegers = 1;
  constexpr std::uint32_t kFloats = 3;
  const std::string pixels = raw(samples);
  const auto count = static_cast<std::uint32_t>(channels);
  const auto bits = static_cast<std::uint16_t>(8 * sizeof(T));
  const std::uint32_t format = std::is_floating_point_v<T> ? kFloats : kIntegers;
  // After the pixels: bits per sample, once for every channel; then the directory.
  const auto bits_offset = kHeader + static_cast<std::uint32_t>(pixels.size());
  const std::string bits_list = raw(std::vector<std::uint16_t>(4, bits));
  const auto directory = bits_offset + static_cast<std::uint32_t>(bits_list.size());
  const auto height = static_cast<std::uint32_t>(size.height);
  std::vector<std::string> entries{
      entry(256, kLong, 1, static_cast<std::uint32_t>(size.width)),
      entry(257, kLong, 1, height),
      entry(258, kShort, count, channels == 1 ? bits : bits_offset),
      entry(259, kShort, 1, 1),                      // not compressed
      entry(262, kShort, 1, channels >= 3 ? 2 : 1),  // RGB, or grey with 0 as black
      entry(273, kLong, 1, kHeader),                 // where the strip begins
      entry(274, kShort, 1, static_cast<std::uint32_t>(orientation)),
      entry(277, kShort, 1, count),
      entry(278, kLong, 1, height),  // rows in the strip
      entry(279, kLong, 1, static_cast<std::uint32_t>(pixels.size())),
      entry(339, kShort, 1, format)};
  std::string file = std::string{"II*\0", 4} + raw(directory) + pixels + bits_list +
                     raw(static_cast<std::uint16_t>(entries.size()));
  for (const std::string& line : entries) file += line;
  return file + raw(std::uint32_t{0});
}

template std::string tiff_bytes(Size, int, const std::vector<std::uint8_t>&, int);
template std::string tiff_bytes(Size, int, const std::vector<std::uint16_t>&, int);
template std::string tiff_bytes(Size, int, const std::vector<float>&, int);

std::string exr_bytes(Size size, const std::vector<float>& samples) {
  const auto width = static_cast<std::size_t>(size.width);
  const std::string window = raw(std::vector<std::int32_t>{0, 0, size.width - 1, size.height - 1});
  const std::string channel = std::string{"Y\0", 2} + raw(std::int32_t{2}) +  // 2: 32-bit float
                              raw(std::uint32_t{0}) + raw(std::vector<std::int32_t>{1, 1}) + '\0';
  std::string file = std::string{"\x76\x2f\x31\x01\x02\0\0\0", 8} +
                     exr_attribute("channels", "chlist", channel) +
                     exr_attribute("compression", "compression", std::string(1, '\0')) +
                     exr_attribute("dataWindow", "box2i", window) +
                     exr_attribute("displayWindow", "box2i", window) +
                     exr_attribute("lineOrder", "lineOrder", std::string(1, '\0')) +
                     exr_attribute("pixelAspectRatio", "float", raw(1.0F)) +
                     exr_attribute("screenWindowCenter", "v2f", raw(std::vector<float>{0, 0})) +
                     exr_attribute("screenWindowWidth", "float", raw(1.0F)) + '\0';
  const std::size_t line_bytes = 8 + width * sizeof(float);  // row number, byte count, samples
  const std::size_t first_line = file.size() + static_cast<std::size_t>(size.height) * 8;
  for (int y = 0; y < size.height; ++y) {
    file += raw(static_cast<std::uint64_t>(first_line + static_cast<std::size_t>(y) * line_bytes));
  }
  for (int y = 0; y < size.height; ++y) {
    const auto begin = samples.begin() + y * size.width;
    file += raw(std::int32_t{y}) + raw(static_cast<std::uint32_t>(width * sizeof(float))) +
            raw(std::vector<float>{begin, begin + size.width});
  }
  return file;
}

}  // namespace mbench::testing
