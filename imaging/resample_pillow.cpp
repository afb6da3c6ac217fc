#include <algorithm>
#include <cmath>
#include <utility>

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

AxisTaps axis_taps(int n_in, int n_out, PillowFilter filter) {
  const double scale = static_cast<double>(n_in) / n_out;
  const double stretch = std::max(scale, 1.0);
  const double per_stretch = 1.0 / stretch;
  const double support = stretch * (filter == PillowFilter::bilinear ? 1.0 : 2.0);
  AxisTaps axis;
  std::vector<double> exact;
  for (int i = 0; i < n_out; ++i) {
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

template <typename Pixel>
Plane<Pixel> resize_along(PixelView<Pixel> image, int width, PillowFilter filter) {
  constexpr int kChannels = rows::PixelTraits<Pixel>::kChannels;
  const AxisTaps axis = axis_taps(image.size().width, width, filter);
  Plane<Pixel> result{{width, image.size().height}};
  for (int y = 0; y < image.size().height; ++y) {
    const std::uint8_t* const from = rows::numbers(image.row_data(y));
    std::uint8_t* to = rows::numbers(result.row(y).data());
    for (const Taps& taps : axis.outputs) {
      const std::int32_t* const weights = axis.weights.data() + taps.weights;
      for (int c = 0; c < kChannels; ++c) {
        std::int32_t sum = kHalf;
        for (int j = 0; j < taps.count; ++j) {
          sum += from[kChannels * (taps.first + j) + c] * weights[j];
        }
        *to++ = to_byte(sum);
      }
    }
  }
  return result;
}

template <typename Pixel>
Plane<Pixel> resize_down(PixelView<Pixel> image, int height, PillowFilter filter) {
  const AxisTaps axis = axis_taps(image.size().height, height, filter);
  const std::size_t length = rows::row_length<Pixel>(image.size().width);
  Plane<Pixel> result{{image.size().width, height}};
  std::vector<std::int32_t> sums(length);
  for (int y = 0; y < height; ++y) {
    const Taps& taps = axis.outputs[static_cast<std::size_t>(y)];
    std::ranges::fill(sums, kHalf);
    for (int j = 0; j < taps.count; ++j) {
      const std::uint8_t* const from = rows::numbers(image.row_data(taps.first + j));
      const std::int32_t weight = axis.weights[taps.weights + static_cast<std::size_t>(j)];
      std::int32_t* const sum = sums.data();
      for (std::size_t i = 0; i < length; ++i) sum[i] += from[i] * weight;
    }
    std::ranges::transform(sums, rows::numbers(result.row(y).data()), to_byte);
  }
  return result;
}

template <typename Pixel>
Plane<Pixel> resize(PixelView<Pixel> image, Size size, PillowFilter filter) {
  rows::require_sides(image.size(), size);
  Plane<Pixel> narrowed;
  if (image.size().width != size.width) {
    narrowed = resize_along(image, size.width, filter);
    image = narrowed.view();
  }
  if (image.size().height != size.height) return resize_down(image, size.height, filter);
  if (narrowed.size() == size) return narrowed;
  Plane<Pixel> copy{size};
  for (int y = 0; y < size.height; ++y) std::ranges::copy(image.row(y), copy.row(y).begin());
  return copy;
}

}  // namespace

Plane<std::uint8_t> resize_pillow(PixelView<std::uint8_t> image, Size size, PillowFilter filter) {
  return resize(image, size, filter);
}
Plane<Rgb<std::uint8_t>> resize_pillow(PixelView<Rgb<std::uint8_t>> image, Size size,
                                       PillowFilter filter) {
  return resize(image, size, filter);
}

}  // namespace mbench::imaging
