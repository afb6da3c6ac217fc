#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "metrics/connected_levels.hpp"

// Rows are cut into runs of equal level. Two touching runs are connected at every threshold up to
// the smaller of their levels; that is the weight of the edge between them. From the highest
// threshold down, all edges of that weight are joined (Kruskal's algorithm), so one forest holds
// the components of all ten thresholds: cut at level j, the tree that remains around a run is its
// component at threshold j. Work and memory grow with the number of runs, not of pixels.

namespace mbench::metrics {
namespace {

/// Pixels of one row with one level of at least 1. Runs are numbered row by row from the left.
struct Run {
  std::uint32_t begin;  ///< first column
  std::uint32_t end;    ///< past the last
  std::uint8_t level;
};

struct Edge {
  std::uint32_t first;
  std::uint32_t second;
};

/// A component at some threshold, as the rules compare it.
struct Candidate {
  std::uint32_t root{};
  std::uint32_t pixels{};       ///< 0: none
  std::uint32_t first_pixel{};  ///< its place in the scan order

  [[nodiscard]] bool beats(const Candidate& other) const {
    return pixels != other.pixels ? pixels > other.pixels : first_pixel < other.first_pixel;
  }
};

struct Runs {
  std::vector<Run> run;
  std::vector<std::uint32_t> row_begin;  ///< number of the first run of each row, and of the end
  std::array<std::uint32_t, kTopLevel + 1> pixels_at_level{};
};

/// Where the value at `x` stops going on.
std::uint32_t run_end(const std::uint8_t* row, std::uint32_t x, std::uint32_t width) {
  const std::uint8_t level = row[x];
  ++x;
  if constexpr (std::endian::native == std::endian::little) {
    const std::uint64_t same = 0x0101010101010101ULL * level;  // eight pixels at a time
    while (x + 8 <= width) {
      std::uint64_t word = 0;
      std::memcpy(&word, row + x, 8);
      if (const std::uint64_t different = word ^ same; different != 0) {
        return x + static_cast<std::uint32_t>(std::countr_zero(different)) / 8;
      }
      x += 8;
    }
  }
  while (x < width && row[x] == level) ++x;
  return x;
}

Runs find_runs(PixelView<std::uint8_t> common) {
  const Size size = common.size();
  const auto width = static_cast<std::uint32_t>(size.width);
  Runs runs;
  runs.row_begin.reserve(static_cast<std::size_t>(size.height) + 1);
  for (int y = 0; y < size.height; ++y) {
    runs.row_begin.push_back(static_cast<std::uint32_t>(runs.run.size()));
    const std::uint8_t* const row = common.row_data(y);
    for (std::uint32_t x = 0; x < width;) {
      const std::uint32_t end = run_end(row, x, width);
      runs.pixels_at_level[row[x]] += end - x;
      if (row[x] > 0) runs.run.push_back({x, end, row[x]});
      x = end;
    }
  }
  runs.row_begin.push_back(static_cast<std::uint32_t>(runs.run.size()));
  return runs;
}

using EdgesByWeight = std::array<std::vector<Edge>, kTopLevel + 1>;

/// Every pair of runs that touch along a side, within a row and between rows.
EdgesByWeight find_edges(const Runs& runs) {
  EdgesByWeight edges;
  const std::vector<Run>& run = runs.run;
  const auto connect = [&](std::uint32_t first, std::uint32_t second) {
    edges[std::min(run[first].level, run[second].level)].push_back({first, second});
  };
  for (std::size_t y = 0; y + 1 < runs.row_begin.size(); ++y) {
    const std::uint32_t begin = runs.row_begin[y];
    const std::uint32_t end = runs.row_begin[y + 1];
    for (std::uint32_t right = begin + 1; right < end; ++right) {
      if (run[right - 1].end == run[right].begin) connect(right - 1, right);
    }
    if (y == 0) continue;
    std::uint32_t above = runs.row_begin[y - 1];
    for (std::uint32_t below = begin; above < begin && below < end;) {
      if (run[above].begin < run[below].end && run[below].begin < run[above].end) {
        connect(above, below);
      }
      // The one that ends first can touch no further run of the other row.
      if (run[above].end < run[below].end) {
        ++above;
      } else {
        ++below;
      }
    }
  }
  return edges;
}

/// The components of all thresholds. Joining is by size, so that paths are short.
class Forest {
 public:
  Forest(const Runs& runs, Size size, TieOrder order)
      : parent_(runs.run.size()),
        shortcut_(runs.run.size()),
        joined_at_(runs.run.size()),
        component_(runs.run.size()) {
    for (std::size_t y = 0; y + 1 < runs.row_begin.size(); ++y) {
      for (std::uint32_t i = runs.row_begin[y]; i < runs.row_begin[y + 1]; ++i) {
        const Run& run = runs.run[i];
        const auto row = static_cast<std::uint32_t>(y);
        parent_[i] = shortcut_[i] = i;
        component_[i] = {
            .root = i,
            .pixels = run.end - run.begin,
            .first_pixel = order == TieOrder::row_major
                               ? row * static_cast<std::uint32_t>(size.width) + run.begin
                               : run.begin * static_cast<std::uint32_t>(size.height) + row};
      }
    }
  }

  [[nodiscard]] const Candidate& component(std::uint32_t root) const { return component_[root]; }

