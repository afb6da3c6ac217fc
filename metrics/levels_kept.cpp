#include "metrics/levels_kept.hpp"

namespace mbench::metrics {
namespace {

using Node = ComponentTree::Node;

/// What Omega_j is.
struct Source {
  enum class Kind : std::uint8_t {
    component,
    background,  ///< the complement of I_j
    none,        ///< everything is lost here
    everything,  ///< nothing is: the threshold is left out
  };
  Kind kind{Kind::none};
  Node node{};
};

using Sources = std::array<Source, kTopLevel + 1>;  // [0] is not used

Sources find_sources(const ComponentTree& tree, const ThresholdLevels& thresholds,
                     const ConnectionRules& rules) {
  const std::vector<ComponentTree::Largest> largest = tree.largest(rules.tie_order);
  Sources sources{};
  for (std::size_t j = 1; j <= kTopLevel; ++j) {
    const ComponentTree::Largest& best = largest[thresholds[j]];
    const std::int64_t below = tree.size().pixels() - tree.pixels_from(thresholds[j]);
    Source& source = sources[j];
    if (rules.components == Components::with_background && below >= best.pixels) {
      source.kind = Source::Kind::background;
    } else if (best.pixels > 0) {
      source = {.kind = Source::Kind::component, .node = best.node};
    } else if (rules.empty_level == EmptyLevel::skip) {
      source.kind = Source::Kind::everything;
    }
  }
  return sources;
}

constexpr std::uint8_t kNeverLost = kTopLevel + 1;

/// The first threshold from `j` on, all out of reach of a pixel, at which it is lost.
std::uint8_t first_loss_beyond(const Sources& sources, std::uint8_t j) {
  for (; j <= kTopLevel; ++j) {
    const Source::Kind kind = sources[j].kind;
    if (kind == Source::Kind::component || kind == Source::Kind::none) return j;
  }
  return kNeverLost;
}

}  // namespace

std::vector<std::uint8_t> levels_kept(const ComponentTree& tree, const ThresholdLevels& thresholds,
                                      const ConnectionRules& rules) {
  const Sources sources = find_sources(tree, thresholds, rules);
  // From the ground up, so that parents come before children. At first a node that is lost at a
  // threshold j that it reaches has kLost + j, the others the first threshold beyond their reach.
  constexpr std::uint8_t kLost = 128;
  std::vector<std::uint8_t> kept(tree.node_count());
  std::uint8_t beyond = 1;
  for (int level = 0; level <= tree.top_level(); ++level) {
    while (beyond <= kTopLevel && thresholds[beyond] <= level) ++beyond;
    for (Node node = tree.end_node(level); node-- > tree.first_node(level);) {
      // The ground is its own parent: at thresholds beyond its reach there is no loss yet.
      std::uint8_t state = node == tree.ground() ? beyond : kept[tree.parent(node)];
      while (state < beyond) {
        const Source& source = sources[state];
        const bool inside = source.kind == Source::Kind::component && source.node == node;
        state = static_cast<std::uint8_t>(inside ? state + 1 : kLost + state);
      }
      kept[node] = state;
    }
  }
  std::array<std::uint8_t, kNeverLost + 1> loss_beyond{};
  for (std::uint8_t j = 1; j <= kNeverLost; ++j) loss_beyond[j] = first_loss_beyond(sources, j);
  for (std::uint8_t& state : kept) {
    const int loss = state >= kLost ? state - kLost : loss_beyond[state];
    state = static_cast<std::uint8_t>(loss - 1);
  }
  return kept;
}

}  // namespace mbench::metrics
