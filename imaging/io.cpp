#include "imaging/io.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include <fmt/core.h>

#include "imaging/matte_channel.hpp"
#include "imaging/memory_io.hpp"
#include "imaging/trimap_levels.hpp"

namespace mbench::imaging {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t kHeadBytes = 64 * 1024;  // holds the header of nearly every file

/// The value of a fully opaque alpha sample.
template <typename T>
constexpr T opaque() {
  if constexpr (std::is_floating_point_v<T>) return T{1};
  return std::numeric_limits<T>::max();
}

template <typename T>
[[noreturn]] void throw_transparent(T alpha, std::size_t pixel, Size size) {
  const auto width = static_cast<std::size_t>(size.width);
  throw Error{
      ErrorKind::bad_input,
      {.what = "the image is partly transparent: its colours are not defined everywhere",
       .expected = "no alpha channel, or an opaque one",
       .found = fmt::format("alpha {} at row {}, column {}", alpha, pixel / width, pixel % width),
       .fix = "compose the image over a background, or drop its alpha channel"}};
}

/// What becomes of an alpha channel beside colours.
enum class AlphaChannel { must_be_opaque, dropped };

template <typename T>
Image decode_image_as(Decoder& decoder, AlphaChannel alpha) {
  const ImageInfo& info = decoder.info();
  const auto channels = static_cast<std::size_t>(info.channels);
  Plane<Rgb<T>> image{info.size};
  const std::span<Rgb<T>> to = image.values();
  if (channels == 3) {
    static_assert(sizeof(Rgb<T>) == 3 * sizeof(T));
    decoder.decode(std::as_writable_bytes(to));
    return image;
  }
  std::vector<T> samples(to.size() * channels);
  decoder.decode(std::as_writable_bytes(std::span{samples}));
  const std::size_t green = channels > 2 ? 1 : 0;
  const std::size_t blue = channels > 2 ? 2 : 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    const T* p = samples.data() + i * channels;
    to[i] = {p[0], p[green], p[blue]};
    if (alpha == AlphaChannel::must_be_opaque && channels % 2 == 0 &&
        p[channels - 1] != opaque<T>()) {
      throw_transparent(p[channels - 1], i, info.size);
    }
  }
  return image;
}

Image decode_colours(FileBytes file, AlphaChannel alpha) {
  const auto decoder = open_decoder(file);
  switch (decoder->info().depth) {
    case Depth::u8: return decode_image_as<std::uint8_t>(*decoder, alpha);
    case Depth::u16: return decode_image_as<std::uint16_t>(*decoder, alpha);
    case Depth::f32: break;
  }
  return decode_image_as<float>(*decoder, alpha);
}

/// Reads the file, hands its bytes to `decode`, and puts its name into every error.
template <typename Decode>
auto read(const fs::path& file, Decode decode) {
  try {
    return decode(FileBytes{read_bytes(file)});
  } catch (const Error& error) {
    throw error.at(file.string());
  }
}

template <typename T>
void write_pixels(const fs::path& file, Size size, int channels, Depth depth,
                  std::span<const T> pixels) {
  if (size.pixels() == 0) {
    throw Error{ErrorKind::usage,
                {.what = "an image without pixels cannot be written", .where = file.string()}};
  }
  write_bytes_atomically(file, encode_png(size, channels, depth, std::as_bytes(pixels)));
}

[[noreturn]] void throw_float(const fs::path& file) {
  throw Error{ErrorKind::usage,
              {.what = "a PNG file holds integers, not floats",
               .where = file.string(),
               .expected = "8 or 16 bit",
               .found = "float",
               .fix = "write the 16-bit form"}};
}

}  // namespace

Image decode_image(FileBytes file) { return decode_colours(file, AlphaChannel::must_be_opaque); }
Image decode_colours(FileBytes file) { return decode_colours(file, AlphaChannel::dropped); }

Matte decode_matte(FileBytes file) { return decode_matte_channel(*open_decoder(file)).matte; }

Trimap decode_trimap(FileBytes file, TrimapLevels levels) {
  return trimap_from_levels(decode_matte(file), levels);
}

ImageInfo probe_image(const fs::path& file) {
  try {
    const std::vector<std::byte> head = read_bytes(file, kHeadBytes);
    const bool is_whole = head.size() < kHeadBytes;
    if (is_whole || !needs_whole_file(head)) {
      try {
        return open_decoder(head)->info();
      } catch (const Error&) {
        if (is_whole) throw;  // otherwise comments or profiles may be unusually long
      }
    }
    return open_decoder(read_bytes(file))->info();
  } catch (const Error& error) {
    throw error.at(file.string());
  }
}

Image read_image(const fs::path& file) {
  return read(file, [](FileBytes bytes) { return decode_image(bytes); });
}

Image read_colours(const fs::path& file) {
  return read(file, [](FileBytes bytes) { return decode_colours(bytes); });
}

Matte read_matte(const fs::path& file) {
  return read(file, [](FileBytes bytes) { return decode_matte(bytes); });
}

MatteFile read_matte_file(const fs::path& file) {
  return read(file, [](FileBytes bytes) { return decode_matte_channel(*open_decoder(bytes)); });
}

Trimap read_trimap(const fs::path& file, TrimapLevels levels) {
  return read(file, [&](FileBytes bytes) { return decode_trimap(bytes, levels); });
}

void write_matte(const fs::path& file, AlphaView matte, Depth depth) {
  try {
    switch (depth) {
      case Depth::u8: {
        const Plane<std::uint8_t> pixels = to_u8(matte);
        return write_pixels(file, pixels.size(), 1, depth, pixels.values());
      }
      case Depth::u16: {
        const Plane<std::uint16_t> pixels = to_u16(matte);
        return write_pixels(file, pixels.size(), 1, depth, pixels.values());
      }
      case Depth::f32: throw_float(file);
    }
  } catch (const Error& error) {
    if (!error.parts().where.empty()) throw;
    throw error.at(file.string());
  }
}

void write_trimap(const fs::path& file, TrimapView trimap) {
  write_matte(file, AlphaView{trimap}, Depth::u8);
}

void write_image(const fs::path& file, const Image& image) {
  if (image.depth() == Depth::f32) throw_float(file);
  image.visit([&](const auto& pixels) {
    write_pixels(file, pixels.size(), 3, image.depth(), pixels.values());
  });
}

}  // namespace mbench::imaging
