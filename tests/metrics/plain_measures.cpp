#include "tests/metrics/plain_measures.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <type_traits>
#include <utility>

namespace mbench::testing {
namespace {

template <typename Number>
using Sum = std::conditional_t<std::is_same_v<Number, Int128>, Int128, long double>;

std::size_t at(Size size, int y, int x) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) +
         static_cast<std::size_t>(x);
}

template <typename Number, typename Convert>
PlainMatte<Number> converted(AlphaView matte, Number full, Convert convert) {
  PlainMatte<Number> result{.size = matte.size(), .values = {}, .full = full};
  matte.visit([&](const auto& pixels) {
    for (int y = 0; y < pixels.size().height; ++y) {
      for (int x = 0; x < pixels.size().width; ++x) result.values.push_back(convert(pixels(y, x)));
    }
  });
  return result;
}

template <typename Number>
Number magnitude(Number value) {
  return value < 0 ? -value : value;
}

/// p - a at pixel i, times both full values.
template <typename Number>
Sum<Number> difference(const PlainMatte<Number>& p, const PlainMatte<Number>& a, std::size_t i) {
  return static_cast<Sum<Number>>(p.values[i]) * a.full -
         static_cast<Sum<Number>>(a.values[i]) * p.full;
}

// ---- Gradient: sigma = 1.4 pixels ----

constexpr long double kSigma = 1.4L;

long double gaussian(int i) {
  return std::exp(-static_cast<long double>(i) * i / (2 * kSigma * kSigma)) /
         (kSigma * std::sqrt(2 * std::numbers::pi_v<long double>));
}

/// A square kernel for the derivative along x; the one along y is its transpose.
struct Kernel {
  int radius{};
  std::vector<long double> weights{};  ///< row by row
};

/// g(row) g'(column) over its L2 norm. The half size is where g falls to 0.01.
Kernel kernel_k9() {
  const long double falls_to = 0.01L;
  const long double scaled = std::sqrt(2 * std::numbers::pi_v<long double>) * kSigma * falls_to;
  const long double half_size = std::ceil(kSigma * std::sqrt(-2 * std::log(scaled)));
  Kernel kernel{.radius = static_cast<int>(half_size)};
  long double energy = 0;
  for (int row = -kernel.radius; row <= kernel.radius; ++row) {
    for (int column = -kernel.radius; column <= kernel.radius; ++column) {
      const long double derivative = -column * gaussian(column) / (kSigma * kSigma);
      kernel.weights.push_back(gaussian(row) * derivative);
      energy += kernel.weights.back() * kernel.weights.back();
    }
  }
  for (long double& weight : kernel.weights) weight /= std::sqrt(energy);
  return kernel;
}

/// The Gaussian, cut off at 4 sigma and scaled to sum 1, times -x/sigma^2 of it.
Kernel kernel_s13() {
  Kernel kernel{.radius = static_cast<int>(4.0L * kSigma + 0.5L)};
  long double sum = 0;
  for (int i = -kernel.radius; i <= kernel.radius; ++i) sum += gaussian(i);
  for (int row = -kernel.radius; row <= kernel.radius; ++row) {
    for (int column = -kernel.radius; column <= kernel.radius; ++column) {
      const long double derivative = -column * (gaussian(column) / sum) / (kSigma * kSigma);
      kernel.weights.push_back(gaussian(row) / sum * derivative);
    }
  }
  return kernel;
}

/// Where position i of a row of n pixels is found.
using Border = int (*)(int i, int n);

int repeated(int i, int n) { return std::clamp(i, 0, n - 1); }

int mirrored(int i, int n) {
  while (i < 0 || i >= n) i = i < 0 ? -1 - i : 2 * n - 1 - i;
  return i;
}

