#include "imaging/eight_bit.hpp"

#include <algorithm>
#include <cmath>

namespace mbench::imaging {
namespace {

std::uint8_t eight_bit(std::uint8_t value) { return value; }

std::uint8_t eight_bit(std::uint16_t value) {
  return static_cast<std::uint8_t>((value + 128) / 257);
}

std::uint8_t eight_bit(float value) {
  if (std::isnan(value)) return 0;
  return static_cast<std::uint8_t>(std::lround(255.0 * std::clamp(double{value}, 0.0, 1.0)));
}

}  // namespace

Plane<Rgb<std::uint8_t>> eight_bit(const Image& image) {
  return image.visit([](const auto& pixels) {
    Plane<Rgb<std::uint8_t>> result{pixels.size()};
    std::ranges::transform(pixels.values(), result.values().begin(), [](const auto& pixel) {
      return Rgb<std::uint8_t>{eight_bit(pixel.r), eight_bit(pixel.g), eight_bit(pixel.b)};
    });
    return result;
  });
}

}  // namespace mbench::imaging
