#include "metrics/error_sums.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/simd_clones.hpp"
#include "metrics/wide_integer.hpp"

namespace mbench::metrics {
namespace {

template <typename Sum>
struct Sums {
  Sum absolute{};
  Sum squared{};
};

/// Small enough that 31 bits hold the squares of that many 8-bit differences.
constexpr std::size_t kBlock = 32768;

// Sums over one row; `inside` is 1 or 0 for each pixel.

/// Differences in 8 bits and squares of 16-bit numbers: more of them fit into a register than if
/// all were 32 bits wide.
MBENCH_SIMD_CLONES Sums<std::uint64_t> sum_row(const std::uint8_t* predicted,
                                               const std::uint8_t* truth,
                                               const std::uint8_t* inside, std::size_t width) {
  Sums<std::uint64_t> total;
  for (std::size_t begin = 0; begin < width; begin += kBlock) {
    const std::size_t end = std::min(width, begin + kBlock);
    std::int32_t absolute = 0;
    std::int32_t squared = 0;
    for (std::size_t x = begin; x < end; ++x) {
      const std::uint8_t larger = std::max(predicted[x], truth[x]);
      const std::uint8_t smaller = std::min(predicted[x], truth[x]);
      const auto difference = static_cast<std::int16_t>(
          static_cast<std::uint8_t>(larger - smaller) & static_cast<std::uint8_t>(-inside[x]));
      absolute += difference;
      squared += std::int32_t{difference} * std::int32_t{difference};
    }
    total.absolute += static_cast<std::uint32_t>(absolute);
    total.squared += static_cast<std::uint32_t>(squared);
  }
  return total;
}

MBENCH_SIMD_CLONES Sums<std::uint64_t> sum_row(const std::uint16_t* predicted,
                                               const std::uint16_t* truth,
                                               const std::uint8_t* inside, std::size_t width) {
  Sums<std::uint64_t> total;
  for (std::size_t x = 0; x < width; ++x) {
    const std::uint16_t larger = std::max(predicted[x], truth[x]);
    const std::uint16_t smaller = std::min(predicted[x], truth[x]);
    const auto difference = static_cast<std::uint32_t>((larger - smaller) * inside[x]);
    total.absolute += difference;
    total.squared += std::uint64_t{difference * difference};
  }
  return total;
}

Sums<UInt128> sum_row(const std::uint32_t* predicted, const std::uint32_t* truth,
                      const std::uint8_t* inside, std::size_t width) {
  Sums<UInt128> total;
  for (std::size_t x = 0; x < width; ++x) {
    const std::uint64_t difference =
        std::uint64_t{std::max(predicted[x], truth[x]) - std::min(predicted[x], truth[x])} *
        inside[x];
    total.absolute += difference;
    total.squared += difference * difference;
  }
  return total;
}

Sums<double> sum_row(const double* predicted, const double* truth, const std::uint8_t* inside,
                     std::size_t width) {
  Sums<double> total;
  for (std::size_t x = 0; x < width; ++x) {
    const double difference = inside[x] != 0 ? std::abs(predicted[x] - truth[x]) : 0.0;
    total.absolute += difference;
    total.squared += difference * difference;
  }
  return total;
}

}  // namespace

ErrorSums error_sums(const MattePair& pair, const Region& region) {
  return error_sums(pair, {&region, 1}).front();
}

std::vector<ErrorSums> error_sums(const MattePair& pair, std::span<const Region> regions) {
  for (const Region& region : regions) require_same_size(pair, region);
  return pair.visit([&]<typename T>(const TypedPair<T>& mattes) {
    const Size size = mattes.truth.size();
    const auto width = static_cast<std::size_t>(size.width);
    const std::vector<std::uint8_t> everywhere(width, 1);
    std::vector<std::uint8_t> inside(width);
    using Total = std::conditional_t<std::is_same_v<T, double>, Sums<double>, Sums<UInt128>>;
    std::vector<Total> totals(regions.size());
    RowReader<T> predicted{mattes.predicted}, truth{mattes.truth};
    for (int y = 0; y < size.height; ++y) {
      for (std::size_t i = 0; i < regions.size(); ++i) {
        if (!regions[i].is_whole()) regions[i].mask_row(y, inside);
        const auto row = sum_row(predicted.row(y), truth.row(y),
                                 (regions[i].is_whole() ? everywhere : inside).data(), width);
        totals[i].absolute += row.absolute;
        totals[i].squared += row.squared;
      }
    }
    std::vector<ErrorSums> sums;
    for (const Total& total : totals) {
      sums.push_back({.absolute = static_cast<double>(total.absolute),
                      .squared = static_cast<double>(total.squared),
                      .full = static_cast<double>(mattes.full)});
    }
    return sums;
  });
}

}  // namespace mbench::metrics
