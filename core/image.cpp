#include "core/image.hpp"

#include <type_traits>

namespace mbench {
namespace {

template <typename T>
constexpr double full_scale() {
  if constexpr (std::is_same_v<T, std::uint8_t>) return 255.0;
  if constexpr (std::is_same_v<T, std::uint16_t>) return 65535.0;
  return 1.0;
}

template <typename T>
Plane<Rgb<double>> divided(const Plane<Rgb<T>>& pixels) {
  constexpr double full = full_scale<T>();
  Plane<Rgb<double>> result{pixels.size()};
  const auto from = pixels.values();
  const auto to = result.values();
  for (std::size_t i = 0; i < from.size(); ++i) {
    to[i] = {static_cast<double>(from[i].r) / full, static_cast<double>(from[i].g) / full,
             static_cast<double>(from[i].b) / full};
  }
  return result;
}

}  // namespace

Plane<Rgb<double>> to_f64(const Image& image) {
  return image.visit([](const auto& pixels) { return divided(pixels); });
}

}  // namespace mbench
