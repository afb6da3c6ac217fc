#pragma once
#include <cstdint>

#include "core/plane.hpp"
#include "metrics/levels_kept.hpp"

namespace mbench::metrics {

/// For each pixel the level j up to which it stays connected to the source region.
///
/// `common`: per pixel the largest j such that both mattes reach t_j, 0 ... 10. For j = 1 ... 10
/// let I_j = {common >= j} and Omega_j its largest 4-connected component, whichever that is at this
/// level. A pixel is lost at the first j with x not in Omega_j and keeps level j - 1; one that is
/// never lost keeps 10. `rules` say what happens if I_j is empty, which of several largest
/// components is taken, and whether the complement of I_j competes as a component.
///
/// Ten labelings of the image, straight from the definition. Scores come from levels_kept(); this
/// is the plain version that stays, for tests to hold that against and benchmarks to time.
[[nodiscard]] Plane<std::uint8_t> connected_levels_plain(PixelView<std::uint8_t> common,
                                                         const ConnectionRules& rules);

}  // namespace mbench::metrics
