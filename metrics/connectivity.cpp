#include "metrics/connectivity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <fmt/core.h>

#include "metrics/connected_levels.hpp"
#include "metrics/simd_clones.hpp"
#include "metrics/wide_integer.hpp"

namespace mbench::metrics {
namespace {

/// Whether a value of exactly j/10 reaches threshold j.
bool tie_reaches(ThresholdRule rule, int j) {
  // A tie compares the double nearest to j/10 with j times the double nearest to 0.1.
  return rule == ThresholdRule::inclusive || j / 10.0 >= j * 0.1;
}

/// [j]: what a value must at least be to reach threshold j, in the type of the values.
template <typename T>
using Thresholds = std::array<T, kTopLevel + 1>;

template <typename T>
Thresholds<T> thresholds(ThresholdRule rule, std::uint32_t full) {
  Thresholds<T> result{};
  for (int j = 1; j <= kTopLevel; ++j) {
    const std::uint64_t tenths = std::uint64_t{full} * static_cast<std::uint64_t>(j);
    const bool tie = tenths % 10 == 0;
    result[static_cast<std::size_t>(j)] =
        static_cast<T>((tenths + 9) / 10 + (tie && !tie_reaches(rule, j) ? 1 : 0));
  }
  return result;
}

template <typename T>
MBENCH_SIMD_BODY void common_level_row_of(const T* predicted, const T* truth,
                                          const Thresholds<T>& predicted_thresholds,
                                          const Thresholds<T>& truth_thresholds,
                                          std::uint8_t* levels, int width) {
  for (int x = 0; x < width; ++x) {
    std::uint8_t level = 0;
    for (std::size_t j = 1; j <= kTopLevel; ++j) {
      const bool reached =
          (predicted[x] >= predicted_thresholds[j]) & (truth[x] >= truth_thresholds[j]);
      level = static_cast<std::uint8_t>(level + reached);
    }
    levels[x] = level;
  }
}

MBENCH_SIMD_CLONES void common_level_row(const std::uint8_t* predicted, const std::uint8_t* truth,
                                         const Thresholds<std::uint8_t>& predicted_thresholds,
                                         const Thresholds<std::uint8_t>& truth_thresholds,
                                         std::uint8_t* __restrict levels, int width) {
  common_level_row_of(predicted, truth, predicted_thresholds, truth_thresholds, levels, width);
}

MBENCH_SIMD_CLONES void common_level_row(const std::uint16_t* predicted, const std::uint16_t* truth,
                                         const Thresholds<std::uint16_t>& predicted_thresholds,
                                         const Thresholds<std::uint16_t>& truth_thresholds,
                                         std::uint8_t* __restrict levels, int width) {
  common_level_row_of(predicted, truth, predicted_thresholds, truth_thresholds, levels, width);
}

MBENCH_SIMD_CLONES void common_level_row(const std::uint32_t* predicted, const std::uint32_t* truth,
                                         const Thresholds<std::uint32_t>& predicted_thresholds,
                                         const Thresholds<std::uint32_t>& truth_thresholds,
                                         std::uint8_t* __restrict levels, int width) {
  common_level_row_of(predicted, truth, predicted_thresholds, truth_thresholds, levels, width);
}

/// The level of a float value: the thresholds rise, so the first that it misses ends the count.
int float_level(double value, ThresholdRule rule) {
  int level = 0;
  for (int j = 1; j <= kTopLevel; ++j) {
    const bool reached = rule == ThresholdRule::inclusive
                             ? static_cast<float>(value) >= static_cast<float>(j / 10.0)
                             : value >= j * 0.1;
    if (!reached) break;
    level = j;
  }
  return level;
}

/// d [d >= 0.15] in units of 1/(10 full): d = 10 value - full level. No 8- or 16-bit value has
/// d = 0.15 exactly (3 full is odd, 2 d even).
template <typename Wide>
MBENCH_SIMD_BODY Wide disconnected(Wide value, Wide level_times_full, Wide three_full) {
  const auto d = static_cast<Wide>(static_cast<Wide>(10) * value - level_times_full);
  return static_cast<Wide>(2 * d) >= three_full ? d : Wide{0};
}

/// Small enough for the partial sums: 1024 * 10 * 65535 fits into 32 bits.
constexpr int kBlock = 1024;

template <typename T, typename Wide, typename Partial>
MBENCH_SIMD_BODY std::uint64_t sum_row_of(const T* predicted, const T* truth,
                                          const std::uint8_t* level, const std::uint8_t* inside,
                                          Wide full, int width) {
  const auto three_full = static_cast<Wide>(3 * full);
  std::uint64_t total = 0;
  for (int begin = 0; begin < width; begin += kBlock) {
    const int end = std::min(width, begin + kBlock);
    Partial partial = 0;
    for (int x = begin; x < end; ++x) {
      const auto level_times_full = static_cast<Wide>(static_cast<Wide>(level[x]) * full);
      const Wide of_predicted =
          disconnected(static_cast<Wide>(predicted[x]), level_times_full, three_full);
      const Wide of_truth = disconnected(static_cast<Wide>(truth[x]), level_times_full, three_full);
      const auto difference =
          static_cast<Wide>(std::max(of_predicted, of_truth) - std::min(of_predicted, of_truth));
      partial += static_cast<Partial>(static_cast<Wide>(difference * inside[x]));
    }
    total += partial;
  }
  return total;
}

MBENCH_SIMD_CLONES std::uint64_t sum_row(const std::uint8_t* predicted, const std::uint8_t* truth,
                                         const std::uint8_t* level, const std::uint8_t* inside,
                                         std::uint32_t full, int width) {
  return sum_row_of<std::uint8_t, std::int16_t, std::uint32_t>(
      predicted, truth, level, inside, static_cast<std::int16_t>(full), width);
}

MBENCH_SIMD_CLONES std::uint64_t sum_row(const std::uint16_t* predicted, const std::uint16_t* truth,
                                         const std::uint8_t* level, const std::uint8_t* inside,
                                         std::uint32_t full, int width) {
  return sum_row_of<std::uint16_t, std::int32_t, std::uint32_t>(
      predicted, truth, level, inside, static_cast<std::int32_t>(full), width);
}

std::uint64_t sum_row(const std::uint32_t* predicted, const std::uint32_t* truth,
                      const std::uint8_t* level, const std::uint8_t* inside, std::uint32_t full,
                      int width) {
  return sum_row_of<std::uint32_t, std::int64_t, std::uint64_t>(
      predicted, truth, level, inside, static_cast<std::int64_t>(full), width);
}

double sum_row(const double* predicted, const double* truth, const std::uint8_t* level,
               const std::uint8_t* inside, std::uint32_t /*full*/, int width) {
  const auto disconnected_part = [](double value, int from_level) {
    const double d = value - from_level / 10.0;
    return d >= 0.15 ? d : 0.0;
  };
  double total = 0.0;
  for (int x = 0; x < width; ++x) {
    if (inside[x] == 0) continue;
    total +=
        std::abs(disconnected_part(predicted[x], level[x]) - disconnected_part(truth[x], level[x]));
  }
  return total;
}

}  // namespace

Plane<std::uint8_t> common_levels(const MattePair& pair, ThresholdRule predicted,
                                  ThresholdRule truth) {
  Plane<std::uint8_t> levels{pair.size()};
  pair.visit([&]<typename T>(const TypedPair<T>& mattes) {
    const Size size = mattes.truth.size();
    if constexpr (std::is_same_v<T, double>) {
      for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
          levels(y, x) =
              static_cast<std::uint8_t>(std::min(float_level(mattes.predicted(y, x), predicted),
                                                 float_level(mattes.truth(y, x), truth)));
        }
      }
    } else {
      const Thresholds<T> of_predicted = thresholds<T>(predicted, mattes.full);
      const Thresholds<T> of_truth = thresholds<T>(truth, mattes.full);
      for (int y = 0; y < size.height; ++y) {
        common_level_row(mattes.predicted.row_data(y), mattes.truth.row_data(y), of_predicted,
                         of_truth, levels.row(y).data(), size.width);
      }
    }
  });
  return levels;
}

