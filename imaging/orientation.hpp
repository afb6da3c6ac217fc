#pragma once
#include <algorithm>
#include <array>

#include "core/plane.hpp"

namespace mbench::imaging {

/// One of the eight ways to lay an image on the table: first rows and columns change places, then
/// left and right, then top and bottom.
struct Orientation {
  bool transposed{};
  bool left_right{};
  bool top_bottom{};
  friend bool operator==(const Orientation&, const Orientation&) = default;
};

/// All eight, the image as it is first.
inline constexpr std::array<Orientation, 8> kOrientations{{{false, false, false},
                                                           {false, true, false},
                                                           {false, false, true},
                                                           {false, true, true},
                                                           {true, false, false},
                                                           {true, true, false},
                                                           {true, false, true},
                                                           {true, true, true}}};

/// The image with rows and columns exchanged.
template <typename T>
[[nodiscard]] Plane<T> transposed(const Plane<T>& image) {
  const Size size = image.size();
  Plane<T> turned{Size{size.height, size.width}};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) turned(x, y) = image(y, x);
  }
  return turned;
}

/// The image with left and right, top and bottom exchanged where wanted.
template <typename T>
[[nodiscard]] Plane<T> mirrored(Plane<T> image, bool left_right, bool top_bottom) {
  const int height = image.size().height;
  if (left_right) {
    for (int y = 0; y < height; ++y) std::ranges::reverse(image.row(y));
  }
  if (top_bottom) {
    for (int y = 0; y < height / 2; ++y) {
      std::ranges::swap_ranges(image.row(y), image.row(height - 1 - y));
    }
  }
  return image;
}

/// The image in that orientation.
template <typename T>
[[nodiscard]] Plane<T> oriented(const Plane<T>& image, const Orientation& orientation) {
  return mirrored(orientation.transposed ? transposed(image) : image, orientation.left_right,
                  orientation.top_bottom);
}

/// The image of which oriented() made this one.
template <typename T>
[[nodiscard]] Plane<T> upright(const Plane<T>& image, const Orientation& orientation) {
  Plane<T> turned = mirrored(image, orientation.left_right, orientation.top_bottom);
  return orientation.transposed ? transposed(turned) : turned;
}

}  // namespace mbench::imaging
