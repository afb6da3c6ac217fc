#include "imaging/resample_area.hpp"

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;

TEST_CASE("area is the mean of the pixels that an output overlaps", "[imaging][resample]") {
  const Plane<float> row{Size{5, 1}, {1, 2, 4, 8, 16}};
  // Halves of 2.5 pixels: pixels 0 to 2, and 2 to 4.
  CHECK(resize_area(row, {2, 1}) == Plane<float>{Size{2, 1}, {7.0F / 3.0F, 28.0F / 3.0F}});
  CHECK(resize_area(row, {5, 1}) == row);
  CHECK(resize_area(row, {1, 2}) == Plane<float>{Size{1, 2}, {31.0F / 5.0F, 31.0F / 5.0F}});
  const Plane<float> block{Size{2, 2}, {1, 2, 3, 4}};
  CHECK(resize_area(block, {1, 1}) == Plane<float>{Size{1, 1}, {2.5F}});
}

TEST_CASE("area enlarges by means, too", "[imaging][resample]") {
  const Plane<float> row{Size{2, 1}, {1, 3}};
  CHECK(resize_area(row, {3, 1}) == Plane<float>{Size{3, 1}, {1, 2, 3}});
  CHECK(resize_area(row, {4, 1}) == Plane<float>{Size{4, 1}, {1, 1, 3, 3}});
}

TEST_CASE("area refuses images without pixels", "[imaging][resample]") {
  CHECK_THROWS_AS(resize_area(Plane<float>{}, {1, 1}), Error);
  CHECK_THROWS_AS(resize_area(Plane<float>{Size{1, 1}}, {0, 1}), Error);
}
