#include "core/region.hpp"

#include "tests/support/catch.hpp"

using namespace mbench;

namespace {

Trimap four_levels() { return Trimap{{5, 1}, std::vector<std::uint8_t>{0, 128, 128, 255, 127}}; }

}  // namespace

TEST_CASE("a region holds the pixels of one trimap level, or all the others", "[core][region]") {
  const Trimap trimap = four_levels();
  CHECK(Region::unknown(trimap).count() == 2);
  CHECK(Region::foreground(trimap).count() == 1);
  CHECK(Region::background(trimap).count() == 1);
  CHECK(Region::not_equal(trimap, kBackground).count() == 4);
  CHECK(Region::whole(trimap.size()).count() == 5);
}

TEST_CASE("for_each visits what contains() admits, as often as count() says", "[core][region]") {
  const Trimap trimap = four_levels();
  for (const Region& region : {Region::unknown(trimap), Region::not_equal(trimap, kUnknown),
                               Region::whole(trimap.size())}) {
    std::int64_t visited = 0;
    region.for_each([&](int y, int x) {
      CHECK(region.contains(y, x));
      ++visited;
    });
    CHECK(visited == region.count());
  }
}

TEST_CASE("a trimap's levels are counted, strange ones apart", "[core][trimap]") {
  const TrimapCounts counts = count_levels(four_levels());
  CHECK(counts.background == 1);
  CHECK(counts.unknown == 2);
  CHECK(counts.foreground == 1);
  CHECK(counts.other == 1);
}

TEST_CASE("a row of a region as a mask says what contains() says", "[core][region]") {
  const Trimap trimap{{5, 2}, std::vector<std::uint8_t>{0, 128, 255, 127, 128, 255, 0, 0, 128, 1}};
  const std::array regions{Region::whole({5, 2}), Region::unknown(trimap.view()),
                           Region::foreground(trimap.view()), Region::background(trimap.view()),
                           Region::not_equal(trimap.view(), kBackground)};
  for (const Region& region : regions) {
    std::int64_t count = 0;
    for (int y = 0; y < 2; ++y) {
      std::vector<std::uint8_t> inside(5, 77);
      region.mask_row(y, inside);
      for (int x = 0; x < 5; ++x) {
        const bool contained = region.contains(y, x);
        CHECK(inside[static_cast<std::size_t>(x)] == (contained ? 1 : 0));
        count += contained ? 1 : 0;
      }
    }
    CHECK(count == region.count());
  }
}
