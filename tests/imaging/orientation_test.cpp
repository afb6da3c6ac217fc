#include "imaging/orientation.hpp"

#include <cstdint>
#include <limits>
#include <set>
#include <vector>

#include "core/image.hpp"
#include "imaging/eight_bit.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;

namespace {

/// 0 1 2 / 3 4 5
Plane<int> numbered() { return {Size{3, 2}, {0, 1, 2, 3, 4, 5}}; }

}  // namespace

TEST_CASE("an orientation exchanges rows and columns, then left and right, then top and bottom",
          "[imaging][orientation]") {
  CHECK(oriented(numbered(), {}) == numbered());
  CHECK(oriented(numbered(), {.left_right = true}) == Plane<int>{Size{3, 2}, {2, 1, 0, 5, 4, 3}});
  CHECK(oriented(numbered(), {.top_bottom = true}) == Plane<int>{Size{3, 2}, {3, 4, 5, 0, 1, 2}});
  CHECK(oriented(numbered(), {.transposed = true}) == Plane<int>{Size{2, 3}, {0, 3, 1, 4, 2, 5}});
  CHECK(oriented(numbered(), {.transposed = true, .left_right = true}) ==
        Plane<int>{Size{2, 3}, {3, 0, 4, 1, 5, 2}});
}

TEST_CASE("the eight orientations give eight images, each undone exactly",
          "[imaging][orientation]") {
  std::set<std::vector<int>> seen;
  for (const Orientation& orientation : kOrientations) {
    const Plane<int> turned = oriented(numbered(), orientation);
    std::vector<int> all{turned.size().width};
    all.insert(all.end(), turned.values().begin(), turned.values().end());
    CHECK(seen.insert(all).second);
    CHECK(upright(turned, orientation) == numbered());
  }
  CHECK(kOrientations.front() == Orientation{});
}

TEST_CASE("images of other depths become 8 bits by rounding", "[imaging][eight_bit]") {
  const auto first = [](const Image& image) { return eight_bit(image)(0, 0); };
  const Plane<Rgb<std::uint8_t>> bytes{Size{1, 1}, {7, 8, 9}};
  CHECK(eight_bit(Image{bytes}) == bytes);
  CHECK(first(Plane<Rgb<std::uint16_t>>{Size{1, 1}, Rgb<std::uint16_t>{128, 129, 65535}}) ==
        Rgb<std::uint8_t>{0, 1, 255});
  CHECK(first(Plane<Rgb<float>>{Size{1, 1}, Rgb<float>{-1.0F, 0.5F, 2.0F}}) ==
        Rgb<std::uint8_t>{0, 128, 255});
  const float nan = std::numeric_limits<float>::quiet_NaN();
  CHECK(first(Plane<Rgb<float>>{Size{1, 1}, Rgb<float>{nan, 0.0F, 1.0F}}) ==
        Rgb<std::uint8_t>{0, 0, 255});
}
