#include "imaging/morphology.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::imaging {
namespace {

constexpr int kMaxElement = 65535;

/// The value of a distance that stands for itself and everything farther.
template <typename Distance>
constexpr Distance kFar = std::numeric_limits<Distance>::max();

/// For every pixel of one row, how far away the nearest set pixel is, itself included.
template <typename Distance>
struct RowDistances {
  std::vector<Distance> to_left{};
  std::vector<Distance> to_right{};
};

template <typename Distance>
constexpr Distance one_farther(Distance distance) {
  return distance == kFar<Distance> ? distance : static_cast<Distance>(distance + 1);
}

/// False if the row has no set pixel. `is_set` tells it from a pixel's value.
template <typename Distance, typename IsSet>
bool measure_row(std::span<const std::uint8_t> row, IsSet is_set,
                 RowDistances<Distance>& distances) {
  Distance distance = kFar<Distance>;
  for (std::size_t x = 0; x < row.size(); ++x) {
    distance = is_set(row[x]) ? Distance{0} : one_farther(distance);
    distances.to_left[x] = distance;
  }
  bool any = false;
  distance = kFar<Distance>;
  for (std::size_t x = row.size(); x-- > 0;) {
    distance = is_set(row[x]) ? Distance{0} : one_farther(distance);
    distances.to_right[x] = distance;
    any = any || distance == 0;
  }
  return any;
}

/// Adds to `result` the pixels with a set pixel at most `left` columns to their left or `right`
/// columns to their right.
template <typename Distance>
void add_reached(const RowDistances<Distance>& distances, Distance left, Distance right,
                 std::span<std::uint8_t> result) {
  const Distance* const to_left = distances.to_left.data();
  const Distance* const to_right = distances.to_right.data();
  for (std::size_t x = 0; x < result.size(); ++x) {  // without branches, so that it is vectorised
    const int reached =
        static_cast<int>(to_left[x] <= left) | static_cast<int>(to_right[x] <= right);
    result[x] = static_cast<std::uint8_t>(result[x] | -reached);
  }
}

/// Dilation of {is_set}. An element is a stack of runs, and a run reaches a set pixel if the
/// nearest one to the left or right is within the run: each row is measured once, whatever the
/// element's size, and costs one comparison per pixel and row of the element. No reach within the
/// element may be kFar<Distance>.
template <typename Distance, typename IsSet>
Plane<std::uint8_t> dilate_measured(MaskView mask, int k, IsSet is_set) {
  const std::vector<ElementRow> element = ellipse_rows(k);
  const int anchor = k / 2;
  const Size size = mask.size();
  const auto width = static_cast<std::size_t>(size.width);
  Plane<std::uint8_t> result{size};
  RowDistances<Distance> distances{.to_left = std::vector<Distance>(width),
                                   .to_right = std::vector<Distance>(width)};
  for (int from = 0; from < size.height; ++from) {
    if (!measure_row(mask.row(from), is_set, distances)) continue;
    for (int i = 0; i < k; ++i) {
      const int to = from - (i - anchor);
      if (to < 0 || to >= size.height) continue;
      const ElementRow& run = element[static_cast<std::size_t>(i)];
      add_reached(distances, static_cast<Distance>(anchor - run.first),
                  static_cast<Distance>(run.last - 1 - anchor), result.row(to));
    }
  }
  return result;
}

template <typename IsSet>
Plane<std::uint8_t> dilate(MaskView mask, int k, IsSet is_set) {
  // Small numbers: twice as many at a time.
  if (k / 2 < kFar<std::uint8_t>) return dilate_measured<std::uint8_t>(mask, k, is_set);
  return dilate_measured<std::uint16_t>(mask, k, is_set);
}

}  // namespace

std::vector<ElementRow> ellipse_rows(int k) {
  if (k < 1 || k > kMaxElement) {
    throw Error{ErrorKind::usage,
                {.what = "the size of a structuring element is out of range",
                 .expected = fmt::format("1 to {} pixels", kMaxElement),
                 .found = std::to_string(k)}};
  }
  if (k == 1) return {{.first = 0, .last = 1}};
  const int r = k / 2;
  const double r2 = static_cast<double>(r) * r;
  const double inverse_r2 = 1.0 / r2;  // multiplied with, not divided by, as OpenCV does
  std::vector<ElementRow> rows;
  rows.reserve(static_cast<std::size_t>(k));
  for (int i = 0; i < k; ++i) {
    const double dy = i - r;
    const int dx = static_cast<int>(std::lrint(r * std::sqrt((r2 - dy * dy) * inverse_r2)));
    rows.push_back({.first = r - dx, .last = std::min(r + dx + 1, k)});
  }
  return rows;
}

Plane<std::uint8_t> dilate_by_ellipse(MaskView mask, int k) {
  return dilate(mask, k, [](std::uint8_t value) { return value != 0; });
}

Plane<std::uint8_t> erode_by_ellipse(MaskView mask, int k) {
  // Erosion is dilation of the complement; its empty outside is the full outside of the mask.
  Plane<std::uint8_t> result = dilate(mask, k, [](std::uint8_t value) { return value == 0; });
  for (std::uint8_t& value : result.values()) value = static_cast<std::uint8_t>(~value);
  return result;
}

}  // namespace mbench::imaging
