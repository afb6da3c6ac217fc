#include "metrics/dtssd.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/simd_clones.hpp"
#include "metrics/wide_integer.hpp"

namespace mbench::metrics {
namespace {

/// One row of the four mattes. (p_t - p_{t-1}) - (a_t - a_{t-1}) is taken as
/// (p_t - a_t) * scale - (p_{t-1} - a_{t-1}) * previous_scale, which in integers is the same.
template <typename T, typename P>
struct Rows {
  const T* predicted;
  const T* truth;
  const P* previous_predicted;
  const P* previous_truth;
};

/// Pixels whose squares are summed before the sum is widened: 32 bits hold that many squares of
/// 8-bit differences (at most 510^2), 64 bits those of 16 bits.
constexpr std::size_t kBlock = 16384;

MBENCH_SIMD_CLONES std::uint64_t sum_block(const Rows<std::uint8_t, std::uint8_t>& rows,
                                           std::size_t begin, std::size_t end) {
  std::uint32_t sum = 0;
  for (std::size_t x = begin; x < end; ++x) {
    const std::int32_t error = rows.predicted[x] - rows.truth[x];
    const std::int32_t before = rows.previous_predicted[x] - rows.previous_truth[x];
    const std::int32_t change = error - before;
    sum += static_cast<std::uint32_t>(change * change);
  }
  return sum;
}

template <typename T, typename P>
UInt128 sum_row(const Rows<T, P>& rows, std::size_t width, std::int64_t scale,
                std::int64_t previous_scale) {
  UInt128 total = 0;
  for (std::size_t begin = 0; begin < width; begin += kBlock) {
    const std::size_t end = std::min(width, begin + kBlock);
    if constexpr (std::is_same_v<T, std::uint8_t> && std::is_same_v<P, std::uint8_t>) {
      total += sum_block(rows, begin, end);
    } else {
      std::uint64_t sum = 0;
      for (std::size_t x = begin; x < end; ++x) {
        const std::int64_t error = std::int64_t{rows.predicted[x]} - rows.truth[x];
        const std::int64_t before =
            std::int64_t{rows.previous_predicted[x]} - rows.previous_truth[x];
        const std::int64_t change = error * scale - before * previous_scale;
        sum += static_cast<std::uint64_t>(change * change);
      }
      total += sum;
    }
  }
  return total;
}

template <typename T, typename P>
double sum_row_of_doubles(const Rows<T, P>& rows, std::size_t width, double full,
                          double previous_full) {
  double sum = 0.0;
  for (std::size_t x = 0; x < width; ++x) {
    const double predicted = rows.predicted[x] / full;
    const double truth = rows.truth[x] / full;
    const double change = (predicted - rows.previous_predicted[x] / previous_full) -
                          (truth - rows.previous_truth[x] / previous_full);
    sum += change * change;
  }
  return sum;
}

/// Stretched mattes have wider integers and never come here; as doubles they would be right, too.
template <typename T>
constexpr bool is_8_or_16_bits =
    std::is_same_v<T, std::uint8_t> || std::is_same_v<T, std::uint16_t>;

/// Mean over the image of squared changes of the error, alpha in [0, 1].
template <typename T, typename P>
double mean_squared_change(const TypedPair<T>& frame, const TypedPair<P>& previous) {
  constexpr bool kIntegers = is_8_or_16_bits<T> && is_8_or_16_bits<P>;
  const Size size = frame.truth.size();
  const std::uint32_t full = std::max(frame.full, previous.full);
  std::conditional_t<kIntegers, UInt128, double> total{};
  RowReader<T> predicted{frame.predicted}, truth{frame.truth};
  RowReader<P> previous_predicted{previous.predicted}, previous_truth{previous.truth};
  for (int y = 0; y < size.height; ++y) {
    const Rows<T, P> rows{predicted.row(y), truth.row(y), previous_predicted.row(y),
                          previous_truth.row(y)};
    const auto width = static_cast<std::size_t>(size.width);
    if constexpr (kIntegers) {
      total += sum_row(rows, width, full / frame.full, full / previous.full);  // 1 or 257
    } else {
      total += sum_row_of_doubles(rows, width, frame.full, previous.full);
    }
  }
  const double unit = kIntegers ? static_cast<double>(full) : 1.0;
  return static_cast<double>(total) / (unit * unit * static_cast<double>(size.pixels()));
}

}  // namespace

Score dtssd(const MattePair& frame, const MattePair& previous, const DtssdSwitches& switches) {
  if (frame.size() != previous.size()) {
    throw Error{ErrorKind::bad_input,
                {.what = "the frames of a clip must have one size",
                 .expected = fmt::format("{} (previous frame)", to_string(previous.size())),
                 .found = fmt::format("{} (this frame)", to_string(frame.size())),
                 .fix = "write all frames of a clip at one size"}};
  }
  const double mean = frame.visit([&](const auto& now) {
    return previous.visit([&](const auto& before) { return mean_squared_change(now, before); });
  });
  return Score::of(switches.factor * std::sqrt(mean));
}

constinit const Metric dtssd_metric{
    .id = "dtssd",
    .title = "dtSSD",
    .unit = "10^-2",
    .better = Better::lower,
    .decimals = 2,
    .cite = "lin2022",
    .formula = "100 * sqrt(1/N * sum_i ((p_i - p'_i) - (t_i - t'_i))^2), p', t': the frame before"};

}  // namespace mbench::metrics
