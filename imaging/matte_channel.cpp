#include "imaging/matte_channel.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <fmt/core.h>

namespace mbench::imaging {
namespace {

/// Interleaved samples of one file with 2, 3 or 4 channels.
template <typename T>
struct Samples {
  Size size;
  std::size_t channels;
  std::vector<T> values;

  [[nodiscard]] std::size_t pixels() const { return static_cast<std::size_t>(size.pixels()); }
  [[nodiscard]] std::size_t colours() const { return channels >= 3 ? 3 : 1; }
  [[nodiscard]] bool has_alpha() const { return channels == 2 || channels == 4; }
  [[nodiscard]] const T* pixel(std::size_t i) const { return values.data() + i * channels; }
};

template <typename T>
bool same(T first, T second) {
  if constexpr (std::is_floating_point_v<T>) {
    if (first != first && second != second) return true;  // NaN in all channels is one NaN matte
  }
  return first == second;
}

/// The first pixel whose colour channels differ among themselves.
template <typename T>
std::optional<std::size_t> first_coloured_pixel(const Samples<T>& samples) {
  if (samples.colours() == 1) return std::nullopt;
  for (std::size_t i = 0; i < samples.pixels(); ++i) {
    const T* p = samples.pixel(i);
    if (!same(p[0], p[1]) || !same(p[0], p[2])) return i;
  }
  return std::nullopt;
}

/// Channels [first, first + count) hold the same at every pixel.
template <typename T>
bool is_constant(const Samples<T>& samples, std::size_t first, std::size_t count) {
  const T* reference = samples.pixel(0) + first;
  for (std::size_t i = 1; i < samples.pixels(); ++i) {
    const T* p = samples.pixel(i) + first;
    for (std::size_t c = 0; c < count; ++c) {
      if (!same(p[c], reference[c])) return false;
    }
  }
  return true;
}

template <typename T>
Plane<T> channel(const Samples<T>& samples, std::size_t index) {
  Plane<T> plane{samples.size};
  const std::span<T> to = plane.values();
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = samples.pixel(i)[index];
  return plane;
}

template <typename T>
[[noreturn]] void throw_coloured(const Samples<T>& samples, std::size_t at) {
  const T* p = samples.pixel(at);
  const auto width = static_cast<std::size_t>(samples.size.width);
  const bool with_alpha = samples.has_alpha() && !is_constant(samples, samples.channels - 1, 1);
  throw Error{
      ErrorKind::bad_input,
      {.what = "the file is a colour image, not a matte",
       .expected = "one channel, equal colour channels, or an alpha channel over one plain colour",
       .found = fmt::format("red {}, green {}, blue {} at row {}, column {}", p[0], p[1], p[2],
                            at / width, at % width),
       .fix = with_alpha ? "save its alpha channel alone as a grey PNG"
                         : "save the matte as a grey PNG"}};
}

/// Alpha and the grey values are two mattes: both vary, and they differ.
template <typename T>
bool has_two_mattes(const Samples<T>& samples) {
  if (is_constant(samples, 0, 1)) return false;
  for (std::size_t i = 0; i < samples.pixels(); ++i) {
    const T* p = samples.pixel(i);
    if (!same(p[0], p[samples.channels - 1])) return true;
  }
  return false;
}

template <typename T>
MatteFile choose_channel(const Samples<T>& samples, bool alpha_is_colour_key) {
  const std::optional<std::size_t> coloured = first_coloured_pixel(samples);
  // A colour key marks one grey value as transparent; the grey values are still the matte.
  if (samples.has_alpha() && !alpha_is_colour_key) {
    const bool plain = !coloured || is_constant(samples, 0, samples.colours());
    if (plain && !is_constant(samples, samples.channels - 1, 1)) {
      return {.matte = channel(samples, samples.channels - 1),
              .grey_may_be_meant = !coloured && has_two_mattes(samples)};
    }
  }
  if (coloured) throw_coloured(samples, *coloured);
  return {.matte = channel(samples, 0)};
}

template <typename T>
MatteFile decode_as(Decoder& decoder) {
  const ImageInfo& info = decoder.info();
  if (info.channels == 1) {
    Plane<T> plane{info.size};
    decoder.decode(std::as_writable_bytes(plane.values()));
    return {.matte = std::move(plane)};
  }
  Samples<T> samples{.size = info.size,
                     .channels = static_cast<std::size_t>(info.channels),
                     .values = std::vector<T>(decoder.byte_count() / sizeof(T))};
  decoder.decode(std::as_writable_bytes(std::span{samples.values}));
  return choose_channel(samples, decoder.alpha_is_colour_key());
}

}  // namespace

MatteFile decode_matte_channel(Decoder& decoder) {
  switch (decoder.info().depth) {
    case Depth::u8: return decode_as<std::uint8_t>(decoder);
    case Depth::u16: return decode_as<std::uint16_t>(decoder);
    case Depth::f32: break;
  }
  return decode_as<float>(decoder);
}

}  // namespace mbench::imaging
