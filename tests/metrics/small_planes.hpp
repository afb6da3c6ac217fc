#pragma once
#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <vector>

#include "core/plane.hpp"

namespace mbench::testing {

/// A plane written out row by row.
template <typename T>
[[nodiscard]] Plane<T> rows(std::initializer_list<std::initializer_list<T>> values) {
  std::vector<T> pixels;
  for (const auto& row : values) pixels.insert(pixels.end(), row.begin(), row.end());
  const int height = static_cast<int>(values.size());
  return Plane<T>{{static_cast<int>(pixels.size()) / height, height}, std::move(pixels)};
}
[[nodiscard]] inline Plane<std::uint8_t> rows_u8(
    std::initializer_list<std::initializer_list<std::uint8_t>> values) {
  return rows<std::uint8_t>(values);
}

template <typename T>
[[nodiscard]] Plane<T> transposed(const Plane<T>& plane) {
  Plane<T> result{{plane.size().height, plane.size().width}};
  for (int y = 0; y < plane.size().height; ++y) {
    for (int x = 0; x < plane.size().width; ++x) result(x, y) = plane(y, x);
  }
  return result;
}

/// Independent values 0 ... max.
template <typename T>
[[nodiscard]] Plane<T> random_plane(Size size, std::uint32_t max, std::mt19937& random) {
  Plane<T> result{size};
  for (T& value : result.values()) value = static_cast<T>(random() % (max + 1));
  return result;
}

/// Alpha as floats: value/255 rounded once.
[[nodiscard]] inline Plane<float> as_floats(const Plane<std::uint8_t>& plane) {
  Plane<float> result{plane.size()};
  for (std::size_t i = 0; i < plane.values().size(); ++i) {
    result.values()[i] = static_cast<float>(plane.values()[i] / 255.0);
  }
  return result;
}

}  // namespace mbench::testing
