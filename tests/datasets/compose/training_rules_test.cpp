#include <algorithm>
#include <array>
#include <cmath>

#include "datasets/compose/foreground_changes.hpp"
#include "tests/datasets/compose/pictures.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets::compose;
using Catch::Contains;
using imaging::Interpolation;
using mbench::testing::compose;
using mbench::testing::grey;
using mbench::testing::noise_colours;
using mbench::testing::noise_grey_matte;
using mbench::testing::particular;

namespace {

constexpr MergeInterpolation kNearest{Interpolation::nearest, Interpolation::nearest};

struct Pictures {
  Colours foreground{noise_colours({24, 18}, 1)};
  Colours alpha{noise_grey_matte({24, 18}, 2)};
  Colours background{noise_colours({31, 20}, 3)};
  [[nodiscard]] Ingredients ingredients() const {
    return {.foreground = foreground, .alpha = alpha, .background = background};
  }
};

}  // namespace

TEST_CASE("the second foreground shows where the first is transparent", "[compose][training]") {
  const Colours first{{2, 1}, grey(200)};
  const Colours second{{1, 1}, grey(100)};  // enlarged to 2 x 1
  Plane<float> alpha{{2, 1}};
  alpha(0, 0) = 1.0F;
  alpha(0, 1) = 0.5F;
  const Merged merged =
      merge_foregrounds(first, alpha, second, Plane<float>{{1, 1}, 0.5F}, kNearest);
  CHECK(merged.is_merged);
  CHECK(merged.matted.foreground(0, 0) == grey(200));
  CHECK(merged.matted.foreground(0, 1) == grey(150));
  CHECK(merged.matted.alpha(0, 0) == 1.0F);
  CHECK(merged.matted.alpha(0, 1) == 0.75F);  // two halves let a quarter through
}

TEST_CASE("foregrounds that are opaque together stay apart", "[compose][training]") {
  const Colours first{{2, 1}, grey(200)};
  const Plane<float> half{{2, 1}, 0.5F};
  const Merged merged = merge_foregrounds(first, half, first, Plane<float>{{2, 1}, 1.0F}, kNearest);
  CHECK(!merged.is_merged);
  CHECK(merged.matted.foreground == first);
  CHECK(merged.matted.alpha == half);
}

TEST_CASE("GCA merges only where there is a second foreground", "[compose][training]") {
  const Pictures in;
  const Composite alone = compose("gca-train:merge=1", in.ingredients());
  CHECK(particular(alone, "merge") == "off: no second foreground was given");
  CHECK(!alone.foreground);
  CHECK(!alone.alpha);

  const Colours second = noise_colours({40, 33}, 5);
  const Colours second_alpha = noise_grey_matte({40, 33}, 6);
  Ingredients two = in.ingredients();
  two.second_foreground = second;
  two.second_alpha = second_alpha;
  const Composite merged = compose("gca-train:merge=1:interpolation=linear", two);
  REQUIRE(merged.alpha);
  REQUIRE(merged.foreground);
  CHECK(particular(merged, "merge") == "yes");
  for (std::size_t i = 0; i < in.alpha.values().size(); ++i) {
    CHECK(merged.alpha->values()[i] >= in.alpha.values()[i].r);  // more is opaque than before
  }
  CHECK(compose("gca-train:merge=0:interpolation=linear", two).image ==
        compose("gca-train:interpolation=linear", in.ingredients()).image);

  two.second_alpha = in.alpha;
  CHECK_THAT(testing::refusal([&] { (void)compose("gca-train", two); }),
             Contains("40x33 (second foreground)") && Contains("24x18 (its matte)"));
}

TEST_CASE("GCA draws each of four interpolations", "[compose][training]") {
  const Pictures in;
  std::array<int, 4> drawn{};
  constexpr std::array<std::string_view, 4> kNames{"nearest", "linear", "cubic", "lanczos4"};
  constexpr std::array kValues{Interpolation::nearest, Interpolation::linear, Interpolation::cubic,
                               Interpolation::lanczos4};
  for (std::uint64_t sample = 0; sample < 200; ++sample) {
    const Composite composite = compose("gca-train", in.ingredients(), sample);
    const std::string name = particular(composite, "interpolation");
    const auto found = std::ranges::find(kNames, name);
    REQUIRE(found != kNames.end());
    const auto i = static_cast<std::size_t>(found - kNames.begin());
    ++drawn[i];
    CHECK(composite.background == imaging::resize_opencv(in.background, {24, 18}, kValues[i]));
  }
  for (const int count : drawn) CHECK(std::abs(count - 50) < 30);
}

