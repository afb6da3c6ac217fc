#include "metrics/quantised.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::metrics {
namespace {

constexpr float kFull8 = 255.0F;
constexpr unsigned kStep16 = 257;  // 16-bit values per 8-bit level: 65535 = 255 * 257

bool is_alpha(float value) { return value >= 0.0F && value <= 1.0F; }  // false for NaN

[[noreturn]] void throw_outside(float value, int y, std::size_t x) {
  throw Error{
      ErrorKind::bad_input,
      {.what = "a prediction that is to be brought to 8 bits holds a value outside [0, 1]",
       .expected = "0 <= alpha <= 1 at every pixel",
       .found = fmt::format("{} at row {}, column {}", value, y, x),
       .fix = "bring the prediction into [0, 1], or use a protocol that scores floats as they "
              "are"}};
}

/// `of_16_bits(v)` and `of_product(255 alpha)` are the level of a pixel.
template <typename Of16Bits, typename OfProduct>
Plane<std::uint8_t> quantised(AlphaView predicted, Of16Bits of_16_bits, OfProduct of_product) {
  return predicted.visit([&]<typename T>(const PixelView<T>& source) {
    Plane<std::uint8_t> result{source.size()};
    for (int y = 0; y < source.size().height; ++y) {
      const auto from = source.row(y);
      const auto to = result.row(y);
      for (std::size_t x = 0; x < from.size(); ++x) {
        if constexpr (std::is_same_v<T, std::uint8_t>) {
          to[x] = from[x];
        } else if constexpr (std::is_same_v<T, std::uint16_t>) {
          to[x] = static_cast<std::uint8_t>(of_16_bits(unsigned{from[x]}));
        } else {
          if (!is_alpha(from[x])) throw_outside(from[x], y, x);
          to[x] = static_cast<std::uint8_t>(of_product(from[x] * kFull8));
        }
      }
    }
    return result;
  });
}

}  // namespace

Plane<std::uint8_t> truncated_to_8_bits(AlphaView predicted) {
  return quantised(
      predicted, [](unsigned value) { return value / kStep16; },
      [](float product) { return product; });  // the cast to an integer truncates
}

Plane<std::uint8_t> rounded_to_8_bits(AlphaView predicted) {
  return quantised(
      predicted,
      [](unsigned value) { return (value + kStep16 / 2) / kStep16; },  // odd: no halves occur
      [](float product) { return std::nearbyint(product); });
}

bool can_be_quantised(AlphaView predicted) {
  return predicted.visit([]<typename T>(const PixelView<T>& source) {
    if constexpr (std::is_same_v<T, float>) {
      for (int y = 0; y < source.size().height; ++y) {
        if (!std::ranges::all_of(source.row(y), is_alpha)) return false;
      }
    }
    return true;
  });
}

}  // namespace mbench::metrics
