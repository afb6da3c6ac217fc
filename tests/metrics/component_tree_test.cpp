#include "metrics/component_tree.hpp"

#include <random>
#include <vector>

#include "metrics/connected_levels_plain.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::metrics;
using testing::rows_u8;

namespace {

struct NodeFacts {
  std::uint32_t parent;
  std::uint32_t pixels;
  friend bool operator==(const NodeFacts&, const NodeFacts&) = default;
};

std::vector<NodeFacts> facts(const ComponentTree& tree) {
  std::vector<NodeFacts> all;
  for (ComponentTree::Node node = 0; node < tree.node_count(); ++node) {
    all.push_back({tree.parent(node), tree.pixels(node)});
  }
  return all;
}

/// Per pixel the node that its run is said to have.
Plane<std::uint8_t> nodes(const ComponentTree& tree) {
  Plane<std::uint8_t> result{tree.size()};
  for (int y = 0; y < tree.size().height; ++y) {
    tree.for_each_run(y, [&](std::uint32_t begin, std::uint32_t end, ComponentTree::Node node) {
      for (std::uint32_t x = begin; x < end; ++x) {
        result(y, static_cast<int>(x)) = static_cast<std::uint8_t>(node);
      }
    });
  }
  return result;
}

}  // namespace

TEST_CASE("pieces of a row become parts of the component that joins them", "[metrics][conn]") {
  const ComponentTree tree{rows_u8({{3, 3, 2, 10, 10}}), 10};
  CHECK(facts(tree) == std::vector<NodeFacts>{{2, 2}, {2, 2}, {3, 5}, {3, 5}});
  CHECK(nodes(tree) == rows_u8({{1, 1, 2, 0, 0}}));
  CHECK(tree.first_node(10) == 0);
  CHECK(tree.end_node(10) == 1);
  CHECK(tree.first_node(3) == 1);
  CHECK(tree.end_node(2) == 3);
  CHECK(tree.ground() == 3);
  CHECK(tree.pixels_from(10) == 2);
  CHECK(tree.pixels_from(3) == 4);
  CHECK(tree.pixels_from(0) == 5);
}

TEST_CASE("two arms that a later row joins are one component, with all that they belong to",
          "[metrics][conn]") {
  CHECK(facts(ComponentTree{rows_u8({{2, 0, 2}, {2, 2, 2}}), 2}) ==
        std::vector<NodeFacts>{{1, 5}, {1, 6}});
  const ComponentTree tree{rows_u8({{3, 0, 3}, {2, 0, 2}, {1, 1, 1}}), 3};
  CHECK(facts(tree) == std::vector<NodeFacts>{{2, 1}, {3, 1}, {4, 2}, {4, 2}, {5, 7}, {5, 9}});
  CHECK(nodes(tree) == rows_u8({{0, 5, 1}, {2, 5, 3}, {4, 4, 4}}));
}

TEST_CASE("a chain of components is joined with another one level by level", "[metrics][conn]") {
  // Both 3s lie in one component from level 2 down, although the left one meets level 1 first.
  const ComponentTree tree{rows_u8({{3, 1, 3}, {2, 2, 2}}), 3};
  CHECK(facts(tree) == std::vector<NodeFacts>{{2, 1}, {2, 1}, {3, 5}, {4, 6}, {4, 6}});
}

TEST_CASE("pixels of level 0 belong to the ground", "[metrics][conn]") {
  const ComponentTree tree{rows_u8({{0, 0}, {0, 0}}), 10};
  CHECK(facts(tree) == std::vector<NodeFacts>{{0, 4}});
  CHECK(nodes(tree) == rows_u8({{0, 0}, {0, 0}}));
  CHECK(tree.largest(TieOrder::row_major)[1].pixels == 0);
}

TEST_CASE("the largest component of each level is the first in the scan", "[metrics][conn]") {
  const ComponentTree row{rows_u8({{3, 3, 2, 10, 10}}), 10};
  const auto largest = row.largest(TieOrder::row_major);
  CHECK(largest[10].node == 0);
  CHECK(largest[4].node == 0);
  CHECK(largest[3].node == 1);
  CHECK(largest[3].pixels == 2);
  CHECK(largest[2].pixels == 5);
  const ComponentTree corners{rows_u8({{0, 0, 1}, {1, 0, 0}}), 1};
  CHECK(corners.largest(TieOrder::row_major)[1].node == 0);
  CHECK(corners.largest(TieOrder::column_major)[1].node == 1);
}

TEST_CASE("runs that go on over several words of flags are whole", "[metrics][conn]") {
  Plane<std::uint8_t> levels{{200, 2}, 1};
  levels(0, 0) = 0;
  levels(0, 64) = 2;
  levels(1, 199) = 0;
  const ComponentTree tree{levels, 2};
  CHECK(facts(tree) == std::vector<NodeFacts>{{1, 1}, {2, 398}, {2, 400}});
  int runs = 0;
  for (int y = 0; y < 2; ++y) tree.for_each_run(y, [&](auto...) { ++runs; });
  CHECK(runs == 6);
}

TEST_CASE("levels between the thresholds change nothing", "[metrics][conn]") {
  std::mt19937 random{5};
  for (int round = 0; round < 100; ++round) {
    // Levels 2j and 2j + 1 both reach threshold j and no higher one.
    const auto fine = testing::random_plane<std::uint8_t>({13, 11}, 21, random);
    Plane<std::uint8_t> coarse{fine.size()};
    for (std::size_t i = 0; i < fine.values().size(); ++i) {
      coarse.values()[i] = static_cast<std::uint8_t>(fine.values()[i] / 2);
    }
    ThresholdLevels thresholds{};
    for (std::size_t j = 1; j <= kTopLevel; ++j) {
      thresholds[j] = static_cast<std::uint8_t>(2 * j);
    }
    for (const TieOrder order : {TieOrder::row_major, TieOrder::column_major}) {
      const ComponentTree tree{fine, 21};
      const auto kept = levels_kept(tree, thresholds, {.tie_order = order});
      Plane<std::uint8_t> found = nodes(tree);
      for (std::uint8_t& pixel : found.values()) pixel = kept[pixel];
      CHECK(found == connected_levels_plain(coarse, {.tie_order = order}));
    }
  }
}
