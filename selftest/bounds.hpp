#pragma once
#include <string_view>

#include "core/size.hpp"
#include "selftest/report.hpp"

namespace mbench::selftest {

/// How far a score may lie from its reference. From the written definition: rounding in double
/// precision. From an original program: the rounding of its own arithmetic, mostly single
/// precision.
[[nodiscard]] Bound score_bound(std::string_view protocol, std::string_view column,
                                Reference reference);

/// Why a program's value on an image of this size is not compared, or "".
[[nodiscard]] std::string_view exclusion(std::string_view protocol, Size size);

}  // namespace mbench::selftest
