#include "datasets/compose/blend.hpp"

#include <cmath>
#include <cstdlib>

#include "tests/datasets/compose/pictures.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets::compose;
using Catch::Contains;
using mbench::testing::grey;

namespace {

/// All pairs (F, B): F is the row, B the column.
struct AllPairs {
  Colours foreground{{256, 256}}, background{{256, 256}}, alpha{{256, 256}};
  AllPairs() {
    for (int f = 0; f < 256; ++f) {
      for (int b = 0; b < 256; ++b) {
        foreground(f, b) = grey(f);
        background(f, b) = grey(b);
      }
    }
  }
  void set_alpha(int v) {
    for (auto& pixel : alpha.values()) pixel = grey(v);
  }
};

/// The pixels of images that differ.
int count_differing(const Colours& first, const Colours& second) {
  int count = 0;
  for (std::size_t i = 0; i < first.values().size(); ++i) {
    if (first.values()[i] != second.values()[i]) ++count;
  }
  return count;
}

Rgb<std::uint8_t> blended(int v, int f, int b) {
  const Colours foreground{{1, 1}, grey(f)};
  const Colours alpha{{1, 1}, grey(v)};
  const Colours background{{1, 1}, grey(b)};
  return blend_truncated(foreground, alpha, background, MatteChannels::first)(0, 0);
}

}  // namespace

TEST_CASE("blending truncates", "[compose][blend]") {
  CHECK(blended(128, 255, 0) == grey(128));  // 128.0
  CHECK(blended(1, 254, 0) == grey(0));      // 0.996
  CHECK(blended(127, 0, 255) == grey(128));  // 128.0
  CHECK(blended(64, 100, 10) == grey(32));   // 32.588
}

TEST_CASE("opaque pixels are the foreground, clear ones the background", "[compose][blend]") {
  AllPairs pairs;
  pairs.set_alpha(255);
  CHECK(blend_truncated(pairs.foreground, pairs.alpha, pairs.background, MatteChannels::first) ==
        pairs.foreground);
  pairs.set_alpha(0);
  CHECK(blend_truncated(pairs.foreground, pairs.alpha, pairs.background, MatteChannels::first) ==
        pairs.background);
}

TEST_CASE("blending in integers equals the definition on every triple", "[compose][blend]") {
  AllPairs pairs;
  int formula_differs = 0;
  int quotient_differs = 0;
  int equal_colours_lower = 0;
  int single_precision_differs = 0;
  int rounding_differs = 0;
  for (int v = 0; v < 256; ++v) {
    pairs.set_alpha(v);
    const auto by = [&](auto blend) {
      return blend(pairs.foreground, pairs.alpha, pairs.background, MatteChannels::first);
    };
    const Colours plain = by(blend_truncated_plain);
    REQUIRE(by(blend_truncated) == plain);
    if (v == 0 || v == 255) continue;
    single_precision_differs += count_differing(by(blend_truncated_f32), plain);
    rounding_differs += count_differing(by(blend_rounded), plain);
    for (int f = 0; f < 256; ++f) {
      for (int b = 0; b < 256; ++b) {
        // volatile: nothing is fused or kept wider than a double.
        const volatile double front = v / 255.0 * f;
        const volatile double back = (1.0 - v / 255.0) * b;
        const volatile double sum = front + back;
        if (plain(f, b) != grey(static_cast<int>(sum))) ++formula_differs;
        const int integer = (v * f + (255 - v) * b) / 255;
        if (plain(f, b) != grey(integer)) ++quotient_differs;
        if (f == b && plain(f, b) == grey(f - 1)) ++equal_colours_lower;
      }
    }
  }
  CHECK(formula_differs == 0);
  // Counted by a separate program with NumPy.
  CHECK(quotient_differs == 12397);
  CHECK(equal_colours_lower == 1270);
  CHECK(single_precision_differs == 24760);
  CHECK(rounding_differs == 8177287);
}

