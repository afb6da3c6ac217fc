#include "metrics/component_tree.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "core/simd_clones.hpp"

// Max-tree by joining (Wilkinson and others: trees of parts of the image are merged along their
// ancestors, [wilkinson2008]). Each row first becomes a tree by itself, which a stack does; then it
// is joined to the row above wherever two runs touch. A run points to another of its level, with a
// lower number, in the same node, or, if it is the root of its level, to one in the parent node.

namespace mbench::metrics {
namespace {

/// 64 bytes of value 0 or 1 as the bits of a word, the first one lowest.
std::uint64_t pack(const std::uint8_t* flags) {
  std::uint64_t bits = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (int eighth = 0; eighth < 8; ++eighth) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, flags + 8 * eighth, 8);
      // The product moves bit 0 of byte k to bit 56 + k.
      bits |= (bytes * 0x0102040810204080ULL >> 56) << (8 * eighth);
    }
  } else {
    for (int i = 0; i < 64; ++i) bits |= std::uint64_t{flags[i]} << i;
  }
  return bits;
}

/// What the pixels of one row say, each 0 or 1; as long as whole words of 64 pixels.
struct RowFlags {
  explicit RowFlags(std::size_t words) : starts(64 * words), solid(64 * words), joins(64 * words) {}
  std::vector<std::uint8_t> starts;
  std::vector<std::uint8_t> solid;
  std::vector<std::uint8_t> joins;
};

MBENCH_SIMD_CLONES void mark_starts(const std::uint8_t* here, int width,
                                    std::uint8_t* __restrict starts,
                                    std::uint8_t* __restrict solid) {
  starts[0] = 1;
  solid[0] = static_cast<std::uint8_t>(here[0] != 0);
  for (int x = 1; x < width; ++x) {
    const bool start = here[x] != here[x - 1];
    starts[x] = static_cast<std::uint8_t>(start);
    solid[x] = static_cast<std::uint8_t>(start & (here[x] != 0));
  }
}

/// Where two rows must be joined. With w(x) = min(above, here) the runs that touch at x are joined
/// already at all thresholds up to w(x) if w(x - 1) >= w(x): by the edge at x - 1 and along the
/// rows. So only where w rises is there anything to do.
MBENCH_SIMD_CLONES void mark_joins(const std::uint8_t* above, const std::uint8_t* here, int width,
                                   std::uint8_t* __restrict joins) {
  // Not std::min(): its references keep g++ from vectorising.
  const auto lower = [](std::uint8_t a, std::uint8_t b) { return a < b ? a : b; };
  joins[0] = static_cast<std::uint8_t>(lower(above[0], here[0]) > 0);
  for (int x = 1; x < width; ++x) {
    const std::uint8_t before = lower(above[x - 1], here[x - 1]);
    const std::uint8_t now = lower(above[x], here[x]);
    joins[x] = static_cast<std::uint8_t>(now > before);
  }
}

/// The runs while they are joined. Run 0 is the ground, of level 0.
struct RunTree {
  std::uint32_t* parent{};
  std::uint8_t* level{};
  std::uint32_t* roots_at{};  ///< by level: how many runs are roots
};

/// The root of the level of a run other than the ground. Paths are halved on the way.
MBENCH_SIMD_BODY std::uint32_t level_root(const RunTree& tree, std::uint32_t run) {
  const std::uint8_t level = tree.level[run];
  std::uint32_t up = tree.parent[run];
  while (tree.level[up] == level) {
    const std::uint32_t next = tree.parent[up];
    if (tree.level[next] != level) return up;
    tree.parent[run] = next;
    run = next;
    up = tree.parent[run];
  }
  return run;
}

/// Makes the components of two touching runs one, at every threshold up to the lower level.
MBENCH_SIMD_BODY void join(const RunTree& tree, std::uint32_t first, std::uint32_t second) {
  std::uint32_t high = level_root(tree, first);
  std::uint32_t low = level_root(tree, second);
  if (tree.level[high] < tree.level[low]) std::swap(high, low);
  while (high != low) {
    std::uint32_t up = tree.parent[high];
    if (tree.level[up] >= tree.level[low]) {
      high = level_root(tree, up);
      continue;
    }
    if (tree.level[high] == tree.level[low]) {
      if (high < low) {
        std::swap(high, low);
        up = tree.parent[high];
      }
      --tree.roots_at[tree.level[high]];
    }
    tree.parent[high] = low;
    if (up == 0) return;
    // What `high` was a part of has to be joined with what `low` is a part of.
    high = low;
    low = level_root(tree, up);
  }
}

