#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "datasets/compose/rule.hpp"
#include "imaging/io.hpp"
#include "imaging/resample.hpp"
#include "tests/datasets/compose/pictures.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/references.hpp"

using namespace mbench;
using namespace mbench::datasets::compose;
using Catch::Contains;
using mbench::testing::compose;
using mbench::testing::grey;
using mbench::testing::noise_colours;
using mbench::testing::noise_grey_matte;

namespace {

struct Pictures {
  Colours foreground, alpha, background;
  Pictures(Size size, Size background_size, std::uint64_t seed)
      : foreground{noise_colours(size, seed)},
        alpha{noise_grey_matte(size, seed + 1)},
        background{noise_colours(background_size, seed + 2)} {}
  [[nodiscard]] Ingredients ingredients() const {
    return {.foreground = foreground, .alpha = alpha, .background = background};
  }
};

Colours read_picture(const std::filesystem::path& file) {
  return imaging::read_colours(file).visit([](const auto& pixels) -> Colours {
    if constexpr (std::is_same_v<std::decay_t<decltype(pixels)>, Colours>) return pixels;
    FAIL("not an 8-bit image");
    return {};
  });
}

/// The formula of [xu2017]'s program, a number at a time, on the plainly resized background.
Colours dim_by_hand(const Pictures& in) {
  const Size size = in.foreground.size();
  const Size from = in.background.size();
  const double wr = static_cast<double>(size.width) / from.width;
  const double hr = static_cast<double>(size.height) / from.height;
  const double r = wr > hr ? wr : hr;
  Colours fitted = in.background;
  if (r > 1.0) {
    fitted = imaging::resize_pillow(
        in.background,
        {static_cast<int>(std::ceil(from.width * r)), static_cast<int>(std::ceil(from.height * r))},
        imaging::PillowFilter::bicubic);
  }
  Colours result{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double alpha = in.alpha(y, x).r / 255.0;
      const auto blend = [&](std::uint8_t f, std::uint8_t b) {
        const double front = alpha * f;
        const double back = (1.0 - alpha) * b;
        return static_cast<std::uint8_t>(std::floor(front + back));
      };
      const auto& f = in.foreground(y, x);
      const auto& b = fitted(y, x);
      result(y, x) = {blend(f.r, b.r), blend(f.g, b.g), blend(f.b, b.b)};
    }
  }
  return result;
}

}  // namespace

TEST_CASE("rules have unique names, a source and a reference", "[compose][rules]") {
  std::set<std::string_view> ids;
  for (const ComposeRule* rule : all_rules()) {
    CAPTURE(rule->facts.id);
    CHECK(ids.insert(rule->facts.id).second);
    CHECK(&find_rule(rule->facts.id) == rule);
    CHECK(!rule->facts.title.empty());
    CHECK(!rule->facts.summary.empty());
    CHECK(!rule->facts.source.empty());
    CHECK(testing::is_in_references(rule->facts.cite));
    CHECK(rule->train_copies > 0);
    CHECK_NOTHROW(testing::options_of(rule->facts.id));  // defaults are valid
  }
  CHECK(ids == std::set<std::string_view>{"dim", "mmagic", "foamliu", "huochaitiantang",
                                          "distinctions-646", "rssn", "gca-train", "lsa-train"});
  CHECK_THAT(testing::refusal([] { (void)find_rule("foamlu"); }),
             Contains("unknown rule 'foamlu'") && Contains("did you mean 'foamliu'?") &&
                 Contains("mbench list rules"));
}

TEST_CASE("dim is its formula at any size", "[compose][rules]") {
  Random random{3};
  for (int i = 0; i < 40; ++i) {
    const Size size{1 + random.below(70), 1 + random.below(70)};
    const Size background{1 + random.below(100), 1 + random.below(100)};
    CAPTURE(to_string(size), to_string(background));
    const Pictures in{size, background, static_cast<std::uint64_t>(10 * i)};
    const Composite composite = compose("dim", in.ingredients());
    CHECK(composite.image == dim_by_hand(in));
    CHECK(composite.background.size() == size);
    CHECK(!composite.foreground);
    CHECK(!composite.alpha);
    CHECK(compose("distinctions-646", in.ingredients()).image == composite.image);
    CHECK(compose("mmagic", in.ingredients()).image == composite.image);
  }
}

