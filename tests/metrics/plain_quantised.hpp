#pragma once
#include <cstdint>

#include "core/matte.hpp"
#include "core/plane.hpp"

namespace mbench::testing {

// A prediction brought to 8 bits, once more from the definition: of 255 times alpha, exact for
// integers and rounded to single precision for floats, the largest integer that does not exceed it,
// or the nearest one. Both throw std::domain_error for floats outside [0, 1].

[[nodiscard]] Plane<std::uint8_t> plain_truncated(AlphaView matte);
/// Halves go to the even neighbour.
[[nodiscard]] Plane<std::uint8_t> plain_rounded(AlphaView matte);

}  // namespace mbench::testing