/// |grad v| at each pixel. The kernels are laid on as they are, not mirrored as a convolution has
/// it: that turns the sign of each derivative and leaves the magnitude.
template <typename Number>
std::vector<long double> gradient_magnitudes(const PlainMatte<Number>& matte, const Kernel& kernel,
                                             Border border) {
  const auto [width, height] = matte.size;
  const int taps = 2 * kernel.radius + 1;
  const int padded_width = width + 2 * kernel.radius;
  std::vector<long double> padded;
  for (int y = -kernel.radius; y < height + kernel.radius; ++y) {
    for (int x = -kernel.radius; x < width + kernel.radius; ++x) {
      const Number value = matte.values[at(matte.size, border(y, height), border(x, width))];
      padded.push_back(static_cast<long double>(value) / static_cast<long double>(matte.full));
    }
  }
  const long double* weight = kernel.weights.data();
  std::vector<long double> result;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      long double along_x = 0;
      long double along_y = 0;
      for (int row = 0; row < taps; ++row) {
        const long double* value = padded.data() + (y + row) * padded_width + x;
        for (int column = 0; column < taps; ++column) {
          along_x += weight[row * taps + column] * value[column];
          along_y += weight[column * taps + row] * value[column];
        }
      }
      result.push_back(std::sqrt(along_x * along_x + along_y * along_y));
    }
  }
  return result;
}

template <typename Number>
long double gradient_sum(const PlainMatte<Number>& p, const PlainMatte<Number>& a,
                         const PlainMask& region, const Kernel& kernel, Border border) {
  const std::vector<long double> of_p = gradient_magnitudes(p, kernel, border);
  const std::vector<long double> of_a = gradient_magnitudes(a, kernel, border);
  long double sum = 0;
  for (std::size_t i = 0; i < region.size(); ++i) {
    if (region[i]) sum += (of_p[i] - of_a[i]) * (of_p[i] - of_a[i]);
  }
  return sum;
}

// ---- Connectivity ----

constexpr int kTopThreshold = 10;

bool reaches(Int128 value, Int128 full, int j, PlainTie tie) {
  if (tie == PlainTie::reaches) return 10 * value >= j * full;
  return static_cast<double>(value) / static_cast<double>(full) >= j * 0.1;
}

bool reaches(double value, double /*full*/, int j, PlainTie tie) {
  if (tie == PlainTie::reaches) return static_cast<float>(value) >= static_cast<float>(j / 10.0);
  return value >= j * 0.1;
}

/// 10 full d [d >= 0.15] with d = value/full - level/10.
Int128 disconnected(Int128 value, Int128 full, int level) {
  const Int128 d = 10 * value - level * full;
  return 2 * d >= 3 * full ? d : 0;
}

/// As the definition for float mattes has it, d is taken in double precision: where d is 0.15 the
/// last bit decides.
long double disconnected(double value, double /*full*/, int level) {
  const double d = value - level / 10.0;
  return d >= 0.15 ? 10.0L * d : 0.0L;
}

/// The 4-connected component of `inside` that holds pixel (y, x).
PlainMask component_at(const PlainMask& inside, Size size, int y, int x) {
  PlainMask component(inside.size(), false);
  std::vector<std::pair<int, int>> open{{y, x}};
  while (!open.empty()) {
    const auto [row, column] = open.back();
    open.pop_back();
    if (row < 0 || row >= size.height || column < 0 || column >= size.width) continue;
    if (!inside[at(size, row, column)] || component[at(size, row, column)]) continue;
    component[at(size, row, column)] = true;
    open.insert(open.end(), {{row - 1, column}, {row + 1, column}});
    open.insert(open.end(), {{row, column - 1}, {row, column + 1}});
  }
  return component;
}

