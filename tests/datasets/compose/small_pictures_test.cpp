#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/core.h>

#include "datasets/compose/rule.hpp"
#include "tests/datasets/compose/pictures.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets::compose;
using mbench::testing::compose;
using mbench::testing::grey;
using mbench::testing::noise_colours;
using mbench::testing::noise_grey_matte;

namespace {

constexpr std::array kSizes{Size{1, 1}, Size{2, 1}, Size{1, 2}, Size{9, 1}, Size{1, 9}, Size{3, 2}};
constexpr std::array kBackgrounds{Size{1, 1}, Size{5, 1}, Size{1, 5}, Size{4, 3}};

/// Calls use(size, background) for pictures of few pixels on backgrounds of few pixels.
template <typename Use>
void for_each_small(Use use) {
  for (const Size size : kSizes) {
    for (const Size background : kBackgrounds) {
      CAPTURE(to_string(size), to_string(background));
      use(size, noise_colours(background, 3));
    }
  }
}

/// The foreground that the composite shows.
Colours shown(const Composite& composite, const Colours& given) {
  return composite.foreground ? *composite.foreground : given;
}

}  // namespace

TEST_CASE("every rule composes pictures of one pixel, row or column", "[compose][rules][small]") {
  for_each_small([](Size size, const Colours& background) {
    const Colours foreground = noise_colours(size, 1);
    const Colours alpha = noise_grey_matte(size, 2);
    const Colours second = noise_colours({1, 3}, 4);
    const Colours second_alpha = noise_grey_matte({1, 3}, 5);
    for (const ComposeRule* rule : all_rules()) {
      CAPTURE(rule->facts.id);
      for (std::uint64_t sample = 0; sample < 6; ++sample) {
        Ingredients in{.foreground = foreground, .alpha = alpha, .background = background};
        if (rule->takes_second && sample % 2 == 0) {
          in.second_foreground = second;
          in.second_alpha = second_alpha;
        }
        const Composite composite = compose(rule->facts.id, in, sample);
        CHECK(composite.image.size() == size);
        CHECK(composite.background.size() == size);
        CHECK(shown(composite, foreground).size() == size);
      }
    }
  });
}

TEST_CASE("under an opaque matte every rule shows the foreground, under a clear one the background",
          "[compose][rules][small]") {
  for_each_small([](Size size, const Colours& background) {
    const Colours foreground = noise_colours(size, 1);
    const Colours opaque{size, grey(255)};
    const Colours clear{size, grey(0)};
    for (const ComposeRule* rule : all_rules()) {
      CAPTURE(rule->facts.id);
      for (std::uint64_t sample = 0; sample < 4; ++sample) {
        const Composite front =
            compose(rule->facts.id,
                    {.foreground = foreground, .alpha = opaque, .background = background}, sample);
        CHECK(front.image == shown(front, foreground));
        // Noise comes after truncation in the composite, before it in the background.
        const bool is_noisy = rule->facts.id == "rssn";
        const Composite behind =
            compose(is_noisy ? "rssn:noise=0" : rule->facts.id,
                    {.foreground = foreground, .alpha = clear, .background = background}, sample);
        CHECK(behind.image == behind.background);
      }
    }
  });
}

TEST_CASE("one colour over the same colour stays that colour, but for a level of truncation",
          "[compose][rules][small]") {
  constexpr std::array kUnchanged{"dim",
                                  "mmagic",
                                  "foamliu",
                                  "huochaitiantang",
                                  "distinctions-646",
                                  "rssn:noise=0",
                                  "gca-train",
                                  "lsa-train:colour=0:invert=0:permute=0"};
  CHECK(kUnchanged.size() == all_rules().size());
  for (const char* rule : kUnchanged) {
    for (const int level : {0, 1, 90, 254, 255}) {
      for (const Size size : {Size{1, 1}, Size{9, 1}, Size{1, 9}, Size{33, 21}}) {
        CAPTURE(rule, level, to_string(size));
        const Colours foreground{size, grey(level)};
        const Colours alpha = noise_grey_matte(size, 7);
        const Colours background{Size{7, 5}, grey(level)};
        const Composite composite =
            compose(rule, {.foreground = foreground, .alpha = alpha, .background = background});
        CHECK(std::ranges::all_of(composite.image.values(), [&](const Rgb<std::uint8_t>& pixel) {
          return pixel == grey(pixel.r) && pixel.r <= level && pixel.r + 1 >= level;
        }));
      }
    }
  }
}
