#pragma once
#include <cstdint>

#include "datasets/demo/vec.hpp"

namespace mbench::datasets::demo {

/// Smooth noise: random values at the integer points, interpolated by quintics. In [-1, 1], one
/// bump per unit length.
[[nodiscard]] double value_noise(Vec2 at, std::uint32_t seed);

/// Sum of `octaves` noises of doubled frequency and amplitude times `gain`, divided by the sum of
/// the amplitudes: in [-1, 1].
[[nodiscard]] double fractal_noise(Vec2 at, int octaves, double gain, std::uint32_t seed);

}  // namespace mbench::datasets::demo
