#pragma once
#include <array>
#include <cstdint>
#include <vector>

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

/// [j]: the lowest level of a tree that reaches threshold t_j; at least 1 for j >= 1, and does not
/// fall with j.
using ThresholdLevels = std::array<std::uint8_t, kTopLevel + 1>;

/// For each node of a tree the level up to which the pixels whose smallest component it is stay
/// connected to the source region, as connected_levels_plain() defines it. The tree may have more
/// levels than there are thresholds: I_j = {level >= thresholds[j]}.
[[nodiscard]] std::vector<std::uint8_t> levels_kept(const ComponentTree& tree,
                                                    const ThresholdLevels& thresholds,
                                                    const ConnectionRules& rules);

}  // namespace mbench::metrics
