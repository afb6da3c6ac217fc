#pragma once
#include <cstddef>
#include <cstdint>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "imaging/row_cache.hpp"

// Pixels as rows of plain numbers, for what goes through rows of any kind of pixel alike: resizing
// and blurring.

namespace mbench::imaging::rows {

/// The number type of a pixel and how many of them it has.
template <typename Pixel>
struct PixelTraits {
  using Value = Pixel;
  static constexpr int kChannels = 1;
};
template <typename T>
struct PixelTraits<Rgb<T>> {
  using Value = T;
  static constexpr int kChannels = 3;
  static_assert(sizeof(Rgb<T>) == 3 * sizeof(T));
};

template <typename Pixel>
using ValueOf = typename PixelTraits<Pixel>::Value;

/// A row of pixels as a row of numbers, channels interleaved.
template <typename Pixel>
const ValueOf<Pixel>* numbers(const Pixel* row) {
  return reinterpret_cast<const ValueOf<Pixel>*>(row);
}
template <typename Pixel>
ValueOf<Pixel>* numbers(Pixel* row) {
  return reinterpret_cast<ValueOf<Pixel>*>(row);
}

/// How many numbers a row of `width` pixels has.
template <typename Pixel>
std::size_t row_length(int width) {
  return static_cast<std::size_t>(width) * PixelTraits<Pixel>::kChannels;
}

/// Throws bad_input unless all four sides are at least 1.
void require_sides(Size from, Size to);

}  // namespace mbench::imaging::rows
