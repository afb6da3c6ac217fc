#include "metrics/connected_levels_plain.hpp"

#include <cstdint>
#include <random>
#include <vector>

#include "tests/metrics/level_planes.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::metrics;
using testing::connected_levels_fast;
using testing::rows_u8;

namespace {

std::vector<ConnectionRules> all_rules() {
  std::vector<ConnectionRules> all;
  for (const EmptyLevel empty : {EmptyLevel::drop, EmptyLevel::skip, EmptyLevel::error}) {
    for (const TieOrder order : {TieOrder::row_major, TieOrder::column_major}) {
      for (const Components which : {Components::foreground_only, Components::with_background}) {
        all.push_back({.empty_level = empty, .tie_order = order, .components = which});
      }
    }
  }
  return all;
}

/// Both functions, which must agree.
Plane<std::uint8_t> levels(const Plane<std::uint8_t>& common, const ConnectionRules& rules = {}) {
  const Plane<std::uint8_t> plain = connected_levels_plain(common.view(), rules);
  CHECK(connected_levels_fast(common.view(), rules) == plain);
  return plain;
}

/// Levels drawn from a few values, so that ties, gaps and empty levels are frequent.
Plane<std::uint8_t> random_levels(Size size, std::mt19937& random) {
  std::vector<std::uint8_t> palette(1 + random() % 4);
  for (std::uint8_t& level : palette) level = static_cast<std::uint8_t>(random() % 11);
  palette.push_back(random() % 2 == 0 ? std::uint8_t{0} : std::uint8_t{10});
  Plane<std::uint8_t> plane{size};
  std::uint8_t last = 0;
  for (std::uint8_t& level : plane.values()) {
    if (random() % 3 != 0) last = palette[random() % palette.size()];
    level = last;
  }
  return plane;
}

}  // namespace

TEST_CASE("a pixel keeps the level up to which it is joined to the largest component",
          "[metrics][conn]") {
  // All are joined up to level 2; at level 3 two pieces have one size, and the left one comes
  // first.
  CHECK(levels(rows_u8({{3, 3, 2, 10, 10}})) == rows_u8({{3, 3, 2, 2, 2}}));
  CHECK(levels(rows_u8({{3, 2, 10, 10}})) == rows_u8({{2, 2, 10, 10}}));
}

TEST_CASE("a pixel once lost stays lost although its component becomes the largest",
          "[metrics][conn]") {
  CHECK(levels(rows_u8({{3, 3, 3, 0, 10, 10}})) == rows_u8({{3, 3, 3, 0, 0, 0}}));
}

TEST_CASE("components touch along sides, not at corners", "[metrics][conn]") {
  CHECK(levels(rows_u8({{10, 10, 0}, {0, 0, 10}})) == rows_u8({{10, 10, 0}, {0, 0, 0}}));
  CHECK(levels(rows_u8({{10, 10, 0}, {0, 10, 10}})) == rows_u8({{10, 10, 0}, {0, 10, 10}}));
}

TEST_CASE("of two largest components the first in the scan order is taken", "[metrics][conn]") {
  const auto common = rows_u8({{0, 0, 10}, {10, 0, 0}});
  CHECK(levels(common, {.tie_order = TieOrder::row_major}) == rows_u8({{0, 0, 10}, {0, 0, 0}}));
  CHECK(levels(common, {.tie_order = TieOrder::column_major}) == rows_u8({{0, 0, 0}, {10, 0, 0}}));
}

TEST_CASE("at an empty level everything is lost, or the level is skipped", "[metrics][conn]") {
  const auto common = rows_u8({{5, 5, 0, 5}});
  CHECK(levels(common, {.empty_level = EmptyLevel::drop}) == rows_u8({{5, 5, 0, 0}}));
  CHECK(levels(common, {.empty_level = EmptyLevel::skip}) == rows_u8({{10, 10, 0, 0}}));
  const auto nothing = rows_u8({{0, 0}});
  CHECK(levels(nothing, {.empty_level = EmptyLevel::drop}) == rows_u8({{0, 0}}));
  CHECK(levels(nothing, {.empty_level = EmptyLevel::skip}) == rows_u8({{10, 10}}));
}

TEST_CASE("a background that competes wins when it has as many pixels", "[metrics][conn]") {
  const ConnectionRules rules{.components = Components::with_background};
  CHECK(levels(rows_u8({{10, 10, 10, 0, 0}}), rules) == rows_u8({{10, 10, 10, 0, 0}}));
  CHECK(levels(rows_u8({{10, 10, 0, 0}}), rules) == rows_u8({{0, 0, 10, 10}}));
  CHECK(levels(rows_u8({{5, 5, 0}}), rules) == rows_u8({{10, 10, 0}}));
}

TEST_CASE("the fast levels equal the plain ones for every rule on thousands of small images",
          "[metrics][conn]") {
  std::mt19937 random{20240611};
  const std::vector<ConnectionRules> rules = all_rules();
  int different = 0;
  for (int round = 0; round < 4000; ++round) {
    const Size size{1 + static_cast<int>(random() % 9), 1 + static_cast<int>(random() % 9)};
    const Plane<std::uint8_t> common = random_levels(size, random);
    for (const ConnectionRules& rule : rules) {
      if (connected_levels_fast(common.view(), rule) != connected_levels_plain(common.view(), rule))
        ++different;
    }
  }
  CHECK(different == 0);
}

TEST_CASE("the fast levels equal the plain ones on larger images and long runs",
          "[metrics][conn]") {
  std::mt19937 random{7};
  for (const Size size : {Size{131, 67}, Size{1, 300}, Size{300, 1}, Size{64, 64}, Size{97, 90}}) {
    for (int round = 0; round < 6; ++round) {
      const Plane<std::uint8_t> common = random_levels(size, random);
      for (const ConnectionRules& rule : all_rules()) {
        CHECK(connected_levels_fast(common.view(), rule) ==
              connected_levels_plain(common.view(), rule));
      }
    }
  }
}

TEST_CASE("transposing swaps the scan orders and nothing else", "[metrics][conn]") {
  std::mt19937 random{11};
  for (int round = 0; round < 200; ++round) {
    const Plane<std::uint8_t> common = random_levels({7, 5}, random);
    const Plane<std::uint8_t> turned = testing::transposed(common);
    CHECK(testing::transposed(
              connected_levels_fast(common.view(), {.tie_order = TieOrder::row_major})) ==
          connected_levels_fast(turned.view(), {.tie_order = TieOrder::column_major}));
  }
}

TEST_CASE("levels are read through views with gaps between rows", "[metrics][conn]") {
  std::mt19937 random{13};
  const Plane<std::uint8_t> wide = random_levels({40, 9}, random);
  Plane<std::uint8_t> part{{21, 9}};
  for (int y = 0; y < 9; ++y) {
    for (int x = 0; x < 21; ++x) part(y, x) = wide(y, x + 5);
  }
  const PixelView<std::uint8_t> window{wide.values().data() + 5, {21, 9}, 40};
  CHECK(connected_levels_fast(window, {}) == connected_levels_plain(part.view(), {}));
}