/// A row by itself: the runs after `run`, which is the last of the row above. Returns the last.
std::uint32_t grow_row(const RunTree& tree, const std::uint8_t* here, const std::uint64_t* solid,
                       std::size_t words, std::uint32_t run) {
  std::uint32_t top = 0;  // root of the level of the run before
  for (std::size_t word = 0; word < words; ++word) {
    for (std::uint64_t open = solid[word]; open != 0; open &= open - 1) {
      const std::size_t x = 64 * word + static_cast<std::size_t>(std::countr_zero(open));
      const std::uint8_t level = here[x];
      if (x == 0 || here[x - 1] == 0) top = 0;
      ++run;
      tree.level[run] = level;
      if (level > tree.level[top]) {
        tree.parent[run] = top;
      } else {
        while (tree.level[tree.parent[top]] > level) top = tree.parent[top];
        const std::uint32_t up = tree.parent[top];
        tree.parent[run] = up;
        if (tree.level[up] == level) {
          top = up;
          continue;
        }
        tree.parent[top] = run;
      }
      top = run;
      ++tree.roots_at[level];
    }
  }
  return run;
}

/// Joins two rows at the pixels of `joins`. `above` and `here`: the last runs before each row.
MBENCH_SIMD_CLONES void join_rows(const RunTree& tree, const std::uint8_t* joins,
                                  const std::uint64_t* solid_above, const std::uint64_t* solid_here,
                                  std::size_t words, std::uint32_t above, std::uint32_t here) {
  for (std::size_t word = 0; word < words; ++word) {
    for (std::uint64_t open = pack(joins + 64 * word); open != 0; open &= open - 1) {
      const std::uint64_t up_to_pixel = open ^ (open - 1);
      join(tree, above + static_cast<std::uint32_t>(std::popcount(solid_above[word] & up_to_pixel)),
           here + static_cast<std::uint32_t>(std::popcount(solid_here[word] & up_to_pixel)));
    }
    above += static_cast<std::uint32_t>(std::popcount(solid_above[word]));
    here += static_cast<std::uint32_t>(std::popcount(solid_here[word]));
  }
}

}  // namespace

/// node_of_run_ holds the parent runs.
struct ComponentTree::Forest {
  std::vector<std::uint8_t> level;      ///< by run
  std::vector<std::uint32_t> roots_at;  ///< by level
};

ComponentTree::ComponentTree(PixelView<std::uint8_t> levels, int top_level)
    : size_{levels.size()},
      words_per_row_{(static_cast<std::size_t>(size_.width) + 63) / 64},
      starts_(words_per_row_ * static_cast<std::size_t>(size_.height)),
      solid_(starts_.size()) {
  number_nodes(join_runs(levels, top_level));
  count_pixels();
}

ComponentTree::Forest ComponentTree::join_runs(PixelView<std::uint8_t> levels, int top_level) {
  RowFlags flags{words_per_row_};
  std::uint32_t runs = 0;
  runs_before_row_.reserve(static_cast<std::size_t>(size_.height));
  for (int y = 0; y < size_.height; ++y) {
    runs_before_row_.push_back(runs);
    mark_starts(levels.row_data(y), size_.width, flags.starts.data(), flags.solid.data());
    const std::size_t row = static_cast<std::size_t>(y) * words_per_row_;
    for (std::size_t word = 0; word < words_per_row_; ++word) {
      starts_[row + word] = pack(flags.starts.data() + 64 * word);
      solid_[row + word] = pack(flags.solid.data() + 64 * word);
      runs += static_cast<std::uint32_t>(std::popcount(solid_[row + word]));
    }
  }
  Forest forest{.level = std::vector<std::uint8_t>(std::size_t{runs} + 1),
                .roots_at = std::vector<std::uint32_t>(static_cast<std::size_t>(top_level) + 1)};
  node_of_run_.resize(std::size_t{runs} + 1);
  const RunTree tree{node_of_run_.data(), forest.level.data(), forest.roots_at.data()};
  forest.roots_at[0] = 1;  // the ground
  for (int y = 0; y < size_.height; ++y) {
    const std::uint8_t* const here = levels.row_data(y);
    const std::uint64_t* const solid = solid_.data() + static_cast<std::size_t>(y) * words_per_row_;
    const std::uint32_t before = runs_before_row_[static_cast<std::size_t>(y)];
    grow_row(tree, here, solid, words_per_row_, before);
    if (y == 0) continue;
    mark_joins(levels.row_data(y - 1), here, size_.width, flags.joins.data());
    join_rows(tree, flags.joins.data(), solid - words_per_row_, solid, words_per_row_,
              runs_before_row_[static_cast<std::size_t>(y) - 1], before);
  }
  return forest;
}

