#pragma once
#include <cstdint>

#include "core/matte.hpp"
#include "core/plane.hpp"

namespace mbench::metrics {

// The two ways in which programs bring a prediction to 8 bits before they score it (Quantise). Of
// 16-bit values v they take v/257, exactly; of floats alpha the product 255 alpha, rounded to
// single precision as the programs have it. 8-bit predictions are returned unchanged. Both throw
// bad_input for a float value outside [0, 1]: the programs would wrap it around or score a level
// that no file holds.

/// The integer part.
[[nodiscard]] Plane<std::uint8_t> truncated_to_8_bits(AlphaView predicted);
/// The nearest integer, halves to the even one as NumPy rounds. (to_u8 rounds them upwards.)
[[nodiscard]] Plane<std::uint8_t> rounded_to_8_bits(AlphaView predicted);

/// Whether these two accept the prediction: no float value lies outside [0, 1].
[[nodiscard]] bool can_be_quantised(AlphaView predicted);

}  // namespace mbench::metrics
