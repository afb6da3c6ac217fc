#include "imaging/gaussian.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/core.h>

#include "core/error.hpp"
#include "imaging/border.hpp"
#include "imaging/resample_rows.hpp"

namespace mbench::imaging {
namespace {

constexpr int kMaxSize = 255;

/// One half of the kernel, its middle first.
std::vector<double> exact_weights(const GaussianKernel& kernel) {
  if (kernel.size < 1 || kernel.size > kMaxSize || kernel.size % 2 == 0 ||
      !(kernel.sigma_px > 0.0)) {
    throw Error{ErrorKind::usage,
                {.what = "a Gaussian kernel is out of range",
                 .expected = fmt::format("an odd size from 1 to {} and sigma above 0", kMaxSize),
                 .found = fmt::format("size {}, sigma {}", kernel.size, kernel.sigma_px)}};
  }
  const int radius = kernel.size / 2;
  const double scale = -0.125 / (kernel.sigma_px * kernel.sigma_px);
  std::vector<double> weights(static_cast<std::size_t>(radius) + 1);
  double sum = 0.0;
  for (int x = radius; x > 0; --x) {
    weights[static_cast<std::size_t>(x)] = std::exp(4.0 * x * x * scale);
    sum += weights[static_cast<std::size_t>(x)];
  }
  const double factor = 1.0 / (2.0 * sum + 1.0);
  weights[0] = 1.0;
  for (double& weight : weights) weight *= factor;
  return weights;
}

std::vector<std::uint16_t> fixed_weights(const GaussianKernel& kernel) {
  constexpr int kOne = 256;
  const std::vector<double> exact = exact_weights(kernel);
  std::vector<std::uint16_t> weights(exact.size());
  double error = 0.0;
  int sum = 0;
  for (std::size_t x = exact.size(); --x > 0;) {
    const double wanted = exact[x] * kOne + error;
    const auto rounded = static_cast<int>(std::lrint(wanted));
    error = wanted - rounded;
    weights[x] = static_cast<std::uint16_t>(rounded);
    sum += 2 * rounded;
  }
  weights[0] = static_cast<std::uint16_t>(kOne - sum);
  return weights;
}

std::vector<float> float_weights(const GaussianKernel& kernel) {
  const std::vector<double> exact = exact_weights(kernel);
  return {exact.begin(), exact.end()};
}

/// Sums of 8-bit values along a row stay below 2^16: the weights sum to 256.
void blur_along(const std::uint8_t* middle, const std::vector<std::uint16_t>& weights,
                std::uint16_t* __restrict to, std::size_t length) {
  for (std::size_t i = 0; i < length; ++i)
    to[i] = static_cast<std::uint16_t>(middle[i] * weights[0]);
  for (std::size_t k = 1; k < weights.size(); ++k) {
    const std::uint16_t weight = weights[k];
    if (weight == 0) continue;
    const std::uint8_t* const before = middle - k;
    const std::uint8_t* const after = middle + k;
    for (std::size_t i = 0; i < length; ++i) {
      to[i] = static_cast<std::uint16_t>(to[i] + (before[i] + after[i]) * weight);
    }
  }
}

/// From left to right: the order of OpenCV's sum.
void blur_along(const float* middle, const std::vector<float>& weights, float* __restrict to,
                std::size_t length) {
  const auto radius = static_cast<int>(weights.size()) - 1;
  std::fill_n(to, length, 0.0F);
  for (int k = -radius; k <= radius; ++k) {
    const float weight = weights[static_cast<std::size_t>(std::abs(k))];
    const float* const from = middle + k;
    for (std::size_t i = 0; i < length; ++i) to[i] += from[i] * weight;
  }
}

/// What a value is after the sums along rows and down columns.
template <typename Value>
struct Sums {
  using Along = float;
  using Down = float;
};
template <>
struct Sums<std::uint8_t> {
  using Along = std::uint16_t;
  using Down = std::uint32_t;
};

void finish(const std::vector<std::uint32_t>& sums, std::uint8_t* to) {
  std::ranges::transform(sums, to, [](std::uint32_t sum) {
    return static_cast<std::uint8_t>((sum + 0x8000U) >> 16U);
  });
}
void finish(const std::vector<float>& sums, float* to) { std::ranges::copy(sums, to); }

template <typename Value, typename Weight>
Plane<Value> blur(PixelView<Value> image, const std::vector<Weight>& weights) {
  using Along = typename Sums<Value>::Along;
  using Down = typename Sums<Value>::Down;
  const Size size = image.size();
  Plane<Value> result{size};
  if (size.pixels() == 0) return result;
  const auto length = static_cast<std::size_t>(size.width);
  const auto radius = static_cast<int>(weights.size()) - 1;
  std::vector<Value> padded(length + 2 * static_cast<std::size_t>(radius));
  RowCache<Along> blurred_rows{std::min(size.height, 2 * radius + 1), length};
  const auto blurred = [&](int y) {
    return blurred_rows.get(mirrored_index(y, size.height), [&](int row, Along* to) {
      const auto from = image.row(row);
      Value* const inner = padded.data() + radius;
      std::ranges::copy(from, inner);
      for (int x = 1; x <= radius; ++x) {
        inner[-x] = from[static_cast<std::size_t>(mirrored_index(-x, size.width))];
        inner[size.width - 1 + x] =
            from[static_cast<std::size_t>(mirrored_index(size.width - 1 + x, size.width))];
      }
      blur_along(inner, weights, to, length);
    });
  };
  std::vector<Down> sums(length);
  for (int y = 0; y < size.height; ++y) {
    Down* const sum = sums.data();
    const Along* const middle = blurred(y);
    for (std::size_t i = 0; i < length; ++i) sum[i] = static_cast<Down>(middle[i]) * weights[0];
    for (int k = 1; k <= radius; ++k) {
      const auto weight = static_cast<Down>(weights[static_cast<std::size_t>(k)]);
      const Along* const above = blurred(y - k);
      const Along* const below = blurred(y + k);
      for (std::size_t i = 0; i < length; ++i) {
        sum[i] += (static_cast<Down>(above[i]) + static_cast<Down>(below[i])) * weight;
      }
    }
    finish(sums, result.row(y).data());
  }
  return result;
}

}  // namespace

GaussianKernel default_gaussian(int size) {
  if (size < 11 || size > kMaxSize || size % 2 == 0) {
    throw Error{ErrorKind::usage,
                {.what = "there is no default sigma for this size of a Gaussian kernel",
                 .expected = fmt::format("an odd size from 11 to {}", kMaxSize),
                 .found = std::to_string(size)}};
  }
  return {.size = size, .sigma_px = std::fma(0.15, size, 0.35)};
}

Plane<std::uint8_t> gaussian_blur(PixelView<std::uint8_t> image, const GaussianKernel& kernel) {
  return blur(image, fixed_weights(kernel));
}

Plane<float> gaussian_blur(PixelView<float> image, const GaussianKernel& kernel) {
  return blur(image, float_weights(kernel));
}

}  // namespace mbench::imaging
