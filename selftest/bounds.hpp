#pragma once
#include <string_view>

#include "core/matte.hpp"
#include "core/size.hpp"
#include "selftest/report.hpp"

namespace mbench::selftest {

/// How far a score may lie from its reference. From the written definition: rounding in double
/// precision. From an original program: the rounding of its own arithmetic, mostly single
/// precision.
[[nodiscard]] Bound score_bound(std::string_view protocol, std::string_view column,
                                Reference reference);

/// Does any pixel, stretched to [0, 1] by the smallest and the largest value of its matte, lie on a
/// threshold j/10 of Conn, j = 1 ... 9, as exactly as single precision can tell?
[[nodiscard]] bool has_values_on_thresholds(AlphaView matte);

/// The bound of a pair of mattes on which the rounding of the program may decide which pixels reach
/// a threshold; score_bound() where nothing depends on that.
[[nodiscard]] Bound bound_on_thresholds(std::string_view protocol, std::string_view column,
                                        Reference reference);

/// Why a program's value of a column on an image of this size is not compared, or "".
[[nodiscard]] std::string_view exclusion(std::string_view protocol, std::string_view column,
                                         Size size);

}  // namespace mbench::selftest
