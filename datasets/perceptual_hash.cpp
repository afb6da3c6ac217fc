#include "datasets/perceptual_hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::datasets {
namespace {

constexpr int kGrid = 32;          // cells in each direction
constexpr int kFrequencies = 8;    // of each direction, from 1
constexpr double kNoDetail = 8.0;  // of C: a wave of half a level
constexpr double kReach = 1.7;     // standard deviations from the centre to the rectangle's sides
constexpr double kContrast = 32.0, kLeastContrast = 2.0;  // levels
constexpr double kShape = 16.0;  // levels by which a foreground stands out from the grey behind it

/// In pixels, from the upper left corner of the picture; may reach beyond it.
struct Box {
  double left{}, top{}, right{}, bottom{};
};

using Grid = std::array<std::array<double, kGrid>, kGrid>;

/// Cells that a range of pixels is averaged into: weights of each pixel in the cells it touches.
struct Span {
  int cell;
  double weight;
};

/// For each of n pixels the cells that it lies in, with the part of a cell that it fills, if the
/// grid spans begin ... end.
std::vector<std::vector<Span>> spans(int n, double begin, double end) {
  std::vector<std::vector<Span>> all(static_cast<std::size_t>(n));
  const double cells_per_pixel = kGrid / (end - begin);
  for (int i = 0; i < n; ++i) {
    const double from = std::max(0.0, (i - begin) * cells_per_pixel);
    const double to = std::min<double>(kGrid, (i + 1 - begin) * cells_per_pixel);
    for (int cell = static_cast<int>(from); cell < to; ++cell) {
      const double weight = std::min(to, cell + 1.0) - std::max<double>(from, cell);
      if (weight > 0) all[static_cast<std::size_t>(i)].push_back({cell, weight});
    }
  }
  return all;
}

/// Means of value(y, x) over the cells of the grid that spans the box; 0 beyond the picture.
template <typename Value>
Grid mean_grid(Size size, const Box& box, const Value& value) {
  const auto columns = spans(size.width, box.left, box.right);
  const auto rows = spans(size.height, box.top, box.bottom);
  Grid grid{};
  for (int y = 0; y < size.height; ++y) {
    if (rows[static_cast<std::size_t>(y)].empty()) continue;
    std::array<double, kGrid> row{};
    for (int x = 0; x < size.width; ++x) {
      const auto& cells = columns[static_cast<std::size_t>(x)];
      if (cells.empty()) continue;
      const double level = value(y, x);
      for (const Span& span : cells)
        row[static_cast<std::size_t>(span.cell)] += span.weight * level;
    }
    for (const Span& span : rows[static_cast<std::size_t>(y)]) {
      auto& cells = grid[static_cast<std::size_t>(span.cell)];
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i] += span.weight * row[i];
    }
  }
  return grid;
}

/// cos(pi/32 f (i + 1/2)) for f = 1 ... 8.
const std::array<std::array<double, kGrid>, kFrequencies>& cosines() {
  static const auto table = [] {
    std::array<std::array<double, kGrid>, kFrequencies> result{};
    for (int f = 1; f <= kFrequencies; ++f) {
      for (int i = 0; i < kGrid; ++i) {
        result[static_cast<std::size_t>(f - 1)][static_cast<std::size_t>(i)] =
            std::cos(std::numbers::pi / kGrid * f * (i + 0.5));
      }
    }
    return result;
  }();
  return table;
}

std::optional<std::uint64_t> hash_of(const Grid& grid) {
  std::uint64_t hash = 0;
  double largest = 0.0;
  int bit = 0;
  for (const auto& vertical : cosines()) {
    for (const auto& horizontal : cosines()) {
      double sum = 0.0;
      for (std::size_t y = 0; y < grid.size(); ++y) {
        double row = 0.0;
        for (std::size_t x = 0; x < grid.size(); ++x) row += grid[y][x] * horizontal[x];
        sum += row * vertical[y];
      }
      const double coefficient = sum * 2.0 / kGrid;
      largest = std::max(largest, std::abs(coefficient));
      if (coefficient > 0) hash |= std::uint64_t{1} << bit;
      ++bit;
    }
  }
  if (largest < kNoDetail) return std::nullopt;
  return hash;
}

