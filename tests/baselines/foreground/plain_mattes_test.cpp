#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "baselines/foreground/foreground.hpp"
#include "baselines/foreground/multi_level.hpp"
#include "core/rule.hpp"
#include "tests/baselines/foreground/pictures.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/references.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::noise_picture;

namespace {

using Colours = Plane<Rgb<std::uint8_t>>;

/// Every estimator; `refined` with the scales that pictures of a single pixel have.
constexpr std::array kEstimators{"none",        "refined:scales=1",          "levin",
                                 "closed-form", "closed-form:solver=direct", "multi-level",
                                 "easier"};
constexpr std::array kSizes{Size{1, 1}, Size{2, 1}, Size{1, 2},  Size{9, 1},
                            Size{1, 9}, Size{4, 3}, Size{40, 33}};

Colours estimate(const std::string& text, const Colours& picture, int alpha) {
  const ForegroundEstimator& estimator = find_estimator(rule_id(text));
  const Plane<std::uint8_t> matte{picture.size(), static_cast<std::uint8_t>(alpha)};
  return estimator.estimate(picture, matte.view(),
                            parse_rule_options(text, estimator.facts, "rule").options);
}

/// Largest difference in any channel, in levels.
int difference(const Colours& left, const Colours& right) {
  REQUIRE(left.size() == right.size());
  int largest = 0;
  for (std::size_t i = 0; i < left.values().size(); ++i) {
    const Rgb<std::uint8_t>& a = left.values()[i];
    const Rgb<std::uint8_t>& b = right.values()[i];
    largest = std::max({largest, std::abs(a.r - b.r), std::abs(a.g - b.g), std::abs(a.b - b.b)});
  }
  return largest;
}

}  // namespace

TEST_CASE("every estimator cites a work of the references", "[baselines][foreground]") {
  for (const ForegroundEstimator* estimator : all_estimators()) {
    CAPTURE(estimator->facts.id, estimator->facts.cite);
    CHECK(testing::is_in_references(estimator->facts.cite));
    CHECK(std::ranges::any_of(kEstimators, [&](const std::string& text) {
      return rule_id(text) == estimator->facts.id;
    }));
  }
}

TEST_CASE("of an opaque picture every estimator gives the picture", "[baselines][foreground]") {
  const std::string text = GENERATE(from_range(kEstimators));
  for (const Size size : kSizes) {
    CAPTURE(text, to_string(size));
    const Colours picture = noise_picture(size, 5).picture;
    CHECK(difference(estimate(text, picture, 255), picture) <= 1);
  }
}

TEST_CASE("of a picture of one colour every estimator gives that colour where it can be seen",
          "[baselines][foreground]") {
  const std::string text = GENERATE(from_range(kEstimators));
  if (text == "easier") return;  // it darkens: alpha times the picture
  for (const Size size : kSizes) {
    for (const int alpha : {128, 254, 255}) {
      const Colours picture{size, {200, 3, 90}};
      CAPTURE(text, to_string(size), alpha);
      CHECK(difference(estimate(text, picture, alpha), picture) <= 2);
    }
  }
}

TEST_CASE("of a picture of one colour no estimator makes a brighter one",
          "[baselines][foreground]") {
  const std::string text = GENERATE(from_range(kEstimators));
  for (const Size size : kSizes) {
    for (const int alpha : {0, 1, 5, 60}) {
      const Colours picture{size, {200, 3, 90}};
      CAPTURE(text, to_string(size), alpha);
      const Colours estimated = estimate(text, picture, alpha);
      REQUIRE(estimated.size() == size);
      CHECK(std::ranges::all_of(estimated.values(), [](const Rgb<std::uint8_t>& c) {
        return c.r <= 201 && c.g <= 4 && c.b <= 91;
      }));
    }
  }
}

TEST_CASE("of what cannot be seen easier, levin and multi-level make black, none the picture",
          "[baselines][foreground]") {
  for (const Size size : kSizes) {
    CAPTURE(to_string(size));
    const Colours picture = noise_picture(size, 5).picture;
    for (const char* text : {"easier", "levin", "multi-level"}) {
      CAPTURE(text);
      CHECK(estimate(text, picture, 0) == Colours{size});
    }
    CHECK(estimate("none", picture, 0) == picture);
  }
}

TEST_CASE("with a matte that is clear or opaque nowhere multi-level begins at black",
          "[baselines][foreground]") {
  // The nearest layers to black that compose to the picture: F = a c/(a^2 + (1 - a)^2).
  const double a = 100 / 255.0, share = a / (a * a + (1 - a) * (1 - a));
  const Colours picture{Size{9, 7}, {200, 3, 90}};
  const auto level = [&](int c) { return static_cast<std::uint8_t>(share * c); };
  CHECK(difference(estimate("multi-level", picture, 100),
                   Colours{Size{9, 7}, {level(200), level(3), level(90)}}) <= 1);
}

TEST_CASE("a picture of one colour is its own solution: conjugate gradients have nothing to do",
          "[baselines][foreground]") {
  const Size size{40, 33};
  const Colours picture{size, {200, 3, 90}};
  const Plane<std::uint8_t> matte = testing::soft_disc(size);
  for (const char* text : {"closed-form", "closed-form:rtol=1e-12"}) {
    const ForegroundEstimator& estimator = find_estimator(rule_id(text));
    const Options options = parse_rule_options(text, estimator.facts, "rule").options;
    CHECK(difference(estimator.estimate(picture, matte.view(), options), picture) <= 1);
  }
}

TEST_CASE("the levels of a picture have the sizes that the published program rounds to",
          "[baselines][foreground]") {
  for (int levels = 1; levels <= 12; ++levels) {
    const int longest = 1 << levels;
    for (int side = 1; side <= longest; ++side) {
      const std::vector<Size> sizes = multi_level_sizes({longest, side});
      REQUIRE(sizes.size() == static_cast<std::size_t>(levels) + 1);
      for (int l = 0; l <= levels; ++l) {
        const auto rounded = [&](int full) {
          return static_cast<int>(
              std::nearbyint(std::pow(static_cast<double>(full), static_cast<double>(l) / levels)));
        };
        REQUIRE(sizes[static_cast<std::size_t>(l)] == Size{rounded(longest), rounded(side)});
      }
    }
  }
}

TEST_CASE("a picture has as many levels as its longer side has halvings",
          "[baselines][foreground]") {
  for (int side = 2; side <= 4096; ++side) {
    const auto levels = static_cast<std::size_t>(std::ceil(std::log2(side)));
    REQUIRE(multi_level_sizes({side, 1}).size() == levels + 1);
    REQUIRE(multi_level_sizes({1, side}).back() == Size{1, side});
  }
  CHECK(multi_level_sizes({1, 1}) == std::vector<Size>{{1, 1}, {1, 1}});
}
