#include "imaging/morphology.hpp"

#include "core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

/// A mask in which about one pixel in `one_in` is set.
Plane<std::uint8_t> sparse_mask(Size size, int one_in, std::uint64_t seed) {
  Plane<std::uint8_t> mask = noise_plane(size, seed);
  for (std::uint8_t& value : mask.values()) value = value % one_in == 0 ? 7 : 0;
  return mask;
}

/// Dilation and erosion as their definitions read.
Plane<std::uint8_t> plain(const Plane<std::uint8_t>& mask, int k, bool dilates) {
  const auto element = ellipse_rows(k);
  const Size size = mask.size();
  Plane<std::uint8_t> result{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      bool any = false;
      bool all = true;
      for (int i = 0; i < k; ++i) {
        for (int j = element[i].first; j < element[i].last; ++j) {
          const int sy = y + i - k / 2;
          const int sx = x + j - k / 2;
          if (sy < 0 || sy >= size.height || sx < 0 || sx >= size.width) continue;
          any = any || mask(sy, sx) != 0;
          all = all && mask(sy, sx) != 0;
        }
      }
      result(y, x) = (dilates ? any : all) ? 255 : 0;
    }
  }
  return result;
}

}  // namespace

TEST_CASE("the ellipse of size 5 is a disc, of size 4 lopsided, of size 1 a pixel",
          "[imaging][morphology]") {
  CHECK(ellipse_rows(1) == std::vector<ElementRow>{{0, 1}});
  CHECK(ellipse_rows(3) == std::vector<ElementRow>{{1, 2}, {0, 3}, {1, 2}});
  CHECK(ellipse_rows(4) == std::vector<ElementRow>{{2, 3}, {0, 4}, {0, 4}, {0, 4}});
  CHECK(ellipse_rows(5) == std::vector<ElementRow>{{2, 3}, {0, 5}, {0, 5}, {0, 5}, {2, 3}});
}

TEST_CASE("elements of impossible size are refused", "[imaging][morphology]") {
  CHECK_THROWS_WITH(ellipse_rows(0), Catch::Contains("1 to 65535"));
  CHECK_THROWS_AS(dilate_by_ellipse(Plane<std::uint8_t>{{2, 2}}, -1), Error);
  CHECK_THROWS_AS(erode_by_ellipse(Plane<std::uint8_t>{{2, 2}}, 65536), Error);
}

TEST_CASE("dilation and erosion equal their definitions", "[imaging][morphology]") {
  const int k = GENERATE(1, 2, 3, 4, 5, 8, 11, 16);
  const Size size = GENERATE(Size{23, 17}, Size{1, 20}, Size{20, 1}, Size{1, 1});
  CAPTURE(k, size.width, size.height);
  const Plane<std::uint8_t> few = sparse_mask(size, 60, 1);
  CHECK(dilate_by_ellipse(few, k) == plain(few, k, true));
  Plane<std::uint8_t> many = sparse_mask(size, 60, 2);
  for (std::uint8_t& value : many.values()) value = value == 0 ? 1 : 0;
  CHECK(erode_by_ellipse(many, k) == plain(many, k, false));
}

TEST_CASE("the outside of the image neither dilates nor erodes", "[imaging][morphology]") {
  const Plane<std::uint8_t> full{{30, 20}, 255};
  const Plane<std::uint8_t> empty{{30, 20}, 0};
  for (const int k : {1, 10, 25, 200}) {
    CHECK(erode_by_ellipse(full, k) == full);
    CHECK(dilate_by_ellipse(empty, k) == empty);
  }
}

TEST_CASE("an element larger than the image reaches all of it", "[imaging][morphology]") {
  Plane<std::uint8_t> one{{40, 30}};
  one(3, 5) = 1;
  CHECK(dilate_by_ellipse(one, 301) == Plane<std::uint8_t>{{40, 30}, 255});
  Plane<std::uint8_t> wide{{70'000, 1}};  // distances beyond 16 bits stay far
  wide(0, 0) = 1;
  const Plane<std::uint8_t> reached = dilate_by_ellipse(wide, 65535);
  CHECK(reached(0, 32767) == 255);
  CHECK(reached(0, 32768) == 0);
  CHECK(reached(0, 69'999) == 0);
}

TEST_CASE("dilation and erosion are dual", "[imaging][morphology]") {
  const Plane<std::uint8_t> mask = sparse_mask({50, 40}, 9, 3);
  Plane<std::uint8_t> complement = mask;
  for (std::uint8_t& value : complement.values()) value = value == 0 ? 255 : 0;
  for (const int k : {2, 3, 7, 10}) {
    Plane<std::uint8_t> eroded = erode_by_ellipse(complement, k);
    for (std::uint8_t& value : eroded.values()) value = value == 0 ? 255 : 0;
    CHECK(dilate_by_ellipse(mask, k) == eroded);
  }
}
