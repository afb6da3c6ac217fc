#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/plane.hpp"
#include "metrics/component_tree.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// Thresholds are t_j = j/10, j = 0 ... 10.
inline constexpr int kTopLevel = 10;

/// What decides the source regions of the connectivity error.
struct ConnectionRules {
  EmptyLevel empty_level{EmptyLevel::drop};  ///< error counts as drop here
  TieOrder tie_order{TieOrder::row_major};
  Components components{Components::foreground_only};
  friend bool operator==(const ConnectionRules&, const ConnectionRules&) = default;
};

/// For each pixel the level j up to which it stays connected to the source region.
///
/// `common`: per pixel the largest j such that both mattes reach t_j, 0 ... 10. For j = 1 ... 10
/// let I_j = {common >= j} and Omega_j its largest 4-connected component, whichever that is at this
/// level. A pixel is lost at the first j with x not in Omega_j and keeps level j - 1; one that is
/// never lost keeps 10. `rules` say what happens if I_j is empty, which of several largest
/// components is taken, and whether the complement of I_j competes as a component.
///
/// Ten labelings of the image, straight from the definition: what the fast one is tested against.
[[nodiscard]] Plane<std::uint8_t> connected_levels_plain(PixelView<std::uint8_t> common,
                                                         const ConnectionRules& rules);

/// The same from one component tree.
[[nodiscard]] Plane<std::uint8_t> connected_levels_fast(PixelView<std::uint8_t> common,
                                                        const ConnectionRules& rules);

/// [j]: the lowest level of a tree that reaches threshold t_j; at least 1 for j >= 1, and does not
/// fall with j.
using ThresholdLevels = std::array<std::uint8_t, kTopLevel + 1>;

/// The same for each node of a tree: what the pixels keep whose smallest component it is. The tree
/// may have more levels than there are thresholds: I_j = {level >= thresholds[j]}.
[[nodiscard]] std::vector<std::uint8_t> levels_kept(const ComponentTree& tree,
                                                    const ThresholdLevels& thresholds,
                                                    const ConnectionRules& rules);

}  // namespace mbench::metrics