  /// Joins the components of both runs at this level, which may not rise from call to call, and
  /// returns the root.
  std::uint32_t join(const Edge& edge, std::uint8_t level) {
    std::uint32_t large = find(edge.first);
    std::uint32_t small = find(edge.second);
    if (large == small) return large;
    if (component_[large].pixels < component_[small].pixels) std::swap(large, small);
    parent_[small] = shortcut_[small] = large;
    joined_at_[small] = level;
    component_[large].pixels += component_[small].pixels;
    component_[large].first_pixel =
        std::min(component_[large].first_pixel, component_[small].first_pixel);
    return large;
  }

  /// The root, at threshold `level`, of the tree that holds `node`.
  [[nodiscard]] std::uint32_t root_at(std::uint32_t node, int level) const {
    while (joined_at_[node] >= level) node = parent_[node];
    return node;
  }

 private:
  std::uint32_t find(std::uint32_t node) {
    while (shortcut_[node] != node) {
      shortcut_[node] = shortcut_[shortcut_[node]];
      node = shortcut_[node];
    }
    return node;
  }

  std::vector<std::uint32_t> parent_;    ///< as joined, for root_at()
  std::vector<std::uint32_t> shortcut_;  ///< the same with paths shortened, for find()
  std::vector<std::uint8_t> joined_at_;  ///< level at which the parent was got; 0: never
  std::vector<Candidate> component_;     ///< valid at roots
};

/// What Omega_j is.
struct Source {
  enum class Kind : std::uint8_t {
    component,
    background,  ///< {common < j}
    none,        ///< everything is lost here
    everything,  ///< nothing is: the level is skipped
  };
  Kind kind{Kind::none};
  std::uint32_t root{};
};

using Sources = std::array<Source, kTopLevel + 1>;  // [0] is not used

Sources find_sources(const Runs& runs, const EdgesByWeight& edges, Forest& forest, Size size,
                     const ConnectionRules& rules) {
  std::array<Candidate, kTopLevel + 1> largest_run{};
  for (std::uint32_t i = 0; i < runs.run.size(); ++i) {
    Candidate& largest = largest_run[runs.run[i].level];
    if (forest.component(i).beats(largest)) largest = forest.component(i);
  }
  Sources sources{};
  Candidate best{};
  std::int64_t above = 0;  // |I_j|
  for (std::uint8_t level = kTopLevel; level >= 1; --level) {
    above += runs.pixels_at_level[level];
    // Only components that are new or have grown can beat the best of the level above. A run or
    // component that is joined further at this level is beaten by the result, which is larger.
    if (largest_run[level].beats(best)) best = largest_run[level];
    for (const Edge& edge : edges[level]) {
      const Candidate& joined = forest.component(forest.join(edge, level));
      if (joined.beats(best)) best = joined;
    }
    Source& source = sources[level];
    if (rules.components == Components::with_background && size.pixels() - above >= best.pixels) {
      source.kind = Source::Kind::background;
    } else if (best.pixels > 0) {
      source = {.kind = Source::Kind::component, .root = best.root};
    } else if (rules.empty_level == EmptyLevel::skip) {
      source.kind = Source::Kind::everything;
    }
  }
  return sources;
}

/// For pixels of each level, the first threshold above it at which they are lost; 11 for never.
std::array<int, kTopLevel + 1> first_loss_above(const Sources& sources) {
  std::array<int, kTopLevel + 1> loss{};
  int next = kTopLevel + 1;
  for (int level = kTopLevel; level >= 0; --level) {
    loss[static_cast<std::size_t>(level)] = next;
    const Source::Kind kind = sources[static_cast<std::size_t>(level)].kind;
    if (kind == Source::Kind::component || kind == Source::Kind::none) next = level;
  }
  return loss;
}

/// The first threshold at which a run is lost, among those that it reaches; 11 for none.
int first_loss_within(const Forest& forest, const Sources& sources, std::uint32_t run, int level) {
  int loss = kTopLevel + 1;
  std::uint32_t node = run;
  for (; level >= 1; --level) {
    node = forest.root_at(node, level);
    const Source& source = sources[static_cast<std::size_t>(level)];
    if (source.kind != Source::Kind::component || source.root != node) loss = level;
  }
  return loss;
}

}  // namespace

Plane<std::uint8_t> connected_levels_fast(PixelView<std::uint8_t> common,
                                          const ConnectionRules& rules) {
  const Size size = common.size();
  const Runs runs = find_runs(common);
  Forest forest{runs, size, rules.tie_order};
  const Sources sources = find_sources(runs, find_edges(runs), forest, size, rules);
  const std::array<int, kTopLevel + 1> loss_above = first_loss_above(sources);

  Plane<std::uint8_t> level_kept{size, static_cast<std::uint8_t>(loss_above[0] - 1)};
  for (int y = 0; y < size.height; ++y) {
    const auto row = level_kept.row(y);
    const auto row_index = static_cast<std::size_t>(y);
    for (std::uint32_t i = runs.row_begin[row_index]; i < runs.row_begin[row_index + 1]; ++i) {
      const Run& run = runs.run[i];
      const int loss =
          std::min(first_loss_within(forest, sources, i, run.level), loss_above[run.level]);
      std::fill(row.begin() + run.begin, row.begin() + run.end,
                static_cast<std::uint8_t>(loss - 1));
    }
  }
  return level_kept;
}

}  // namespace mbench::metrics
