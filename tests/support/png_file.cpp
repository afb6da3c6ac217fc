#include <zlib.h>

#include <stdexcept>

#include "tests/support/images.hpp"

namespace mbench::testing {
namespace {

std::string big_endian_32(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255U);
  return bytes;
}

int samples_per_pixel(PngColour colour) {
  switch (colour) {
    case PngColour::grey:
    case PngColour::palette: return 1;
    case PngColour::grey_alpha: return 2;
    case PngColour::rgb: return 3;
    case PngColour::rgba: break;
  }
  return 4;
}

/// The pixels of a pass lie at x0, x0 + dx, ... and y0, y0 + dy, ...
struct Pass {
  int x0, y0, dx, dy;
};
constexpr Pass kWhole{0, 0, 1, 1};
constexpr Pass kAdam7[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                           {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};

/// The scan lines of one pass, each after the byte that names its filter (0: none).
std::string scan_lines(const PngSpec& spec, const Pass& pass) {
  const int count = samples_per_pixel(spec.colour);
  std::string lines;
  if (pass.x0 >= spec.size.width) return lines;
  for (int y = pass.y0; y < spec.size.height; y += pass.dy) {
    lines += '\0';
    unsigned bits = 0;
    int held = 0;  // bits not yet written
    for (int x = pass.x0; x < spec.size.width; x += pass.dx) {
      for (int c = 0; c < count; ++c) {
        const auto index = static_cast<std::size_t>((y * spec.size.width + x) * count + c);
        bits = bits << spec.bit_depth | spec.samples.at(index);
        held += spec.bit_depth;
        for (; held >= 8; held -= 8) lines += static_cast<char>(bits >> (held - 8) & 255U);
      }
    }
    if (held > 0) lines += static_cast<char>(bits << (8 - held) & 255U);
  }
  return lines;
}

std::string deflated(const std::string& text) {
  uLongf size = compressBound(text.size());
  std::string result(size, '\0');
  const int status = compress(reinterpret_cast<Bytef*>(result.data()), &size,
                              reinterpret_cast<const Bytef*>(text.data()), text.size());
  if (status != Z_OK) throw std::runtime_error{"zlib failed"};
  result.resize(size);
  return result;
}

}  // namespace

std::string png_chunk(const std::string& type, const std::string& content) {
  const std::string covered = type + content;
  const uLong crc =
      crc32(0, reinterpret_cast<const Bytef*>(covered.data()), static_cast<uInt>(covered.size()));
  return big_endian_32(static_cast<std::uint32_t>(content.size())) + covered +
         big_endian_32(static_cast<std::uint32_t>(crc));
}

std::string png_bytes(const PngSpec& spec) {
  std::string header = big_endian_32(static_cast<std::uint32_t>(spec.size.width)) +
                       big_endian_32(static_cast<std::uint32_t>(spec.size.height));
  header += static_cast<char>(spec.bit_depth);
  header += static_cast<char>(spec.colour);
  header += std::string{'\0', '\0', static_cast<char>(spec.interlaced ? 1 : 0)};
  std::string file = "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", header);
  if (!spec.palette.empty()) {
    std::string entries;
    for (const Rgb<std::uint8_t>& entry : spec.palette) {
      for (const std::uint8_t value : {entry.r, entry.g, entry.b}) {
        entries += static_cast<char>(value);
      }
    }
    file += png_chunk("PLTE", entries);
  }
  if (!spec.transparency.empty()) {
    file += png_chunk("tRNS", {spec.transparency.begin(), spec.transparency.end()});
  }
  std::string lines;
  if (spec.interlaced) {
    for (const Pass& pass : kAdam7) lines += scan_lines(spec, pass);
  } else {
    lines = scan_lines(spec, kWhole);
  }
  return file + png_chunk("IDAT", deflated(lines)) + png_chunk("IEND", "");
}

}  // namespace mbench::testing
