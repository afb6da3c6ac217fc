#pragma once
#include <cstdint>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "datasets/demo/canvas.hpp"
#include "datasets/demo/vec.hpp"

namespace mbench::datasets::demo {

/// What the canvas shows, as the files hold it.
struct ForegroundPlanes {
  Plane<std::uint8_t> alpha;  ///< round(255 alpha)
  Plane<Rgb<std::uint8_t>> foreground;
};

/// Reads alpha and foreground off a canvas. Where alpha is 0 the foreground is extended smoothly
/// from its surroundings; elsewhere grain like a sensor's is added.
[[nodiscard]] ForegroundPlanes finish_foreground(const Canvas& canvas, std::uint64_t grain_key);

/// Colours in [0, 1] to 8 bits, with grain; values outside [0, 1] are cut off.
[[nodiscard]] Plane<Rgb<std::uint8_t>> to_u8(const Plane<Vec3>& colours, std::uint64_t grain_key);

/// round(alpha F + (1 - alpha) B) in integers, with alpha = value/255: never further than 1/2 from
/// the exact value.
[[nodiscard]] Plane<Rgb<std::uint8_t>> compose(const Plane<std::uint8_t>& alpha,
                                               const Plane<Rgb<std::uint8_t>>& foreground,
                                               const Plane<Rgb<std::uint8_t>>& background);

}  // namespace mbench::datasets::demo
