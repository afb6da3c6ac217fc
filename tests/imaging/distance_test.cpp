#include "imaging/distance.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

/// By trying every pixel.
std::int64_t nearest_zero(const Plane<std::uint8_t>& mask, int y, int x) {
  std::int64_t nearest = kNoDistance;
  for (int v = 0; v < mask.size().height; ++v) {
    for (int u = 0; u < mask.size().width; ++u) {
      if (mask(v, u) != 0) continue;
      nearest = std::min(nearest, std::int64_t{y - v} * (y - v) + std::int64_t{x - u} * (x - u));
    }
  }
  return nearest;
}

/// About one pixel in `every` is 0.
Plane<std::uint8_t> sparse_mask(Size size, int every, std::uint64_t seed) {
  Plane<std::uint8_t> mask = noise_plane(size, seed);
  for (std::uint8_t& value : mask.values()) value = value * every < 256 ? 0 : 1;
  return mask;
}

}  // namespace

TEST_CASE("squared distances to the nearest zero, on a mask worked by hand",
          "[imaging][distance]") {
  const Plane<std::uint8_t> mask{Size{4, 3},
                                 {1, 9, 9, 9,  //
                                  1, 0, 9, 9,  //
                                  1, 9, 9, 9}};
  CHECK(squared_distances(mask) == Plane<std::int64_t>{Size{4, 3},
                                                       {2, 1, 2, 5,  //
                                                        1, 0, 1, 4,  //
                                                        2, 1, 2, 5}});
}

TEST_CASE("squared distances are those found by trying every pixel", "[imaging][distance]") {
  for (const Size size : {Size{1, 1}, Size{17, 1}, Size{1, 23}, Size{31, 3}, Size{40, 29}}) {
    for (const int every : {2, 10, 60, 128}) {
      CAPTURE(to_string(size), every);
      const Plane<std::uint8_t> mask = sparse_mask(size, every, 5);
      const Plane<std::int64_t> distances = squared_distances(mask);
      bool equal = true;
      for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
          equal = equal && distances(y, x) == nearest_zero(mask, y, x);
        }
      }
      CHECK(equal);
    }
  }
}

TEST_CASE("far columns count where near ones have no zero at all", "[imaging][distance]") {
  Plane<std::uint8_t> mask{Size{500, 4}, 1};
  mask(2, 499) = 0;
  CHECK(squared_distances(mask)(0, 0) == 499 * 499 + 4);
}

TEST_CASE("a mask without a zero has no distances, and one without pixels is no error",
          "[imaging][distance]") {
  CHECK(squared_distances(Plane<std::uint8_t>{Size{3, 2}, 1}) ==
        Plane<std::int64_t>{Size{3, 2}, kNoDistance});
  CHECK(squared_distances(Plane<std::uint8_t>{}).size() == Size{});
}