/// Y of one pixel, 0 to 255 whatever the depth.
template <typename T>
double luma(const Rgb<T>& pixel, double scale) {
  return scale * (0.299 * static_cast<double>(pixel.r) + 0.587 * static_cast<double>(pixel.g) +
                  0.114 * static_cast<double>(pixel.b));
}

double luma_scale(Depth depth) {
  return depth == Depth::u8 ? 1.0 : depth == Depth::u16 ? 1.0 / 257.0 : 255.0;
}

/// Where the foreground lies and how light it is, each pixel counted by its alpha.
struct Moments {
  double x{}, y{}, width{}, height{};  ///< centre and standard deviations, pixels
  double light{}, contrast{};          ///< mean and standard deviation of Y
};

/// Sums that a mean and a standard deviation come from.
struct Sums {
  double first{}, second{};

  void add(double weight, double value) {
    first += weight * value;
    second += weight * value * value;
  }
  [[nodiscard]] double deviation(double weight) const {
    const double mean = first / weight;
    return std::sqrt(std::max(second / weight - mean * mean, 0.0));
  }
};

/// Nothing for a matte that is 0 everywhere.
template <typename Luma>
std::optional<Moments> moments(const Plane<float>& alpha, const Luma& y_of) {
  double weight = 0.0;
  Sums columns, rows, levels;
  for (int y = 0; y < alpha.size().height; ++y) {
    for (int x = 0; x < alpha.size().width; ++x) {
      const double a = alpha(y, x);
      if (!(a > 0)) continue;
      weight += a;
      columns.add(a, x + 0.5);
      rows.add(a, y + 0.5);
      levels.add(a, y_of(y, x));
    }
  }
  if (!(weight > 0)) return std::nullopt;
  const double smallest = 1.0 / std::sqrt(12.0);  // of a single row or column
  return Moments{.x = columns.first / weight,
                 .y = rows.first / weight,
                 .width = std::max(columns.deviation(weight), smallest),
                 .height = std::max(rows.deviation(weight), smallest),
                 .light = levels.first / weight,
                 .contrast = std::max(levels.deviation(weight), kLeastContrast)};
}

}  // namespace

std::optional<std::uint64_t> perceptual_hash(const Image& picture) {
  const Size size = picture.size();
  const double scale = luma_scale(picture.depth());
  return picture.visit([&](const auto& pixels) {
    return hash_of(
        mean_grid(size, {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)},
                  [&](int y, int x) { return luma(pixels(y, x), scale); }));
  });
}

std::optional<std::uint64_t> perceptual_hash(const Image& picture, const Matte& alpha) {
  if (picture.size() != alpha.size()) {
    throw Error{ErrorKind::bad_input,
                {.what = "a picture and its matte must have one size",
                 .expected = fmt::format("{} (picture)", to_string(picture.size())),
                 .found = fmt::format("{} (matte)", to_string(alpha.size()))}};
  }
  const Plane<float> opacity = to_f32(alpha);
  const double scale = luma_scale(picture.depth());
  return picture.visit([&](const auto& pixels) -> std::optional<std::uint64_t> {
    const auto y_of = [&](int y, int x) { return luma(pixels(y, x), scale); };
    const auto m = moments(opacity, y_of);
    if (!m) return std::nullopt;
    const Box box{.left = m->x - kReach * m->width,
                  .top = m->y - kReach * m->height,
                  .right = m->x + kReach * m->width,
                  .bottom = m->y + kReach * m->height};
    return hash_of(mean_grid(picture.size(), box, [&](int y, int x) {
      const double a = opacity(y, x);
      if (!(a > 0)) return 0.0;
      return a * (kContrast * (y_of(y, x) - m->light) / m->contrast + kShape);
    }));
  });
}

std::uint64_t mirrored(std::uint64_t hash) {
  return hash ^ 0x5555555555555555U;  // u = 1, 3, 5, 7 are the even bits of each row
}

int hash_distance(std::uint64_t hash, std::uint64_t other) { return std::popcount(hash ^ other); }

}  // namespace mbench::datasets