TEST_CASE("a matte of floats is blended as one of 8 bits is, and may be rounded",
          "[compose][blend]") {
  AllPairs pairs;
  for (const int v : {0, 1, 63, 128, 254, 255}) {
    pairs.set_alpha(v);
    const Plane<float> alpha{pairs.alpha.size(), static_cast<float>(v / 255.0)};
    CHECK(
        blend_float_truncated(pairs.foreground, alpha, pairs.background) ==
        blend_truncated_f32(pairs.foreground, pairs.alpha, pairs.background, MatteChannels::first));
  }
  const auto rounded = [](float a, int f, int b) {
    return blend_float_rounded(Colours{{1, 1}, grey(f)}, Plane<float>{Size{1, 1}, a},
                               Colours{{1, 1}, grey(b)})(0, 0);
  };
  CHECK(rounded(0.5F, 0, 1) == grey(0));  // 0.5, to even
  CHECK(rounded(0.5F, 1, 2) == grey(2));
  CHECK(rounded(0.25F, 255, 0) == grey(64));  // 63.75
  CHECK(rounded(1.5F, 7, 200) == grey(7));    // cut to 1
  CHECK(rounded(-0.5F, 7, 200) == grey(200));
}

TEST_CASE("the first channel of a matte counts, or each its colour, or their grey",
          "[compose][blend]") {
  const Colours foreground{{1, 1}, grey(255)};
  const Colours background{{1, 1}, grey(0)};
  const Colours alpha{{1, 1}, Rgb<std::uint8_t>{255, 128, 0}};
  const auto by = [&](MatteChannels channels) {
    return blend_truncated(foreground, alpha, background, channels)(0, 0);
  };
  CHECK(by(MatteChannels::first) == grey(255));
  CHECK(by(MatteChannels::each) == Rgb<std::uint8_t>{255, 128, 0});
  CHECK(by(MatteChannels::grey) == grey((9797 * 255 + 19234 * 128) >> 15));
  for (int v = 0; v < 256; ++v) CHECK(grey_of(grey(v)) == v);
}

TEST_CASE("rows of any length blend as the definition says", "[compose][blend]") {
  for (const int width : {1, 2, 20, 21, 22, 63, 64, 65, 130}) {
    for (const MatteChannels channels :
         {MatteChannels::first, MatteChannels::each, MatteChannels::grey}) {
      const Size size{width, 3};
      const auto seed = static_cast<std::uint64_t>(width);
      const Colours f = testing::noise_colours(size, seed);
      const Colours b = testing::noise_colours(size, seed + 1);
      for (const Colours& v :
           {testing::noise_colours(size, seed + 2), testing::noise_grey_matte(size, seed + 3)}) {
        CHECK(blend_truncated(f, v, b, channels) == blend_truncated_plain(f, v, b, channels));
      }
    }
  }
}

TEST_CASE("a matte that is unequal in one pixel alone is no grey matte", "[compose][blend]") {
  const Colours f{{40, 1}, grey(200)};
  const Colours b{{40, 1}, grey(0)};
  for (const int x : {0, 17, 39}) {
    Colours v{{40, 1}, grey(100)};
    v(0, x) = {100, 100, 101};
    CHECK(blend_truncated(f, v, b, MatteChannels::first)(0, x) == grey(78));
    v(0, x) = {100, 40, 40};
    CHECK(blend_truncated(f, v, b, MatteChannels::first)(0, x) == grey(78));
  }
}

TEST_CASE("views into larger images blend as copies do", "[compose][blend]") {
  const Size whole{17, 9};
  const Colours f = testing::noise_colours(whole, 1);
  const Colours v = testing::noise_colours(whole, 2);
  const Colours b = testing::noise_colours(whole, 3);
  const Size part{11, 5};
  const auto view = [&](const Colours& image) {
    return ColourView{image.row(2).data() + 3, part, whole.width};
  };
  const Colours all = blend_truncated(f, v, b, MatteChannels::first);
  const Colours some = blend_truncated(view(f), view(v), view(b), MatteChannels::first);
  for (int y = 0; y < part.height; ++y) {
    for (int x = 0; x < part.width; ++x) CHECK(some(y, x) == all(y + 2, x + 3));
  }
}

TEST_CASE("pictures of different sizes are not blended", "[compose][blend]") {
  const Colours three{{3, 2}};
  const Colours four{{4, 2}};
  const auto message =
      testing::refusal([&] { (void)blend_truncated(three, four, three, MatteChannels::first); });
  CHECK_THAT(message, Contains("one size") && Contains("3x2 (foreground)") &&
                          Contains("4x2 (matte), 3x2 (background)"));
  CHECK_THAT(
      testing::refusal([&] { (void)blend_rounded(three, three, four, MatteChannels::first); }),
      Contains("4x2 (background)"));
}
