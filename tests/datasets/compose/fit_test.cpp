#include "datasets/compose/fit.hpp"

#include "imaging/resample.hpp"
#include "tests/datasets/compose/pictures.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets::compose;
using Catch::Contains;

namespace {

Colours upper_left(const Colours& image, Size size) {
  Colours part{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) part(y, x) = image(y, x);
  }
  return part;
}

}  // namespace

TEST_CASE("a background covers the foreground with its larger ratio", "[compose][fit]") {
  const Cover by_width = cover({40, 30}, {61, 40}, WholePixels::ceil);
  CHECK(by_width.ratio == 61.0 / 40.0);
  CHECK(by_width.resized == Size{61, 46});  // 45.75
  const Cover by_height = cover({40, 30}, {50, 47}, WholePixels::ceil);
  CHECK(by_height.ratio == 47.0 / 30.0);
  CHECK(by_height.resized == Size{63, 47});  // 62.67
  CHECK(cover({40, 30}, {50, 47}, WholePixels::plus_one).resized == Size{63, 48});
}

TEST_CASE("a background that is large enough is not resized", "[compose][fit]") {
  for (const Size background : {Size{61, 47}, Size{100, 47}, Size{1000, 800}}) {
    const Cover large = cover(background, {61, 47}, WholePixels::ceil);
    CHECK(large.ratio <= 1.0);
    CHECK(large.resized == background);
    CHECK(cover(background, {61, 47}, WholePixels::plus_one).resized == background);
    const Colours image = testing::noise_colours(background, 1);
    CHECK(fit_by_pillow(image, {61, 47}, large) == upper_left(image, {61, 47}));
  }
}

TEST_CASE("rounding of the ratio may make the background one pixel wider", "[compose][fit]") {
  CHECK(cover({19, 60}, {42, 33}, WholePixels::ceil).resized == Size{43, 133});
  int wider = 0;  // counted by a separate program: 675
  for (int w = 1; w < 200; ++w) {
    for (int bw = 1; bw < w; ++bw) {
      const int enlarged = cover({bw, 1000}, {w, 1}, WholePixels::ceil).resized.width;
      CHECK((enlarged == w || enlarged == w + 1));
      if (enlarged == w + 1) ++wider;
    }
  }
  CHECK(wider == 675);
}

TEST_CASE("the part of a background that is kept is that of the whole", "[compose][fit]") {
  Random random{7};
  for (int i = 0; i < 60; ++i) {
    const Size background{1 + random.below(40), 1 + random.below(40)};
    const Size foreground{1 + random.below(90), 1 + random.below(90)};
    CAPTURE(to_string(background), to_string(foreground));
    const Colours image = testing::noise_colours(background, static_cast<std::uint64_t>(i));
    const Cover covering = cover(background, foreground, WholePixels::ceil);
    const Colours whole =
        imaging::resize_pillow(image, covering.resized, imaging::PillowFilter::bicubic);
    CHECK(fit_by_pillow(image, foreground, covering) == upper_left(whole, foreground));
  }
}

TEST_CASE("backgrounds without pixels or of absurd shape are refused", "[compose][fit]") {
  CHECK_THAT(testing::refusal([] {
               (void)cover({0, 3}, {4, 4}, WholePixels::ceil);
             }),
             Contains("at least one pixel") && Contains("4x4 (foreground), 0x3 (background)"));
  CHECK_THAT(testing::refusal([] {
               (void)cover({1, 60000}, {50000, 1}, WholePixels::ceil);
             }),
             Contains("too narrow") && Contains("1x60000, to be enlarged 50000 times"));
  // One pixel wide: the whole has 3000 x 60000000 pixels, the part that Pillow's way keeps 3000
  // x 2.
  const Colours narrow{{1, 20000}, testing::grey(77)};
  const Cover covering = cover(narrow.size(), {3000, 2}, WholePixels::ceil);
  CHECK(covering.resized == Size{3000, 60000000});
  CHECK(fit_by_pillow(narrow, {3000, 2}, covering)(1, 2999) == testing::grey(77));
  CHECK_THAT(testing::refusal([&] {
               (void)fit_by_opencv(narrow, {3000, 2}, covering, imaging::Interpolation::cubic);
             }),
             Contains("at most 2^28 pixels") && Contains("1x20000, to be enlarged 3000 times"));
}
