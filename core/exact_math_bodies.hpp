#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "core/simd_clones.hpp"

// Functions of exact_math.hpp without branches, to be inlined into loops that the compiler turns
// into vector instructions. Their bits are those of the functions, which call them.

namespace mbench::exact {

/// A whole number from 0 to 2^52 - 1 as a double: the bits of 2^52 + n, less 2^52.
MBENCH_SIMD_BODY double from_whole(std::uint64_t n) {
  return std::bit_cast<double>(n | 0x4330000000000000U) - 0x1p52;
}

/// `yes` where `is` is 1, `no` where it is 0: the compiler will not speculate with numbers that
/// might raise a floating-point flag.
MBENCH_SIMD_BODY double chosen(std::uint64_t is, double yes, double no) {
  const std::uint64_t mask = std::uint64_t{0} - is;
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(yes) & mask) |
                               (std::bit_cast<std::uint64_t>(no) & ~mask));
}

/// Of an angle from -1/2 to 1/2 turns, the latter excluded.
MBENCH_SIMD_BODY double sin_half_turns(double place) {
  const double mirrored = std::copysign(0.5, place) - place;
  const std::uint64_t is_outer = std::bit_cast<std::uint64_t>(0.25 - std::abs(place)) >> 63;
  const double t = chosen(is_outer, mirrored, place);
  const double x = 2.0 * std::numbers::pi * t;  // [-pi/2, pi/2]
  const double s = x * x;
  // Taylor to x^15: the next term is below 6e-12 at pi/2.
  return x * (1.0 +
              s * (-1.0 / 6 +
                   s * (1.0 / 120 +
                        s * (-1.0 / 5040 + s * (1.0 / 362880 + s * (-1.0 / 39916800 +
                                                                    s * (1.0 / 6227020800.0 -
                                                                         s / 1307674368000.0)))))));
}

/// Of an angle from 0 to 3/2 turns, the latter excluded.
MBENCH_SIMD_BODY double sin_positive_turns(double turns) {
  // std::floor() is no vector instruction unless inexact results are known to raise no trap.
  const std::uint64_t is_below_half = std::bit_cast<std::uint64_t>(turns + 0.5 - 1.0) >> 63;
  return sin_half_turns(turns - chosen(is_below_half, 0.0, 1.0));
}

/// log(x) + shift * log(2) of a normal number x > 0, shift a whole number.
MBENCH_SIMD_BODY double log_shifted(double x, double shift) {
  constexpr std::uint64_t kFraction = 0x000fffffffffffffU;
  constexpr std::uint64_t kRoot =
      std::bit_cast<std::uint64_t>(1.0 / std::numbers::sqrt2) & kFraction;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t fraction = bits & kFraction;
  // Both exact: x = m * 2^power, m in [sqrt(1/2), sqrt(2)).
  const std::uint64_t is_small = (fraction - kRoot) >> 63;  // of [1/2, 1): to be doubled
  const double m = std::bit_cast<double>(fraction | ((0x3feU + is_small) << 52));
  const double power = from_whole((bits >> 52) - is_small) - 1022.0 + shift;
  const double t = (m - 1.0) / (m + 1.0);  // log m = 2 artanh t, |t| <= 0.172
  const double s = t * t;
  const double sum =
      ((((((1.0 / 15 * s + 1.0 / 13) * s + 1.0 / 11) * s + 1.0 / 9) * s + 1.0 / 7) * s + 1.0 / 5) *
           s +
       1.0 / 3) *
          s +
      1.0;
  return 2.0 * t * sum + power * std::numbers::ln2;
}

}  // namespace mbench::exact
