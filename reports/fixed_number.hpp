#pragma once
#include <string>

namespace mbench::reports {

/// The number with that many digits after the point, correctly rounded from the exact value of the
/// double; a zero has no sign: "1.0000", "0.00" for -0.001.
[[nodiscard]] std::string fixed_number(double value, int decimals);

}  // namespace mbench::reports