TEST_CASE("where the matte is 0 or 255 every maker agrees on uncropped backgrounds",
          "[compose][rules]") {
  Pictures in{{31, 17}, {31, 17}, 5};
  for (auto& pixel : in.alpha.values()) pixel = grey(pixel.r < 128 ? 0 : 255);
  const Colours expected = compose("dim", in.ingredients()).image;
  for (const char* rule :
       {"mmagic", "foamliu", "huochaitiantang", "gca-train:interpolation=linear"}) {
    CAPTURE(rule);
    CHECK(compose(rule, in.ingredients()).image == expected);
  }
}

TEST_CASE("the makers of Composition-1k equal their programs' composites",
          "[compose][rules][golden]") {
  const auto folder = testing::shared_path("golden-compose/comp1k");
  if (!folder) return;
  const auto cases = nlohmann::json::parse(testing::read_text(*folder / "manifest.json"));
  CHECK(cases.size() == 19);
  for (const auto& entry : cases) {
    const std::filesystem::path place = *folder / entry.at("case").get<std::string>();
    CAPTURE(place.string());
    const Colours foreground = read_picture(place / "fg.png");
    const Colours alpha = read_picture(place / "alpha.png");
    const Colours background = read_picture(place / "bg.png");
    const Ingredients in{.foreground = foreground, .alpha = alpha, .background = background};
    const Composite dim = compose("dim", in);
    CHECK(dim.image == read_picture(place / "out_adobe.png"));
    CHECK(dim.background == read_picture(place / "out_bgfit.png"));
    CHECK(std::stod(testing::particular(dim, "ratio")) == entry.at("ratio").get<double>());
    const Size resized{entry.at("resized").at(0).get<int>(), entry.at("resized").at(1).get<int>()};
    CHECK(testing::particular(dim, "resized") == to_string(resized));
    CHECK(compose("foamliu", in).image == read_picture(place / "out_foamliu.png"));
    CHECK(compose("huochaitiantang", in).image == read_picture(place / "out_cv2linear_round.png"));
    const bool is_equal = entry.at("mmagic_equal").get<bool>();
    CHECK(compose("mmagic", in).image ==
          read_picture(place / (is_equal ? "out_adobe.png" : "out_mmagic.png")));
  }
}

TEST_CASE("a matte of another size than its foreground is refused by every rule",
          "[compose][rules]") {
  const Pictures in{{8, 6}, {20, 20}, 1};
  const Colours alpha = noise_grey_matte({8, 7}, 2);
  for (const ComposeRule* rule : all_rules()) {
    CAPTURE(rule->facts.id);
    const auto message = testing::refusal([&] {
      (void)compose(rule->facts.id,
                    {.foreground = in.foreground, .alpha = alpha, .background = in.background});
    });
    CHECK_THAT(message, Contains("a foreground and its matte must have one size") &&
                            Contains("8x6 (foreground)") && Contains("8x7 (its matte)"));
    const auto empty = testing::refusal([&] {
      (void)compose(rule->facts.id,
                    {.foreground = in.foreground, .alpha = in.alpha, .background = {}});
    });
    CHECK_THAT(empty, Contains("0x0"));
  }
}

TEST_CASE("one seed and sample give one composite, another sample another", "[compose][rules]") {
  const Pictures in{{40, 30}, {33, 50}, 9};
  for (const char* rule : {"rssn", "gca-train", "lsa-train"}) {
    CAPTURE(rule);
    bool differs = false;
    for (std::uint64_t sample = 0; sample < 8; ++sample) {
      const Composite first = compose(rule, in.ingredients(), sample);
      const Composite again = compose(rule, in.ingredients(), sample);
      CHECK(first.image == again.image);
      CHECK(first.background == again.background);
      CHECK(first.foreground == again.foreground);
      CHECK(first.alpha == again.alpha);
      CHECK(first.particulars == again.particulars);
      differs |= first.image != compose(rule, in.ingredients(), sample + 100).image;
    }
    CHECK(differs);
  }
}
