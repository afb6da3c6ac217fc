#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/region.hpp"
#include "metrics/matte_pair.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// One sum over a pair of mattes: over which pixels, and by what the length of each matte's
/// gradient is multiplied. Stretching a matte to [0, 1] multiplies its gradients by 1 / (max - min)
/// and nothing else: an offset has no gradient.
struct GradientRequest {
  Region region;
  double predicted_scale{1.0};
  double truth_scale{1.0};
  std::size_t pair{0};  ///< of which pair
};

/// What happens where a matte has one value as far as the kernel reaches. The gradient there is
/// exactly zero, so both give the same bits.
enum class FlatAreas : std::uint8_t {
  skip,
  compute,  ///< the plain way, to test the other against
};

/// For each request
///     sum_{i in R} (s_p |grad P|_i - s_t |grad T|_i)^2
/// with P and T in units of 1/full of the pair, from one pass over the pixels. Memory: a few rows.
/// The order of summation is fixed: a sum has the same bits on every machine, alone or beside
/// others. The pairs are not stretched ones. Throws bad_input if a region has another size.
[[nodiscard]] std::vector<double> gradient_error_sums(const MattePair& pair, GradientKernel kernel,
                                                      Border border,
                                                      std::span<const GradientRequest> requests,
                                                      FlatAreas flat_areas = FlatAreas::skip);

/// The same for several pairs of one truth and one number type: a prediction before and after
/// clamping. What the first prediction shares with another is computed once.
[[nodiscard]] std::vector<double> gradient_error_sums(std::span<const MattePair* const> pairs,
                                                      GradientKernel kernel, Border border,
                                                      std::span<const GradientRequest> requests,
                                                      FlatAreas flat_areas = FlatAreas::skip);

}  // namespace mbench::metrics
