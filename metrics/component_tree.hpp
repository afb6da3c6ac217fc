#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/plane.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// The 4-connected components of {level >= s} for all s = 1 ... top_level at once.
///
/// Two neighbouring thresholds often have the same component. A node is a component at all
/// thresholds at which it is the same set of pixels; its level is the highest of them, and some of
/// its pixels have just that level. Its parent is the component that it becomes a part of at the
/// threshold below. Components that grow no further hang on the ground, which stands for no
/// component: it is the node of the pixels of level 0.
///
/// Nodes are numbered from the highest level down, the ground is the last: a parent has a higher
/// number than its children. Work and memory grow with the number of runs, pixels of one row with
/// one level.
class ComponentTree {
 public:
  using Node = std::uint32_t;

  /// `levels`: 0 ... top_level, at most 2^32 - 1 pixels. The view is not needed afterwards.
  ComponentTree(PixelView<std::uint8_t> levels, int top_level);

  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] int top_level() const { return static_cast<int>(end_node_.size()) - 2; }
  [[nodiscard]] Node node_count() const { return end_node_.front(); }
  [[nodiscard]] Node ground() const { return node_count() - 1; }

  /// The nodes of one level are first_node(level) ... end_node(level) - 1; those of this level and
  /// above are 0 ... end_node(level) - 1.
  [[nodiscard]] Node first_node(int level) const { return end_node(level + 1); }
  [[nodiscard]] Node end_node(int level) const {
    return end_node_[static_cast<std::size_t>(level)];
  }

  [[nodiscard]] Node parent(Node node) const { return parent_[node]; }
  /// Number of pixels with those of all descendants; of the ground, that of the image.
  [[nodiscard]] std::uint32_t pixels(Node node) const { return pixels_[node]; }
  /// Number of pixels of this level and above.
  [[nodiscard]] std::uint32_t pixels_from(int level) const {
    return pixels_from_[static_cast<std::size_t>(level)];
  }

  struct Largest {
    Node node{};
    std::uint32_t pixels{};  ///< 0: there is no component
  };
  /// By level s the largest component of {level >= s}; of several the one whose first pixel comes
  /// first in the scan. [0] is not used.
  [[nodiscard]] std::vector<Largest> largest(TieOrder order) const;

  /// Calls visit(begin, end, node) for the runs of row y from the left, with their columns and the
  /// smallest component that holds them.
  template <typename Visit>
  void for_each_run(int y, Visit&& visit) const {
    const std::size_t row = static_cast<std::size_t>(y) * words_per_row_;
    std::uint32_t run = runs_before_row_[static_cast<std::size_t>(y)];
    std::uint32_t begin = 0;
    Node node = 0;
    for (std::size_t word = 0; word < words_per_row_; ++word) {
      const std::uint64_t solid = solid_[row + word];
      for (std::uint64_t open = starts_[row + word]; open != 0; open &= open - 1) {
        const int bit = std::countr_zero(open);
        const auto x = static_cast<std::uint32_t>(64 * word) + static_cast<std::uint32_t>(bit);
        if (x > 0) visit(begin, x, node);
        const auto is_solid = static_cast<std::uint32_t>(solid >> bit & 1);
        run += is_solid;
        node = node_of_run_[is_solid != 0 ? run : 0];
        begin = x;
      }
    }
    visit(begin, static_cast<std::uint32_t>(size_.width), node);
  }

 private:
  struct Forest;

  [[nodiscard]] Forest join_runs(PixelView<std::uint8_t> levels, int top_level);
  void number_nodes(const Forest& forest);
  void count_pixels();

  Size size_{};
  std::size_t words_per_row_{};
  std::vector<std::uint64_t> starts_;  ///< a bit for each pixel: whether a run begins there
  std::vector<std::uint64_t> solid_;   ///< and whether its level is not 0
  std::vector<std::uint32_t> runs_before_row_;  ///< runs above level 0 in all rows before
  /// Runs above level 0 are numbered from 1, row by row; 0 stands for all others.
  std::vector<Node> node_of_run_;
  std::vector<Node> end_node_;  ///< by level, past the last node; at the end 0
  std::vector<Node> parent_;
  std::vector<std::uint32_t> pixels_;
  std::vector<std::uint32_t> pixels_from_;
};

}  // namespace mbench::metrics
