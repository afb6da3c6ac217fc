#pragma once
#include <algorithm>

#include "core/plane.hpp"

namespace mbench {

/// The pixels of a view, as a plane of their own.
template <typename T>
[[nodiscard]] Plane<T> copy_of(PixelView<T> pixels) {
  Plane<T> copy{pixels.size()};
  for (int y = 0; y < pixels.size().height; ++y) {
    std::ranges::copy(pixels.row(y), copy.row(y).begin());
  }
  return copy;
}

}  // namespace mbench
