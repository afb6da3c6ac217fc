#include "datasets/demo/coverage.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace mbench::datasets::demo {
namespace {

constexpr int kFraction = 256;                         // fixed point: 1/256 of a sub-sample
constexpr double kPerPixel = kFraction * kSubSamples;  // 1/2048 pixel
constexpr double kLimit = 1 << 28;                     // far outside of every picture

struct Point {
  std::int64_t x{}, y{};
};

std::int64_t to_fixed(double pixels) {
  return static_cast<std::int64_t>(
      std::floor(std::clamp(pixels * kPerPixel, -kLimit, kLimit) + 0.5));
}
Point to_fixed(Vec2 p) { return {to_fixed(p.x), to_fixed(p.y)}; }

/// Index of the first sub-sample whose centre is at or beyond `fixed`.
int first_sample(std::int64_t fixed) {
  return static_cast<int>((fixed - kFraction / 2 + kFraction - 1) >> 8);
}

/// An edge, from its upper to its lower end, so that two shapes sharing it compute the same
/// crossings whichever way each runs along it.
struct Edge {
  Point top{};
  int first_row{}, end_row{};  // sub-rows whose centres it crosses
  std::int64_t slope{};        // change of x per unit of y, times 2^20

  Edge(Point p, Point q, int row_limit) {
    if (p.y > q.y) std::swap(p, q);
    top = p;
    first_row = std::max(0, first_sample(p.y));
    end_row = std::min(row_limit, first_sample(q.y));
    if (first_row < end_row) slope = ((q.x - p.x) * (std::int64_t{1} << 20)) / (q.y - p.y);
  }
  /// First sub-sample at or right of the edge in the sub-row.
  [[nodiscard]] int column(int row) const {
    const std::int64_t dy = std::int64_t{row} * kFraction + kFraction / 2 - top.y;
    return first_sample(top.x + ((slope * dy) >> 20));
  }
};

}  // namespace

void CoverageScanner::add_span(int sub_row, int first, int last, int origin_x, int width) {
  first = std::max(first, origin_x * kSubSamples);
  last = std::min(last, (origin_x + width) * kSubSamples);
  if (first >= last) return;
  const int shift = sub_row * kSubSamples;
  const int first_pixel = first / kSubSamples;
  const int last_pixel = (last - 1) / kSubSamples;
  for (int pixel = first_pixel; pixel <= last_pixel; ++pixel) {
    const int from = std::max(first - pixel * kSubSamples, 0);
    const int to = std::min(last - pixel * kSubSamples, kSubSamples);
    const std::uint64_t bits = ((std::uint64_t{1} << to) - 1) & ~((std::uint64_t{1} << from) - 1);
    masks_[static_cast<std::size_t>(pixel - origin_x)] |= bits << shift;
  }
}

void CoverageScanner::flush_row(int y, int origin_x, int width) {
  for (int i = 0; i < width; ++i) {
    std::uint64_t& mask = masks_[static_cast<std::size_t>(i)];
    if (mask == 0) continue;
    fragments_.push_back({origin_x + i, y, mask});
    mask = 0;
  }
}

