#pragma once
#include <array>

#include "core/plane.hpp"

namespace mbench::baselines {

/// FBA's view of a trimap [forte2020]: for each pixel how near the certain background is, then the
/// certain foreground: exp(-d^2 / (2 sigma^2)) for sigma = 6.4, 25.6 and 51.2 pixels, d being the
/// distance to that region in pixels. All 0 if there is no such region.
///
/// `background`, `foreground`: 1 where the trimap is, 0 elsewhere, overshoots of a resize likewise.
/// A pixel counts as certain where (1 - value) 255, brought to 8 bits as C does it (truncated,
/// modulo 256), is 0: also where an overshoot wraps around, as in FBA's program.
[[nodiscard]] std::array<Plane<float>, 6> nearness_maps(const Plane<double>& background,
                                                        const Plane<double>& foreground);

}  // namespace mbench::baselines