TEST_CASE("the colour augmentation moves a foreground towards one colour", "[compose][training]") {
  const Colours foreground{{1, 1}, Rgb<std::uint8_t>{200, 100, 51}};
  const ColourShift half{.colour = {0.0, 255.0, 100.0}, .weight = {0.5, 0.5, 0.5}};
  CHECK(shift_colours(foreground, half)(0, 0) == Rgb<std::uint8_t>{100, 177, 75});
  const ColourShift mixed{.colour = {10.0, 20.0, 30.0}, .weight = {1.0, 0.0, 1.0}};
  CHECK(shift_colours(foreground, mixed)(0, 0) == Rgb<std::uint8_t>{200, 20, 51});
  CHECK(inverted(foreground)(0, 0) == Rgb<std::uint8_t>{55, 155, 204});
  CHECK(permuted(foreground, {2, 0, 1})(0, 0) == Rgb<std::uint8_t>{51, 200, 100});
}

TEST_CASE("the paper has one weight for all channels, the code one for each",
          "[compose][training]") {
  const Pictures in;
  const auto weights = [&](std::string_view rule) {
    return particular(compose(rule, in.ingredients(), 3), "colour_w");
  };
  const auto words_of = [](const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
      if (c == ' ') {
        words.emplace_back();
      } else {
        words.back() += c;
      }
    }
    return words;
  };
  const auto paper = words_of(weights("lsa-train"));
  REQUIRE(paper.size() == 3);
  CHECK(paper[0] == paper[1]);
  CHECK(paper[1] == paper[2]);
  const auto code = words_of(weights("lsa-train:variant=code"));
  REQUIRE(code.size() == 3);
  CHECK(code[0] != code[1]);
  CHECK(code[1] != code[2]);
}

TEST_CASE("gamma bends the matte and keeps its ends", "[compose][training]") {
  for (const double gamma : {0.5, 0.8, 1.0, 1.5, 1.99}) {
    for (const GammaEnd end : {GammaEnd::clear, GammaEnd::opaque}) {
      const auto table = gamma_table(gamma, end);
      CHECK(table[0] == 0);
      CHECK(table[255] == 255);
      CHECK(std::ranges::is_sorted(table));
      for (int v = 1; v < 255; ++v) {
        const double alpha = v / 255.0;
        const double bent =
            end == GammaEnd::clear ? std::pow(alpha, gamma) : 1.0 - std::pow(1.0 - alpha, gamma);
        // Truncated; where 255 a^g is an integer the last digit of the power decides.
        CHECK(std::abs(table[static_cast<std::size_t>(v)] - 255.0 * bent) < 1.0 + 1e-6);
      }
    }
  }
  const Pictures in;
  for (std::uint64_t sample = 0; sample < 50; ++sample) {
    const double paper = std::stod(
        particular(compose("lsa-train:gamma=1", in.ingredients(), sample), "gamma_value"));
    CHECK((paper >= 0.5 && paper <= 1.5));
    const double code = std::stod(particular(
        compose("lsa-train:gamma=1:variant=code", in.ingredients(), sample), "gamma_value"));
    CHECK((code >= 0.5 && code < 2.0));
  }
}

TEST_CASE("a training composite is made of the foreground and matte that it hands out",
          "[compose][training]") {
  const Pictures in;
  for (std::uint64_t sample = 0; sample < 20; ++sample) {
    const Composite composite = compose("lsa-train", in.ingredients(), sample);
    REQUIRE(composite.foreground);
    REQUIRE(composite.alpha);
    Colours alpha{{24, 18}};
    std::ranges::transform(composite.alpha->values(), alpha.values().begin(),
                           [](std::uint8_t v) { return grey(v); });
    CHECK(composite.image ==
          blend_rounded(*composite.foreground, alpha, composite.background, MatteChannels::first));
  }
  const Composite plain =
      compose("lsa-train:colour=0:gamma=0:invert=0:permute=0", in.ingredients());
  CHECK(*plain.foreground == in.foreground);
}
