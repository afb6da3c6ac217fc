#pragma once
#include <algorithm>
#include <string>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/plane.hpp"
#include "imaging/border.hpp"

namespace mbench::imaging {

/// Pixels to add at each side, none of them negative.
struct Margins {
  int top{};
  int bottom{};
  int left{};
  int right{};
  friend bool operator==(const Margins&, const Margins&) = default;
};

/// The margins at the right and bottom that make both sides multiples of `multiple`; nothing at a
/// side that already is one.
[[nodiscard]] constexpr Margins margins_to_multiple(Size size, int multiple) {
  const auto missing = [&](int side) { return (multiple - side % multiple) % multiple; };
  return {.bottom = missing(size.height), .right = missing(size.width)};
}

/// A rectangle of pixels, its first column and row and its size.
struct Rect {
  int x{};
  int y{};
  Size size{};
  friend bool operator==(const Rect&, const Rect&) = default;
};

/// Where the pixels of an image of `size` lie after padding by `margins`: crop() with it undoes the
/// padding.
[[nodiscard]] constexpr Rect inside(Size size, const Margins& margins) {
  return {.x = margins.left, .y = margins.top, .size = size};
}

/// The size with the margins added.
[[nodiscard]] constexpr Size padded_size(Size size, const Margins& margins) {
  return {.width = margins.left + size.width + margins.right,
          .height = margins.top + size.height + margins.bottom};
}

/// The image with `value` around it: NumPy's pad, mode constant.
template <typename T>
[[nodiscard]] Plane<T> pad_constant(const Plane<T>& image, const Margins& margins, T value = T{}) {
  Plane<T> padded{padded_size(image.size(), margins), value};
  for (int y = 0; y < image.size().height; ++y) {
    std::ranges::copy(image.row(y), padded.row(margins.top + y).begin() + margins.left);
  }
  return padded;
}

/// The image with its mirror images around it, edges not repeated: NumPy's pad, mode reflect
/// (1.24). Margins larger than the image mirror back and forth; a side of one pixel is repeated.
/// Throws bad_input for an image without pixels.
template <typename T>
[[nodiscard]] Plane<T> pad_reflect(const Plane<T>& image, const Margins& margins) {
  const Size size = image.size();
  if (size.pixels() == 0) {
    throw Error{ErrorKind::bad_input, {.what = "an image without pixels cannot be mirrored"}};
  }
  Plane<T> padded{padded_size(size, margins)};
  for (int y = 0; y < padded.size().height; ++y) {
    const auto from = image.row(mirrored_index(y - margins.top, size.height));
    const auto to = padded.row(y);
    for (int x = 0; x < margins.left; ++x) {
      to[x] = from[mirrored_index(x - margins.left, size.width)];
    }
    std::ranges::copy(from, to.begin() + margins.left);
    for (int x = margins.left + size.width; x < padded.size().width; ++x) {
      to[x] = from[mirrored_index(x - margins.left, size.width)];
    }
  }
  return padded;
}

/// The image with the pixels of its edges repeated around it: NumPy's pad, mode edge. Throws
/// bad_input for an image without pixels.
template <typename T>
[[nodiscard]] Plane<T> pad_edge(const Plane<T>& image, const Margins& margins) {
  const Size size = image.size();
  if (size.pixels() == 0) {
    throw Error{ErrorKind::bad_input, {.what = "an image without pixels has no edge to repeat"}};
  }
  Plane<T> padded{padded_size(size, margins)};
  for (int y = 0; y < padded.size().height; ++y) {
    const auto from = image.row(std::clamp(y - margins.top, 0, size.height - 1));
    const auto to = padded.row(y);
    for (int x = 0; x < padded.size().width; ++x) {
      to[x] = from[std::clamp(x - margins.left, 0, size.width - 1)];
    }
  }
  return padded;
}

/// The pixels of the rectangle. Throws bad_input if it does not lie within the image.
template <typename T>
[[nodiscard]] Plane<T> crop(const Plane<T>& image, const Rect& rect) {
  const Size size = image.size();
  if (rect.x < 0 || rect.y < 0 || rect.size.width < 0 || rect.size.height < 0 ||
      rect.x > size.width - rect.size.width || rect.y > size.height - rect.size.height) {
    throw Error{ErrorKind::bad_input,
                {.what = "a part of an image must lie within it",
                 .expected = fmt::format("pixels of an image of {}", to_string(size)),
                 .found = fmt::format("{} pixels from column {}, row {}", to_string(rect.size),
                                      rect.x, rect.y)}};
  }
  Plane<T> part{rect.size};
  for (int y = 0; y < rect.size.height; ++y) {
    std::ranges::copy_n(image.row(rect.y + y).begin() + rect.x, rect.size.width,
                        part.row(y).begin());
  }
  return part;
}

}  // namespace mbench::imaging