/// The largest component; empty if there is none.
PlainMask largest_component(const PlainMask& inside, Size size, const PlainConnRules& rules) {
  PlainMask largest(inside.size(), false);
  std::int64_t pixels = 0;
  if (rules.background_competes) {
    for (std::size_t i = 0; i < inside.size(); ++i) largest[i] = !inside[i];
    pixels = plain_count(largest);
  }
  PlainMask seen(inside.size(), false);
  const auto look_at = [&](int y, int x) {
    if (!inside[at(size, y, x)] || seen[at(size, y, x)]) return;
    const PlainMask component = component_at(inside, size, y, x);
    for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = seen[i] || component[i];
    if (plain_count(component) <= pixels) return;
    pixels = plain_count(component);
    largest = component;
  };
  if (rules.scan == PlainScan::rows) {
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) look_at(y, x);
    }
  } else {
    for (int x = 0; x < size.width; ++x) {
      for (int y = 0; y < size.height; ++y) look_at(y, x);
    }
  }
  return largest;
}

}  // namespace

PlainMatte<Int128> plain_integers(AlphaView matte, bool as_16_bits) {
  const bool is_8_bit = matte.depth() == Depth::u8;
  const Int128 times = is_8_bit && as_16_bits ? 257 : 1;
  return converted<Int128>(matte, is_8_bit && !as_16_bits ? 255 : 65535,
                           [&](auto value) { return times * static_cast<Int128>(value); });
}

PlainMatte<double> plain_doubles(AlphaView matte) {
  const double full = matte.depth() == Depth::u8 ? 255 : matte.depth() == Depth::u16 ? 65535 : 1;
  return converted<double>(matte, 1.0,
                           [&](auto value) { return static_cast<double>(value) / full; });
}

template <typename Number>
PlainMatte<Number> plain_clamped(PlainMatte<Number> matte, TrimapView trimap) {
  for (int y = 0; y < matte.size.height; ++y) {
    for (int x = 0; x < matte.size.width; ++x) {
      Number& value = matte.values[at(matte.size, y, x)];
      if (trimap(y, x) == 0) value = 0;
      if (trimap(y, x) == 255) value = matte.full;
    }
  }
  return matte;
}

template <typename Number>
PlainMatte<Number> plain_stretched(PlainMatte<Number> matte) {
  const Number min = *std::min_element(matte.values.begin(), matte.values.end());
  const Number max = *std::max_element(matte.values.begin(), matte.values.end());
  const Number range = max == min ? 1 : max - min;
  for (Number& value : matte.values) value -= min;
  if constexpr (std::is_same_v<Number, Int128>) {
    matte.full = range;
  } else {
    for (Number& value : matte.values) value /= range;
  }
  return matte;
}

std::int64_t plain_count(const PlainMask& region) {
  return std::count(region.begin(), region.end(), true);
}

PlainValue plain_ratio(long double sum, long double divisor) {
  if (divisor == 0) return std::nullopt;
  return sum / divisor;
}

template <typename Number>
long double plain_absolute_sum(const PlainMatte<Number>& p, const PlainMatte<Number>& a,
                               const PlainMask& region) {
  Sum<Number> sum = 0;
  for (std::size_t i = 0; i < region.size(); ++i) {
    if (region[i]) sum += magnitude(difference(p, a, i));
  }
  return static_cast<long double>(sum) / static_cast<long double>(p.full * a.full);
}

template <typename Number>
long double plain_squared_sum(const PlainMatte<Number>& p, const PlainMatte<Number>& a,
                              const PlainMask& region) {
  Sum<Number> sum = 0;
  for (std::size_t i = 0; i < region.size(); ++i) {
    if (region[i]) sum += difference(p, a, i) * difference(p, a, i);
  }
  const auto full = static_cast<long double>(p.full * a.full);
  return static_cast<long double>(sum) / (full * full);
}

