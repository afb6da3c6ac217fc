#include "imaging/distance.hpp"

#include <algorithm>
#include <vector>

namespace mbench::imaging {
namespace {

using Row = std::vector<std::int64_t>;

/// Distances along columns, in pixels: to the nearest pixel above or below that is 0, or `beyond`.
Plane<std::int64_t> along_columns(PixelView<std::uint8_t> mask, std::int64_t beyond) {
  const Size size = mask.size();
  Plane<std::int64_t> distances{size, beyond};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const std::int64_t above = y == 0 ? beyond : distances(y - 1, x) + 1;
      distances(y, x) = mask(y, x) == 0 ? 0 : std::min(above, beyond);
    }
  }
  for (int y = size.height - 2; y >= 0; --y) {
    for (int x = 0; x < size.width; ++x) {
      distances(y, x) = std::min(distances(y, x), distances(y + 1, x) + 1);
    }
  }
  return distances;
}

std::int64_t square(std::int64_t value) { return value * value; }

std::int64_t floor_quotient(std::int64_t dividend, std::int64_t divisor) {
  const std::int64_t quotient = dividend / divisor;
  return quotient * divisor > dividend ? quotient - 1 : quotient;
}

/// The smallest (x - i)^2 + column_i^2 over all i, for each x of a row: the lower envelope of
/// parabolas, one per column.
class Envelope {
 public:
  explicit Envelope(int width)
      : column_(static_cast<std::size_t>(width)), first_(static_cast<std::size_t>(width)) {}

  template <typename Squares>
  void apply(const Row& distances, Squares squares) {
    const auto width = static_cast<std::int64_t>(distances.size());
    const auto height = [&](std::int64_t i) {
      return square(distances[static_cast<std::size_t>(i)]);
    };
    const auto at = [&](std::int64_t x, std::int64_t i) { return square(x - i) + height(i); };
    std::size_t count = 0;  // parabolas of the envelope: column_, the first x where each counts
    for (std::int64_t u = 0; u < width; ++u) {
      while (count > 0 && at(first_[count - 1], column_[count - 1]) > at(first_[count - 1], u)) {
        --count;
      }
      // Beyond this x the new parabola is lower than the last one that is left.
      const std::int64_t begin =
          count == 0 ? 0
                     : 1 + floor_quotient(square(u) - square(column_[count - 1]) + height(u) -
                                              height(column_[count - 1]),
                                          2 * (u - column_[count - 1]));
      if (begin >= width) continue;
      column_[count] = u;
      first_[count++] = begin;
    }
    for (std::int64_t x = width - 1; x >= 0; --x) {
      squares[static_cast<std::size_t>(x)] = at(x, column_[count - 1]);
      if (x == first_[count - 1]) --count;
    }
  }

 private:
  Row column_, first_;
};

}  // namespace

Plane<std::int64_t> squared_distances(PixelView<std::uint8_t> mask) {
  const Size size = mask.size();
  // Longer than any distance within the image, so that such a column never is the nearest.
  const std::int64_t beyond = std::int64_t{size.width} + size.height;
  Plane<std::int64_t> distances = along_columns(mask, beyond);
  Envelope envelope{size.width};
  Row row(static_cast<std::size_t>(size.width));
  for (int y = 0; y < size.height; ++y) {
    std::ranges::copy(distances.row(y), row.begin());
    envelope.apply(row, distances.row(y));
  }
  for (std::int64_t& value : distances.values()) {
    if (value >= square(beyond)) value = kNoDistance;
  }
  return distances;
}

}  // namespace mbench::imaging
