#include "metrics/level_scale.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>

#include "core/simd_clones.hpp"

namespace mbench::metrics {
namespace {

/// Whether a value of exactly j/10 reaches threshold j.
bool tie_reaches(ThresholdRule rule, std::uint64_t j) {
  // A tie compares the double nearest to j/10 with j times the double nearest to 0.1.
  const auto tenths = static_cast<double>(j);
  return rule == ThresholdRule::inclusive || tenths / 10.0 >= tenths * 0.1;
}

/// The largest double x with static_cast<float>(x) < threshold.
double largest_rounded_below(float threshold) {
  const float before = std::nextafter(threshold, 0.0F);
  const double middle = (double{before} + double{threshold}) / 2.0;  // exact
  // A number half-way between two floats becomes the even one.
  return static_cast<float>(middle) < threshold ? middle : std::nextafter(middle, 0.0);
}

template <typename T>
T miss(ThresholdRule rule, std::uint64_t j, std::uint32_t full) {
  if constexpr (std::is_same_v<T, double>) {
    const auto tenths = static_cast<double>(j);
    return rule == ThresholdRule::inclusive
               ? largest_rounded_below(static_cast<float>(tenths / 10.0))
               : std::nextafter(tenths * 0.1, 0.0);
  } else {
    const std::uint64_t product = full * j;
    const bool tie_misses = product % 10 == 0 && !tie_reaches(rule, j);
    return static_cast<T>((product + 9) / 10 - (tie_misses ? 0 : 1));
  }
}

/// No value exceeds it.
template <typename T>
constexpr T kOutOfReach = std::numeric_limits<T>::has_infinity ? std::numeric_limits<T>::infinity()
                                                               : std::numeric_limits<T>::max();

/// Steps that one loop over a row counts, so that it goes over a row few times.
constexpr std::size_t kStepsAtOnce = 4;
template <typename T>
using Steps = std::array<Misses<T>, kStepsAtOnce>;

template <typename T>
MBENCH_SIMD_BODY void count_steps_of(const T* predicted, const T* truth, const Steps<T>& steps,
                                     std::uint8_t* levels, int width) {
  const T p0 = steps[0].predicted, p1 = steps[1].predicted;
  const T p2 = steps[2].predicted, p3 = steps[3].predicted;
  const T t0 = steps[0].truth, t1 = steps[1].truth;
  const T t2 = steps[2].truth, t3 = steps[3].truth;
  for (int x = 0; x < width; ++x) {
    const T p = predicted[x];
    const T t = truth[x];
    levels[x] =
        static_cast<std::uint8_t>(levels[x] + ((p > p0) & (t > t0)) + ((p > p1) & (t > t1)) +
                                  ((p > p2) & (t > t2)) + ((p > p3) & (t > t3)));
  }
}

// One overload per type: a template cannot have clones.
MBENCH_SIMD_CLONES void count_steps(const std::uint8_t* predicted, const std::uint8_t* truth,
                                    const Steps<std::uint8_t>& steps,
                                    std::uint8_t* __restrict levels, int width) {
  count_steps_of(predicted, truth, steps, levels, width);
}

MBENCH_SIMD_CLONES void count_steps(const std::uint16_t* predicted, const std::uint16_t* truth,
                                    const Steps<std::uint16_t>& steps,
                                    std::uint8_t* __restrict levels, int width) {
  count_steps_of(predicted, truth, steps, levels, width);
}

MBENCH_SIMD_CLONES void count_steps(const std::uint32_t* predicted, const std::uint32_t* truth,
                                    const Steps<std::uint32_t>& steps,
                                    std::uint8_t* __restrict levels, int width) {
  count_steps_of(predicted, truth, steps, levels, width);
}

MBENCH_SIMD_CLONES void count_steps(const double* predicted, const double* truth,
                                    const Steps<double>& steps, std::uint8_t* __restrict levels,
                                    int width) {
  count_steps_of(predicted, truth, steps, levels, width);
}

}  // namespace

template <typename T>
ThresholdMisses<T> threshold_misses(ThresholdRule predicted, ThresholdRule truth,
                                    std::uint32_t full) {
  ThresholdMisses<T> result{};
  for (std::size_t j = 1; j <= kTopLevel; ++j) {
    result[j] = {.predicted = miss<T>(predicted, j, full), .truth = miss<T>(truth, j, full)};
  }
  return result;
}

template <typename T>
bool LevelScale<T>::add(const ThresholdMisses<T>& thresholds) {
  const auto not_above = [](const Misses<T>& a, const Misses<T>& b) {
    return a.predicted <= b.predicted && a.truth <= b.truth;
  };
  const std::span<const Misses<T>> added = std::span{thresholds}.subspan(1);
  for (const Misses<T>& one : added) {
    for (const Misses<T>& step : steps_) {
      if (!not_above(one, step) && !not_above(step, one)) return false;
    }
  }
  steps_.insert(steps_.end(), added.begin(), added.end());
  std::ranges::sort(
      steps_, [&](const Misses<T>& a, const Misses<T>& b) { return a != b && not_above(a, b); });
  // Not std::ranges::unique: clang 14 cannot compile the range that it returns.
  steps_.erase(std::unique(steps_.begin(), steps_.end()), steps_.end());
  return true;
}

template <typename T>
ThresholdLevels LevelScale<T>::levels_of(const ThresholdMisses<T>& thresholds) const {
  ThresholdLevels result{};
  for (std::size_t j = 1; j <= kTopLevel; ++j) {
    const auto step = std::ranges::find(steps_, thresholds[j]);
    result[j] = static_cast<std::uint8_t>(step - steps_.begin() + 1);
  }
  return result;
}

template <typename T>
Plane<std::uint8_t> LevelScale<T>::levels(const TypedPair<T>& mattes) const {
  const Size size = mattes.truth.size();
  Plane<std::uint8_t> levels{size};
  RowReader<T> predicted{mattes.predicted}, truth{mattes.truth};
  for (int y = 0; y < size.height; ++y) {
    for (std::size_t first = 0; first < steps_.size(); first += kStepsAtOnce) {
      Steps<T> steps{};
      steps.fill({.predicted = kOutOfReach<T>, .truth = kOutOfReach<T>});
      std::copy_n(steps_.begin() + static_cast<std::ptrdiff_t>(first),
                  std::min(kStepsAtOnce, steps_.size() - first), steps.begin());
      count_steps(predicted.row(y), truth.row(y), steps, levels.row(y).data(), size.width);
    }
  }
  return levels;
}

template ThresholdMisses<std::uint8_t> threshold_misses(ThresholdRule, ThresholdRule,
                                                        std::uint32_t);
template ThresholdMisses<std::uint16_t> threshold_misses(ThresholdRule, ThresholdRule,
                                                         std::uint32_t);
template ThresholdMisses<std::uint32_t> threshold_misses(ThresholdRule, ThresholdRule,
                                                         std::uint32_t);
template ThresholdMisses<double> threshold_misses(ThresholdRule, ThresholdRule, std::uint32_t);
template class LevelScale<std::uint8_t>;
template class LevelScale<std::uint16_t>;
template class LevelScale<std::uint32_t>;
template class LevelScale<double>;

}  // namespace mbench::metrics