template <typename Number>
long double plain_change_sum(const PlainMatte<Number>& p, const PlainMatte<Number>& a,
                             const PlainMatte<Number>& p_before,
                             const PlainMatte<Number>& a_before) {
  Sum<Number> sum = 0;
  for (std::size_t i = 0; i < p.values.size(); ++i) {
    const Sum<Number> of_p = static_cast<Sum<Number>>(p.values[i]) - p_before.values[i];
    const Sum<Number> of_a = static_cast<Sum<Number>>(a.values[i]) - a_before.values[i];
    sum += (of_p - of_a) * (of_p - of_a);
  }
  const auto full = static_cast<long double>(p.full);
  return static_cast<long double>(sum) / (full * full);
}

template <typename Number>
long double plain_gradient_k9(const PlainMatte<Number>& p, const PlainMatte<Number>& a,
                              const PlainMask& region) {
  static const Kernel kernel = kernel_k9();
  return gradient_sum(p, a, region, kernel, repeated);
}

template <typename Number>
long double plain_gradient_s13(const PlainMatte<Number>& p, const PlainMatte<Number>& a,
                               const PlainMask& region) {
  static const Kernel kernel = kernel_s13();
  return gradient_sum(p, a, region, kernel, mirrored);
}

template <typename Number>
PlainValue plain_connectivity(const PlainMatte<Number>& p, const PlainMatte<Number>& a,
                              const PlainMask& region, const PlainConnRules& rules) {
  std::vector<int> level(region.size(), kTopThreshold);  // 10 l
  PlainMask lost(region.size(), false);
  for (int j = 1; j <= kTopThreshold; ++j) {
    PlainMask inside(region.size(), false);
    for (std::size_t i = 0; i < region.size(); ++i) {
      inside[i] = reaches(p.values[i], p.full, j, rules.of_p) &&
                  reaches(a.values[i], a.full, j, rules.of_a);
    }
    if (plain_count(inside) == 0) {
      if (rules.empty == PlainEmpty::stops) return std::nullopt;
      if (rules.empty == PlainEmpty::is_skipped) continue;
    }
    const PlainMask source = largest_component(inside, p.size, rules);
    for (std::size_t i = 0; i < region.size(); ++i) {
      if (lost[i] || source[i]) continue;
      lost[i] = true;
      level[i] = j - 1;
    }
  }
  Sum<Number> sum = 0;
  for (std::size_t i = 0; i < region.size(); ++i) {
    if (!region[i]) continue;
    const auto of_p = disconnected(p.values[i], p.full, level[i]);
    const auto of_a = disconnected(a.values[i], a.full, level[i]);
    sum += magnitude(of_p * a.full - of_a * p.full);
  }
  return static_cast<long double>(sum) / (10 * static_cast<long double>(p.full * a.full));
}

#define MBENCH_PLAIN_MEASURES(Number)                                                           \
  template PlainMatte<Number> plain_clamped(PlainMatte<Number>, TrimapView);                    \
  template PlainMatte<Number> plain_stretched(PlainMatte<Number>);                              \
  template long double plain_absolute_sum(const PlainMatte<Number>&, const PlainMatte<Number>&, \
                                          const PlainMask&);                                    \
  template long double plain_squared_sum(const PlainMatte<Number>&, const PlainMatte<Number>&,  \
                                         const PlainMask&);                                     \
  template long double plain_change_sum(const PlainMatte<Number>&, const PlainMatte<Number>&,   \
                                        const PlainMatte<Number>&, const PlainMatte<Number>&);  \
  template long double plain_gradient_k9(const PlainMatte<Number>&, const PlainMatte<Number>&,  \
                                         const PlainMask&);                                     \
  template long double plain_gradient_s13(const PlainMatte<Number>&, const PlainMatte<Number>&, \
                                          const PlainMask&);                                    \
  template PlainValue plain_connectivity(const PlainMatte<Number>&, const PlainMatte<Number>&,  \
                                         const PlainMask&, const PlainConnRules&);
MBENCH_PLAIN_MEASURES(Int128)
MBENCH_PLAIN_MEASURES(double)
#undef MBENCH_PLAIN_MEASURES

}  // namespace mbench::testing
