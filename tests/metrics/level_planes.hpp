#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/plane.hpp"
#include "metrics/component_tree.hpp"
#include "metrics/level_scale.hpp"
#include "metrics/levels_kept.hpp"
#include "metrics/matte_pair.hpp"

namespace mbench::testing {

/// Per pixel the largest j such that prediction and truth both reach threshold j/10: what
/// connected_levels_plain() starts from.
[[nodiscard]] inline Plane<std::uint8_t> common_levels(const metrics::MattePair& pair,
                                                       metrics::ThresholdRule predicted,
                                                       metrics::ThresholdRule truth) {
  return pair.visit([&]<typename T>(const metrics::TypedPair<T>& mattes) {
    const auto misses = metrics::threshold_misses<T>(predicted, truth, mattes.full);
    metrics::LevelScale<T> scale;
    scale.add(misses);
    Plane<std::uint8_t> levels = scale.levels(mattes);
    // Thresholds that no value lies between share a level of the scale.
    const metrics::ThresholdLevels of_threshold = scale.levels_of(misses);
    for (std::uint8_t& level : levels.values()) {
      const auto above = std::ranges::upper_bound(of_threshold, level);
      level = static_cast<std::uint8_t>(above - of_threshold.begin() - 1);
    }
    return levels;
  });
}

/// connected_levels_plain() in the way in which scores find it: one component tree, levels_kept().
[[nodiscard]] inline Plane<std::uint8_t> connected_levels_fast(
    PixelView<std::uint8_t> common, const metrics::ConnectionRules& rules) {
  metrics::ThresholdLevels each{};
  for (std::size_t j = 1; j <= metrics::kTopLevel; ++j) each[j] = static_cast<std::uint8_t>(j);
  const metrics::ComponentTree tree{common, metrics::kTopLevel};
  const std::vector<std::uint8_t> kept = metrics::levels_kept(tree, each, rules);
  Plane<std::uint8_t> result{common.size()};
  for (int y = 0; y < common.size().height; ++y) {
    const auto row = result.row(y);
    tree.for_each_run(y,
                      [&](std::size_t begin, std::size_t end, metrics::ComponentTree::Node node) {
                        std::ranges::fill(row.subspan(begin, end - begin), kept[node]);
                      });
  }
  return result;
}

}  // namespace mbench::testing