ConnectivitySum connectivity_sum(const MattePair& pair, PixelView<std::uint8_t> level_kept,
                                 const Region& region) {
  require_same_size(pair, region);
  return pair.visit([&]<typename T>(const TypedPair<T>& mattes) {
    constexpr bool kIsFloat = std::is_same_v<T, double>;
    const Size size = mattes.truth.size();
    std::vector<std::uint8_t> inside(static_cast<std::size_t>(size.width));
    std::conditional_t<kIsFloat, double, UInt128> total = 0;
    for (int y = 0; y < size.height; ++y) {
      region.mask_row(y, inside);
      total += sum_row(mattes.predicted.row_data(y), mattes.truth.row_data(y),
                       level_kept.row_data(y), inside.data(), mattes.full, size.width);
    }
    return ConnectivitySum{.value = static_cast<double>(total),
                           .sum_unit = kIsFloat ? 1.0 : 10.0 * mattes.full};
  });
}

Score connectivity(PreparedMattes& mattes, const ConnectivitySwitches& switches) {
  const PixelSwitches& pixels = switches.pixels;
  const MattePair& pair = mattes.pair(pixels.clamp, pixels.stretch);
  const Region region = mattes.region(pixels.region);
  const Plane<std::uint8_t> common =
      common_levels(pair, switches.predicted_threshold, switches.truth_threshold);
  if (switches.empty_level == EmptyLevel::error) {
    const int highest = *std::ranges::max_element(common.values());
    if (highest < kTopLevel) {
      return Score::undefined(
          fmt::format("no pixel reaches alpha {} in both mattes", (highest + 1) / 10.0));
    }
  }
  const Plane<std::uint8_t> level_kept =
      connected_levels_fast(common, {.empty_level = switches.empty_level,
                                     .tie_order = switches.tie_order,
                                     .components = switches.components});
  const ConnectivitySum sum = connectivity_sum(pair, level_kept, region);
  return mattes.normalised(sum.value, sum.sum_unit, pixels.region, switches.normalisation);
}

constinit const Metric connectivity_metric{
    .id = "conn",
    .title = "Conn",
    .unit = "10^3",
    .better = Better::lower,
    .decimals = 2,
    .cite = "rhemann2009",
    .formula = "1/1000 * sum_{i in R} |phi(p_i) - phi(t_i)|, phi(x) = 1 - (x - l) [x - l >= 0.15]"};

}  // namespace mbench::metrics