std::span<const Fragment> CoverageScanner::scan(std::span<const Outline> path) {
  fragments_.clear();
  crossings_.clear();
  const int sub_rows = size_.height * kSubSamples;
  int min_row = sub_rows;
  int max_row = -1;
  int min_column = std::numeric_limits<int>::max();
  int max_column = std::numeric_limits<int>::min();
  for (const Outline& outline : path) {
    for (std::size_t i = 0; i < outline.size(); ++i) {
      const Edge edge{to_fixed(outline[i]), to_fixed(outline[(i + 1) % outline.size()]), sub_rows};
      for (int row = edge.first_row; row < edge.end_row; ++row) {
        const int column = edge.column(row);
        crossings_.push_back({row, column});
        min_column = std::min(min_column, column);
        max_column = std::max(max_column, column);
      }
      if (edge.first_row >= edge.end_row) continue;
      min_row = std::min(min_row, edge.first_row);
      max_row = std::max(max_row, edge.end_row - 1);
    }
  }
  if (max_row < min_row) return {};

  // Counting sort by row; the few crossings of one row are then sorted by column.
  row_begin_.assign(static_cast<std::size_t>(max_row - min_row + 2), 0);
  for (const Crossing& c : crossings_) ++row_begin_[static_cast<std::size_t>(c.row - min_row + 1)];
  for (std::size_t i = 1; i < row_begin_.size(); ++i) row_begin_[i] += row_begin_[i - 1];
  sorted_.resize(crossings_.size());
  std::vector<std::uint32_t> next(row_begin_.begin(), row_begin_.end() - 1);
  for (const Crossing& c : crossings_)
    sorted_[next[static_cast<std::size_t>(c.row - min_row)]++] = c;

  const int origin_x = std::clamp(min_column / kSubSamples - 1, 0, size_.width);
  const int end_x = std::clamp(max_column / kSubSamples + 1, origin_x, size_.width);
  masks_.assign(static_cast<std::size_t>(end_x - origin_x), 0);
  for (int row = min_row; row <= max_row; ++row) {
    const auto begin = sorted_.begin() + row_begin_[static_cast<std::size_t>(row - min_row)];
    const auto end = sorted_.begin() + row_begin_[static_cast<std::size_t>(row - min_row + 1)];
    std::sort(begin, end, [](const Crossing& p, const Crossing& q) { return p.column < q.column; });
    for (auto left = begin; left + 1 < end; left += 2) {
      add_span(row % kSubSamples, left->column, (left + 1)->column, origin_x, end_x - origin_x);
    }
    if (row % kSubSamples == kSubSamples - 1 || row == max_row) {
      flush_row(row / kSubSamples, origin_x, end_x - origin_x);
    }
  }
  return fragments_;
}

std::span<const Fragment> CoverageScanner::scan_quad(Vec2 p0, Vec2 p1, Vec2 p2, Vec2 p3) {
  fragments_.clear();
  const int sub_rows = size_.height * kSubSamples;
  const Point a = to_fixed(p0);
  const Point b = to_fixed(p1);
  const Point c = to_fixed(p2);
  const Point d = to_fixed(p3);
  const auto [min_x, max_x] = std::minmax({a.x, b.x, c.x, d.x});
  const int origin_x =
      std::clamp(static_cast<int>(min_x / static_cast<int>(kPerPixel)) - 1, 0, size_.width);
  const int end_x =
      std::clamp(static_cast<int>(max_x / static_cast<int>(kPerPixel)) + 1, origin_x, size_.width);
  if (origin_x == end_x) return {};
  const Edge edges[] = {{a, b, sub_rows}, {b, c, sub_rows}, {c, d, sub_rows}, {d, a, sub_rows}};
  int min_row = sub_rows;
  int end_row = 0;
  for (const Edge& edge : edges) {
    if (edge.first_row >= edge.end_row) continue;
    min_row = std::min(min_row, edge.first_row);
    end_row = std::max(end_row, edge.end_row);
  }
  const int width = end_x - origin_x;
  if (masks_.size() < static_cast<std::size_t>(width))
    masks_.resize(static_cast<std::size_t>(width));
  for (int row = min_row; row < end_row; ++row) {
    int first = std::numeric_limits<int>::max();
    int last = std::numeric_limits<int>::min();
    for (const Edge& edge : edges) {
      if (row < edge.first_row || row >= edge.end_row) continue;
      const int column = edge.column(row);
      first = std::min(first, column);
      last = std::max(last, column);
    }
    add_span(row % kSubSamples, first, last, origin_x, width);
    if (row % kSubSamples == kSubSamples - 1 || row == end_row - 1) {
      flush_row(row / kSubSamples, origin_x, width);
    }
  }
  return fragments_;
}

Vec2 centroid(std::uint64_t mask) {
  if (mask == kFullMask) return {0.5, 0.5};
  int count = 0;
  int columns = 0;
  int rows = 0;
  for (; mask != 0; mask &= mask - 1) {
    const int bit = std::countr_zero(mask);
    columns += bit % kSubSamples;
    rows += bit / kSubSamples;
    ++count;
  }
  return {(columns / static_cast<double>(count) + 0.5) / kSubSamples,
          (rows / static_cast<double>(count) + 0.5) / kSubSamples};
}

}  // namespace mbench::datasets::demo
