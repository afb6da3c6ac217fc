#include "metrics/connected_levels_plain.hpp"

#include <utility>
#include <vector>

namespace mbench::metrics {
namespace {

/// Labels of the 4-connected components of {common >= level}, counted from 1 in the order in which
/// a scan of the image meets them; 0 elsewhere.
struct Labels {
  Plane<std::uint32_t> label;
  std::vector<std::int64_t> pixels;  ///< by label; [0] counts the pixels outside every component
};

void flood(PixelView<std::uint8_t> common, int level, int y, int x, Labels& labels) {
  const Size size = common.size();
  const auto label = static_cast<std::uint32_t>(labels.pixels.size());
  labels.pixels.push_back(0);
  std::vector<std::pair<int, int>> open{{y, x}};
  labels.label(y, x) = label;
  while (!open.empty()) {
    const auto [row, column] = open.back();
    open.pop_back();
    ++labels.pixels.back();
    const auto reach = [&](int to_row, int to_column) {
      if (to_row < 0 || to_row >= size.height || to_column < 0 || to_column >= size.width) return;
      if (common(to_row, to_column) < level || labels.label(to_row, to_column) != 0) return;
      labels.label(to_row, to_column) = label;
      open.emplace_back(to_row, to_column);
    };
    reach(row - 1, column);
    reach(row + 1, column);
    reach(row, column - 1);
    reach(row, column + 1);
  }
}

Labels label_components(PixelView<std::uint8_t> common, int level, TieOrder order) {
  const Size size = common.size();
  Labels labels{.label = Plane<std::uint32_t>{size}, .pixels = {0}};
  const auto visit = [&](int y, int x) {
    if (common(y, x) < level) {
      ++labels.pixels[0];
    } else if (labels.label(y, x) == 0) {
      flood(common, level, y, x, labels);
    }
  };
  if (order == TieOrder::row_major) {
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) visit(y, x);
    }
  } else {
    for (int x = 0; x < size.width; ++x) {
      for (int y = 0; y < size.height; ++y) visit(y, x);
    }
  }
  return labels;
}

}  // namespace

Plane<std::uint8_t> connected_levels_plain(PixelView<std::uint8_t> common,
                                           const ConnectionRules& rules) {
  const Size size = common.size();
  constexpr std::uint8_t kNotLost = kTopLevel;
  Plane<std::uint8_t> level_kept{size, kNotLost};
  Plane<std::uint8_t> lost{size};
  for (int level = 1; level <= kTopLevel; ++level) {
    const Labels labels = label_components(common, level, rules.tie_order);
    const bool empty = labels.pixels.size() == 1;
    const bool with_background = rules.components == Components::with_background;
    if (empty && !with_background && rules.empty_level == EmptyLevel::skip) continue;
    // The first of the largest wins: label 0, if it competes at all, comes before all others.
    std::size_t source = with_background ? 0 : 1;
    for (std::size_t label = source; label < labels.pixels.size(); ++label) {
      if (labels.pixels[label] > labels.pixels[source]) source = label;
    }
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        if (lost(y, x) != 0 || labels.label(y, x) == source) continue;
        lost(y, x) = 1;
        level_kept(y, x) = static_cast<std::uint8_t>(level - 1);
      }
    }
  }
  return level_kept;
}

}  // namespace mbench::metrics
