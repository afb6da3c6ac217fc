#pragma once
#include <span>
#include <vector>

#include "core/region.hpp"
#include "metrics/matte_pair.hpp"

namespace mbench::metrics {

/// What SAD, MSE and MAD have in common, from one pass over the pixels.
struct ErrorSums {
  double absolute{};  ///< sum over R of |P - T|, P and T in units of 1/full
  double squared{};   ///< sum over R of (P - T)^2
  double full{1.0};   ///< 255, 65535, ...; 1 for float mattes
};

/// Integer mattes are summed in integers and the sums rounded to double once at the end: exact up
/// to 2^53 and the same in any order. Float mattes are summed in double precision, row by row from
/// the left. Throws bad_input if the region has another size.
[[nodiscard]] ErrorSums error_sums(const MattePair& pair, const Region& region);

/// The same for each of several regions, from one pass over the pixels.
[[nodiscard]] std::vector<ErrorSums> error_sums(const MattePair& pair,
                                                std::span<const Region> regions);

}  // namespace mbench::metrics