void ComponentTree::number_nodes(const Forest& forest) {
  // The end of a level is the beginning of the level below. One place more above the top level.
  const std::size_t levels = forest.roots_at.size();
  end_node_.assign(levels + 1, 0);
  for (std::size_t level = levels; level-- > 0;) {
    end_node_[level] = end_node_[level + 1] + forest.roots_at[level];
  }
  std::vector<Node> next(end_node_.begin() + 1, end_node_.end());
  parent_.resize(node_count());
  for (std::size_t run = 0; run < node_of_run_.size(); ++run) {
    const std::uint32_t up = node_of_run_[run];
    const std::uint8_t level = forest.level[run];
    if (run != 0 && forest.level[up] == level) {
      node_of_run_[run] = node_of_run_[up];  // numbered already: `up` comes before `run`
    } else {
      const Node node = next[level]++;
      parent_[node] = up;  // a run as yet
      node_of_run_[run] = node;
    }
  }
  for (Node& parent : parent_) parent = node_of_run_[parent];
}

void ComponentTree::count_pixels() {
  pixels_.resize(node_count());
  for (int y = 0; y < size_.height; ++y) {
    for_each_run(y, [&](std::uint32_t begin, std::uint32_t end, Node node) {
      pixels_[node] += end - begin;
    });
  }
  pixels_from_.assign(end_node_.size(), 0);
  for (int level = top_level(); level >= 0; --level) {
    std::uint32_t& count = pixels_from_[static_cast<std::size_t>(level)];
    count = pixels_from_[static_cast<std::size_t>(level) + 1];
    for (Node node = first_node(level); node < end_node(level); ++node) count += pixels_[node];
  }
  for (Node node = 0; node < ground(); ++node) pixels_[parent_[node]] += pixels_[node];
}

std::vector<ComponentTree::Largest> ComponentTree::largest(TieOrder order) const {
  std::vector<Largest> result(static_cast<std::size_t>(top_level()) + 1);
  struct Tie {
    int level{};
    std::uint32_t pixels{};
    std::uint32_t first_pixel{std::numeric_limits<std::uint32_t>::max()};
    Node node{};
  };
  std::vector<Tie> ties;
  Largest best{};
  bool tied = false;
  for (int level = top_level(); level >= 1; --level) {
    // Only new components can beat the best of the level above. If that one has become a part of a
    // new one, it is beaten; so all nodes with the largest number of pixels are components here.
    for (Node node = first_node(level); node < end_node(level); ++node) {
      if (pixels_[node] == best.pixels) tied = true;
      if (pixels_[node] > best.pixels) {
        best = {.node = node, .pixels = pixels_[node]};
        tied = false;
      }
    }
    result[static_cast<std::size_t>(level)] = best;
    if (tied) ties.push_back({.level = level, .pixels = best.pixels});
  }
  if (ties.empty()) return result;

  const Node end = end_node(ties.back().level);
  const auto height = static_cast<std::uint32_t>(size_.height);
  const auto width = static_cast<std::uint32_t>(size_.width);
  const auto settled = [](const Tie& tie) {
    return tie.first_pixel != std::numeric_limits<std::uint32_t>::max();
  };
  for (std::uint32_t y = 0; y < height; ++y) {
    // Along rows what comes later in the image comes later in the scan.
    if (order == TieOrder::row_major && std::ranges::all_of(ties, settled)) break;
    for_each_run(static_cast<int>(y), [&](std::uint32_t begin, std::uint32_t /*end*/, Node node) {
      const std::uint32_t first_pixel =
          order == TieOrder::row_major ? y * width + begin : begin * height + y;
      for (; node < end; node = parent_[node]) {
        for (Tie& tie : ties) {
          if (node < end_node(tie.level) && pixels_[node] == tie.pixels &&
              first_pixel < tie.first_pixel) {
            tie.first_pixel = first_pixel;
            tie.node = node;
          }
        }
      }
    });
  }
  for (const Tie& tie : ties) result[static_cast<std::size_t>(tie.level)].node = tie.node;
  return result;
}

}  // namespace mbench::metrics
