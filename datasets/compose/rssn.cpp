#include "datasets/compose/rssn.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/simd_clones.hpp"
#include "datasets/compose/ingredients.hpp"
#include "imaging/resample_rows.hpp"

namespace mbench::datasets::compose {
namespace {

using imaging::rows::numbers;

MBENCH_SIMD_BODY std::uint8_t to_byte(double value) {
  return static_cast<std::uint8_t>(static_cast<int>(value));
}

MBENCH_SIMD_BODY std::uint8_t clamped_byte(double value) {
  const double raised = value < 0.0 ? 0.0 : value;
  return to_byte(raised > 255.0 ? 255.0 : raised);
}

MBENCH_SIMD_CLONES void scale(double* row, double factor, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) row[i] *= factor;
}

/// alpha: of every number, not of every pixel.
MBENCH_SIMD_CLONES void blend(const std::uint8_t* foreground, const float* alpha,
                              const double* background, std::uint8_t* __restrict to,
                              std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const double rest = double{1.0F - alpha[i]};
    to[i] = to_byte(double{alpha[i] * static_cast<float>(foreground[i])} + rest * background[i]);
  }
}

MBENCH_SIMD_CLONES void truncate(const double* from, std::uint8_t* __restrict to, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) to[i] = to_byte(from[i]);
}

template <typename T>
MBENCH_SIMD_BODY void add_body(const T* colours, const double* noise, Overflow overflow,
                               std::uint8_t* __restrict to, std::size_t n) {
  if (overflow == Overflow::clamp) {
    for (std::size_t i = 0; i < n; ++i) to[i] = clamped_byte(colours[i] + noise[i]);
  } else {
    for (std::size_t i = 0; i < n; ++i) to[i] = to_byte(colours[i] + noise[i]);
  }
}
MBENCH_SIMD_CLONES void add(const std::uint8_t* colours, const double* noise, Overflow overflow,
                            std::uint8_t* to, std::size_t n) {
  add_body(colours, noise, overflow, to, n);
}
MBENCH_SIMD_CLONES void add(const double* colours, const double* noise, Overflow overflow,
                            std::uint8_t* to, std::size_t n) {
  add_body(colours, noise, overflow, to, n);
}

/// The matte's first channel as floats, each v/255.
constexpr std::array<float, 256> kAlphas = [] {
  std::array<float, 256> alphas{};
  for (std::size_t v = 0; v < alphas.size(); ++v) {
    alphas[v] = static_cast<float>(static_cast<double>(v) / 255.0);
  }
  return alphas;
}();

}  // namespace

BackgroundRows::BackgroundRows(ColourView background, Size size, imaging::ResizeRule rule)
    : resized_{background, size, rule}, width_{static_cast<std::size_t>(size.width)} {}

void BackgroundRows::write(int y, Rgb<double>* to) {
  resized_.write(y, to);
  scale(numbers(to), 255.0, 3 * width_);
}

ExactColours resized_background(ColourView background, Size size, imaging::ResizeRule rule) {
  BackgroundRows rows{background, size, rule};
  ExactColours resized{size};
  for (int y = 0; y < size.height; ++y) rows.write(y, resized.row(y).data());
  return resized;
}

void blend_rssn_row(const Rgb<std::uint8_t>* foreground, const Rgb<std::uint8_t>* alpha,
                    const Rgb<double>* background, Rgb<std::uint8_t>* to, std::size_t width) {
  constexpr std::size_t kBlock = 256;
  std::array<float, 3 * kBlock> alphas{};
  for (std::size_t begin = 0; begin < width; begin += kBlock) {
    const std::size_t count = std::min(kBlock, width - begin);
    for (std::size_t x = 0; x < count; ++x) {
      const float a = kAlphas[alpha[begin + x].r];
      alphas[3 * x] = alphas[3 * x + 1] = alphas[3 * x + 2] = a;
    }
    blend(numbers(foreground + begin), alphas.data(), numbers(background + begin),
          numbers(to + begin), 3 * count);
  }
}

Colours blend_rssn(ColourView foreground, ColourView alpha, ExactColourView background) {
  require_one_size(foreground.size(), alpha.size(), background.size());
  Colours result{foreground.size()};
  for (int y = 0; y < foreground.size().height; ++y) {
    const auto to = result.row(y);
    blend_rssn_row(foreground.row_data(y), alpha.row_data(y), background.row_data(y), to.data(),
                   to.size());
  }
  return result;
}

void truncate_row(const Rgb<double>* colours, Rgb<std::uint8_t>* to, std::size_t width) {
  truncate(numbers(colours), numbers(to), 3 * width);
}

void write_noise_row(int y, double sigma, const Random& random, Rgb<double>* to,
                     std::size_t width) {
  const std::span<double> row{numbers(to), 3 * width};
  random.gaussians(static_cast<std::uint64_t>(y) * row.size(), row);
  scale(row.data(), sigma, row.size());
}

void add_noise_row(const Rgb<std::uint8_t>* colours, const Rgb<double>* noise, Overflow overflow,
                   Rgb<std::uint8_t>* to, std::size_t width) {
  add(numbers(colours), numbers(noise), overflow, numbers(to), 3 * width);
}
void add_noise_row(const Rgb<double>* colours, const Rgb<double>* noise, Overflow overflow,
                   Rgb<std::uint8_t>* to, std::size_t width) {
  add(numbers(colours), numbers(noise), overflow, numbers(to), 3 * width);
}

Colours add_noise(ColourView colours, ExactColourView noise, Overflow overflow) {
  if (colours.size() != noise.size()) {
    throw Error{ErrorKind::bad_input,
                {.what = "an image and its noise must have one size",
                 .expected = fmt::format("{} (image)", to_string(colours.size())),
                 .found = fmt::format("{} (noise)", to_string(noise.size()))}};
  }
  Colours result{colours.size()};
  for (int y = 0; y < colours.size().height; ++y) {
    const auto to = result.row(y);
    add_noise_row(colours.row_data(y), noise.row_data(y), overflow, to.data(), to.size());
  }
  return result;
}

}  // namespace mbench::datasets::compose
