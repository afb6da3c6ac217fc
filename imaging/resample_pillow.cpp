#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/simd_clones.hpp"
#include "imaging/resample.hpp"
#include "imaging/resample_rows.hpp"

namespace mbench::imaging {
namespace {

using rows::ValueOf;

constexpr int kFractionBits = 22;

double triangle(double x) { return std::max(0.0, 1.0 - std::abs(x)); }

double keys_cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
  if (x < 2.0) return (((x - 5.0) * x + 8.0) * x - 4.0) * a;
  return 0.0;
}

/// Of one output: its inputs [first, first + count) and where their weights begin.
struct Taps {
  int first{};
  int count{};
  std::size_t weights{};
};

struct AxisTaps {
  std::vector<Taps> outputs{};
  std::vector<std::int32_t> weights{};
};

/// Of the first `part` of n_out outputs.
AxisTaps axis_taps(int n_in, int n_out, int part, PillowFilter filter) {
  const double scale = static_cast<double>(n_in) / n_out;
  const double stretch = std::max(scale, 1.0);
  const double per_stretch = 1.0 / stretch;
  const double support = stretch * (filter == PillowFilter::bilinear ? 1.0 : 2.0);
  AxisTaps axis;
  std::vector<double> exact;
  for (int i = 0; i < part; ++i) {
    const double centre = (i + 0.5) * scale;
    const int first = std::max(0, static_cast<int>(centre - support + 0.5));
    const int last = std::min(n_in, static_cast<int>(centre + support + 0.5));
    axis.outputs.push_back({.first = first, .count = last - first, .weights = axis.weights.size()});
    exact.clear();
    double sum = 0.0;
    for (int j = first; j < last; ++j) {
      const double at = (j - centre + 0.5) * per_stretch;
      exact.push_back(filter == PillowFilter::bilinear ? triangle(at) : keys_cubic(at));
      sum += exact.back();
    }
    for (const double raw : exact) {
      const double weight = (sum == 0.0 ? raw : raw / sum) * (1 << kFractionBits);
      axis.weights.push_back(static_cast<std::int32_t>(weight + std::copysign(0.5, weight)));
    }
  }
  return axis;
}

std::uint8_t to_byte(std::int32_t sum) {
  return static_cast<std::uint8_t>(std::clamp(sum >> kFractionBits, 0, 255));
}

constexpr std::int32_t kHalf = 1 << (kFractionBits - 1);

template <int kChannels>
void combine_along(const std::uint8_t* from, const AxisTaps& axis, std::uint8_t* __restrict to) {
  for (const Taps& taps : axis.outputs) {
    const std::int32_t* const weights = axis.weights.data() + taps.weights;
    const std::uint8_t* const first = from + static_cast<std::ptrdiff_t>(kChannels) * taps.first;
    if (taps.count == 4) {  // bicubic enlargement, but for the edges
      const std::int32_t w0 = weights[0];
      const std::int32_t w1 = weights[1];
      const std::int32_t w2 = weights[2];
      const std::int32_t w3 = weights[3];
      for (int c = 0; c < kChannels; ++c) {
        *to++ = to_byte(kHalf + first[c] * w0 + first[kChannels + c] * w1 +
                        first[2 * kChannels + c] * w2 + first[3 * kChannels + c] * w3);
      }
      continue;
    }
    for (int c = 0; c < kChannels; ++c) {
      std::int32_t sum = kHalf;
      for (int j = 0; j < taps.count; ++j) sum += first[kChannels * j + c] * weights[j];
      *to++ = to_byte(sum);
    }
  }
}

/// The first rows of the image, `height` of them, each to the first `part` of `width` pixels.
template <typename Pixel>
Plane<Pixel> resize_along(PixelView<Pixel> image, int height, int width, int part,
                          PillowFilter filter) {
  const AxisTaps axis = axis_taps(image.size().width, width, part, filter);
  Plane<Pixel> result{{part, height}};
  for (int y = 0; y < height; ++y) {
    combine_along<rows::PixelTraits<Pixel>::kChannels>(rows::numbers(image.row_data(y)), axis,
                                                       rows::numbers(result.row(y).data()));
  }
  return result;
}

/// to[i] = sums of four rows with their weights, rounded and clipped.
MBENCH_SIMD_CLONES void combine_four(const std::array<const std::uint8_t*, 4>& from,
                                     const std::array<std::int32_t, 4>& weights,
                                     std::uint8_t* __restrict to, std::size_t length) {
  const auto [a, b, c, d] = from;
  const auto [wa, wb, wc, wd] = weights;
  for (std::size_t i = 0; i < length; ++i) {
    to[i] = to_byte(kHalf + a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd);
  }
}

MBENCH_SIMD_CLONES void add_row(const std::uint8_t* from, std::int32_t weight,
                                std::int32_t* __restrict sums, std::size_t length) {
  for (std::size_t i = 0; i < length; ++i) sums[i] += from[i] * weight;
}

template <typename Pixel>
Plane<Pixel> resize_down(PixelView<Pixel> image, int height, int part, PillowFilter filter,
                         int n_in) {
  const AxisTaps axis = axis_taps(n_in, height, part, filter);
  const std::size_t length = rows::row_length<Pixel>(image.size().width);
  Plane<Pixel> result{{image.size().width, part}};
  std::vector<std::int32_t> sums(length);
  for (int y = 0; y < part; ++y) {
    const Taps& taps = axis.outputs[static_cast<std::size_t>(y)];
    const std::int32_t* const weights = axis.weights.data() + taps.weights;
    std::uint8_t* const to = rows::numbers(result.row(y).data());
    const auto row = [&](int j) { return rows::numbers(image.row_data(taps.first + j)); };
    if (taps.count == 4) {  // bicubic enlargement, but for the edges
      combine_four({row(0), row(1), row(2), row(3)},
                   {weights[0], weights[1], weights[2], weights[3]}, to, length);
      continue;
    }
    std::ranges::fill(sums, kHalf);
    for (int j = 0; j < taps.count; ++j) add_row(row(j), weights[j], sums.data(), length);
    std::ranges::transform(sums, to, to_byte);
  }
  return result;
}

/// How many of n_in rows the first `part` of n_out outputs depend on.
int rows_needed(int n_in, int n_out, int part, PillowFilter filter) {
  if (n_in == n_out) return part;
  int needed = 0;
  for (const Taps& taps : axis_taps(n_in, n_out, part, filter).outputs) {
    needed = std::max(needed, taps.first + taps.count);
  }
  return needed;
}

template <typename Pixel>
Plane<Pixel> resize(PixelView<Pixel> image, Size size, Size part, PillowFilter filter) {
  rows::require_sides(image.size(), size);
  rows::require_sides(image.size(), part);
  const Size from = image.size();
  const int height = rows_needed(from.height, size.height, part.height, filter);
  Plane<Pixel> along;
  if (from.width != size.width) {
    along = resize_along(image, height, size.width, part.width, filter);
  } else {
    along = Plane<Pixel>{{part.width, height}};
    for (int y = 0; y < height; ++y) {
      std::ranges::copy(image.row(y).first(static_cast<std::size_t>(part.width)),
                        along.row(y).begin());
    }
  }
  if (from.height == size.height) return along;
  return resize_down(along.view(), size.height, part.height, filter, from.height);
}

}  // namespace

Plane<std::uint8_t> resize_pillow(PixelView<std::uint8_t> image, Size size, PillowFilter filter) {
  return resize(image, size, size, filter);
}
Plane<Rgb<std::uint8_t>> resize_pillow(PixelView<Rgb<std::uint8_t>> image, Size size,
                                       PillowFilter filter) {
  return resize(image, size, size, filter);
}

Plane<Rgb<std::uint8_t>> resize_pillow_part(PixelView<Rgb<std::uint8_t>> image, Size size,
                                            Size part, PillowFilter filter) {
  if (part.width > size.width || part.height > size.height) {
    throw Error{ErrorKind::bad_input,
                {.what = "the part to be kept lies outside the resized image",
                 .expected = fmt::format("at most {}", to_string(size)),
                 .found = to_string(part)}};
  }
  return resize(image, size, part, filter);
}

}  // namespace mbench::imaging
