#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "core/matte.hpp"
#include "core/size.hpp"
#include "core/trimap.hpp"

// The measures of metrics/ once more, straight from their definitions, slow and obvious: whole
// kernels, a flood fill per threshold, sums of exact fractions. They share nothing with metrics/
// and are what it is compared with.

namespace mbench::testing {

__extension__ using Int128 = __int128;

/// A matte as fractions: alpha = value / full. Number is Int128 for 8- and 16-bit mattes, and
/// double, with full = 1, for float mattes.
template <typename Number>
struct PlainMatte {
  Size size{};
  std::vector<Number> values{};  ///< row by row
  Number full{1};
};

/// One flag per pixel, row by row.
using PlainMask = std::vector<bool>;

/// The undefined value is none: 0/0 and the like.
using PlainValue = std::optional<long double>;

/// Integers of the depth of the file; of 16 bits if `as_16_bits`: 8-bit values then count 257
/// times.
[[nodiscard]] PlainMatte<Int128> plain_integers(AlphaView matte, bool as_16_bits);
/// Alpha in double precision.
[[nodiscard]] PlainMatte<double> plain_doubles(AlphaView matte);

/// 0 where T = 0, 1 where T = 255, the matte elsewhere.
template <typename Number>
[[nodiscard]] PlainMatte<Number> plain_clamped(PlainMatte<Number> matte, TrimapView trimap);
/// (v - min) / (max - min); 0 if the matte is constant.
template <typename Number>
[[nodiscard]] PlainMatte<Number> plain_stretched(PlainMatte<Number> matte);

[[nodiscard]] std::int64_t plain_count(const PlainMask& region);
/// sum / divisor; none for 0 / 0 and x / 0.
[[nodiscard]] PlainValue plain_ratio(long double sum, long double divisor);

/// sum_{i in R} |p_i - a_i|
template <typename Number>
[[nodiscard]] long double plain_absolute_sum(const PlainMatte<Number>& p,
                                             const PlainMatte<Number>& a, const PlainMask& region);
/// sum_{i in R} (p_i - a_i)^2
template <typename Number>
[[nodiscard]] long double plain_squared_sum(const PlainMatte<Number>& p,
                                            const PlainMatte<Number>& a, const PlainMask& region);

/// sum_i ((p_i - p'_i) - (a_i - a'_i))^2 over the image; p' and a' are the frame before. All have
/// one `full`.
template <typename Number>
[[nodiscard]] long double plain_change_sum(const PlainMatte<Number>& p, const PlainMatte<Number>& a,
                                           const PlainMatte<Number>& p_before,
                                           const PlainMatte<Number>& a_before);

/// sum_{i in R} (|grad p|_i - |grad a|_i)^2 with the 9 x 9 kernel of the MATLAB programs: g(row)
/// g'(column) over its own L2 norm, edge pixels repeated outwards.
template <typename Number>
[[nodiscard]] long double plain_gradient_k9(const PlainMatte<Number>& p,
                                            const PlainMatte<Number>& a, const PlainMask& region);
/// The same with the 13 x 13 kernel of SciPy: Gaussian of sum 1, the image mirrored at its edges.
template <typename Number>
[[nodiscard]] long double plain_gradient_s13(const PlainMatte<Number>& p,
                                             const PlainMatte<Number>& a, const PlainMask& region);

/// How alpha is compared with the threshold j/10.
enum class PlainTie {
  reaches,  ///< j/10 itself reaches it; float mattes are compared in single precision
  in_f64,   ///< alpha >= j * 0.1 as double precision has it
};
/// What becomes of a threshold that no pixel reaches.
enum class PlainEmpty { drops_all, is_skipped, stops };
/// Along what the image is searched for components: the first of several largest ones is taken.
enum class PlainScan { rows, columns };

struct PlainConnRules {
  PlainTie of_p{PlainTie::reaches};
  PlainTie of_a{PlainTie::reaches};
  PlainEmpty empty{PlainEmpty::drops_all};
  PlainScan scan{PlainScan::rows};
  bool background_competes{false};
};

/// sum_{i in R} |phi_p(i) - phi_a(i)|
template <typename Number>
[[nodiscard]] PlainValue plain_connectivity(const PlainMatte<Number>& p,
                                            const PlainMatte<Number>& a, const PlainMask& region,
                                            const PlainConnRules& rules);

}  // namespace mbench::testing
