#include "imaging/segmentation.hpp"

#include <algorithm>

#include "imaging/morphology.hpp"
#include "imaging/trimap_rules.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

/// Opaque on columns [first, last), clear elsewhere.
Plane<std::uint8_t> band(Size size, int first, int last) {
  Plane<std::uint8_t> alpha{size};
  for (int y = 0; y < size.height; ++y) {
    std::ranges::fill(alpha.row(y).subspan(first, last - first), 255);
  }
  return alpha;
}

/// First and last column whose value is at least 128.
std::pair<int, int> bright_columns(const Plane<std::uint8_t>& plane, int y) {
  const auto row = plane.row(y);
  const auto is_bright = [](std::uint8_t value) { return value >= 128; };
  const auto first = std::ranges::find_if(row, is_bright);
  const auto last = std::find_if(row.rbegin(), row.rend(), is_bright);
  return {static_cast<int>(first - row.begin()), static_cast<int>(row.rend() - last) - 1};
}

}  // namespace

TEST_CASE("a coarse segmentation is the grown truth, eroded and blurred",
          "[imaging][segmentation]") {
  // Unknown reaches 7 pixels beyond the band. An element of 20 takes 10 pixels at the left, where
  // its anchor has 10 columns before it, and 9 at the right.
  const auto segmentation = coarse_segmentation(band({200, 60}, 80, 120).view());
  CHECK(bright_columns(segmentation, 30) == std::pair{80 - 7 + 10, 119 + 7 - 9});
  // A radius of 15 is 15 pixels to both sides, one of 20 20.
  const auto by_radius =
      coarse_segmentation(band({200, 60}, 80, 120).view(), {.measure = ErosionMeasure::radius});
  CHECK(bright_columns(by_radius, 30) == std::pair{80 - 15 + 20, 119 + 15 - 20});
}

TEST_CASE("a coarse segmentation is made of the public steps", "[imaging][segmentation]") {
  const Plane<std::uint8_t> truth = band({120, 90}, 30, 100);
  for (const int erosion : {20, 30, 40, 50}) {
    Plane<std::uint8_t> expected =
        eroded_trimap(truth.view(), {.foreground = 15, .background = 15});
    for (std::uint8_t& level : expected.values()) level = level == 0 ? 0 : 255;
    expected = gaussian_blur(erode_by_ellipse(expected, erosion), {.size = 31, .sigma_px = 5.0});
    CHECK(coarse_segmentation(truth.view(), {.erosion_px = erosion}) == expected);
  }
}

TEST_CASE("a coarse segmentation of a constant matte is constant", "[imaging][segmentation]") {
  const Size size{50, 40};
  CHECK(coarse_segmentation(Plane<std::uint8_t>{size, 0}.view()) == Plane<std::uint8_t>{size, 0});
  for (const auto value : {std::uint8_t{1}, std::uint8_t{128}, std::uint8_t{255}}) {
    CHECK(coarse_segmentation(Plane<std::uint8_t>{size, value}.view()) ==
          Plane<std::uint8_t>{size, 255});
  }
}

TEST_CASE("a coarse segmentation shrinks as the erosion grows", "[imaging][segmentation]") {
  const Plane<std::uint8_t> truth = band({160, 120}, 40, 110);
  Plane<std::uint8_t> larger = coarse_segmentation(truth.view(), {.erosion_px = 1});
  for (const int erosion : {20, 30, 40, 50}) {
    const auto smaller = coarse_segmentation(truth.view(), {.erosion_px = erosion});
    CHECK(std::ranges::equal(smaller.values(), larger.values(), std::ranges::less_equal{}));
    CHECK(smaller != larger);
    larger = smaller;
  }
}

TEST_CASE("a coarse segmentation does not depend on the depth of the matte",
          "[imaging][segmentation]") {
  const Plane<std::uint8_t> truth = noise_plane({70, 50}, 1);
  const auto expected = coarse_segmentation(truth.view());
  CHECK(coarse_segmentation(to_u16(truth.view()).view()) == expected);
  CHECK(coarse_segmentation(to_f32(truth.view()).view()) == expected);
}

TEST_CASE("erosions and kernels out of range are refused", "[imaging][segmentation]") {
  const Plane<std::uint8_t> truth{{5, 5}};
  const auto kind = [&](const CoarseSegmentation& options) {
    return error_of([&] { (void)coarse_segmentation(truth.view(), options); }).kind();
  };
  CHECK(kind({.erosion_px = 0}) == ErrorKind::usage);
  CHECK(kind({.erosion_px = 0, .measure = ErosionMeasure::radius}) == ErrorKind::usage);
  CHECK(kind({.trimap_erosion_px = 70000}) == ErrorKind::usage);
  CHECK(kind({.blur = {.size = 30, .sigma_px = 5.0}}) == ErrorKind::usage);
  CHECK(kind({.blur = {.size = 31, .sigma_px = 0.0}}) == ErrorKind::usage);
  CHECK_THAT(error_of([] { (void)default_gaussian(9); }).what(),
             Catch::Contains("an odd size from 11 to 255"));
}
