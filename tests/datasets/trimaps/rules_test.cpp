#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"
#include "datasets/trimaps/rule.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/references.hpp"

using namespace mbench;
using namespace mbench::datasets::trimaps;
using namespace mbench::testing;
using Catch::Contains;

namespace {

Trimap make(std::string_view rule, AlphaView alpha, std::uint64_t seed = 0,
            std::string_view sample = "a") {
  return make_trimap(choose_rule(rule), {.alpha = alpha}, seed, sample).trimap;
}

std::string made_by(std::string_view rule, std::uint64_t seed, std::string_view sample) {
  return make_trimap(choose_rule(rule), {.alpha = Plane<std::uint8_t>{Size{1, 1}}.view()}, seed,
                     sample)
      .made_by;
}

/// One row of pixels.
Plane<std::uint8_t> row_of(std::vector<std::uint8_t> values) {
  const Size size{static_cast<int>(values.size()), 1};
  return {size, std::move(values)};
}

/// A matte with large regions of 0 and 255 and, here and there, what is between.
Plane<std::uint8_t> patchy_matte(Size size, std::uint64_t seed) {
  Plane<std::uint8_t> alpha{size};
  const Plane<std::uint8_t> noise = noise_plane(size, seed);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const bool inside = (x / 11 + y / 9) % 2 == 0;
      alpha(y, x) = noise(y, x) < 8 ? noise(y, x) : inside ? 255 : 0;
    }
  }
  return alpha;
}

/// OpenCV's ellipse by its definition: offsets (dy, dx) from the anchor.
std::vector<std::pair<int, int>> ellipse(int k) {
  const int r = k / 2;
  std::vector<std::pair<int, int>> offsets;
  for (int i = 0; i < k; ++i) {
    const int dy = i - r;
    const double half = k == 1 ? 0.0 : std::nearbyint(r * std::sqrt(r * r - dy * dy) / r);
    for (int j = 0; j < k; ++j) {
      if (std::abs(j - r) <= half) offsets.emplace_back(dy, j - r);
    }
  }
  return offsets;
}

/// Grey erosion (the smallest value) or dilation (the largest) by trying every pixel of the
/// element; what lies outside the image does not count.
Plane<std::uint8_t> grey_morphology(const Plane<std::uint8_t>& values, int k, bool erode) {
  const auto offsets = ellipse(k);
  const Size size = values.size();
  Plane<std::uint8_t> result{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      std::uint8_t value = erode ? 255 : 0;
      for (const auto& [dy, dx] : offsets) {
        if (y + dy < 0 || y + dy >= size.height || x + dx < 0 || x + dx >= size.width) continue;
        const std::uint8_t other = values(y + dy, x + dx);
        value = erode ? std::min(value, other) : std::max(value, other);
      }
      result(y, x) = value;
    }
  }
  return result;
}

/// Pixels within `background` or `foreground` of an unknown one, by trying every pixel.
Trimap near_unknown(const Plane<std::uint8_t>& alpha, int background, int foreground) {
  const Size size = alpha.size();
  Trimap trimap{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const int reach = alpha(y, x) == 255 ? foreground : background;
      bool is_near = false;
      for (int v = 0; v < size.height && !is_near; ++v) {
        for (int u = 0; u < size.width && !is_near; ++u) {
          const bool unknown = alpha(v, u) != 0 && alpha(v, u) != 255;
          is_near = unknown && (y - v) * (y - v) + (x - u) * (x - u) <= reach * reach;
        }
      }
      trimap(y, x) = is_near ? kUnknown : alpha(y, x) == 255 ? kForeground : kBackground;
    }
  }
  return trimap;
}

}  // namespace

TEST_CASE("every rule on one row of pixels, worked by hand", "[trimaps]") {
  const auto alpha = row_of({0, 0, 0, 77, 255, 255, 255});
  const auto [rule, expected] = GENERATE(table<std::string, std::vector<std::uint8_t>>(
      {{"opt", {0, 0, 0, 128, 255, 255, 255}},
       {"gfm:1", {0, 0, 0, 128, 255, 255, 255}},
       {"gfm:3", {0, 0, 128, 128, 128, 255, 255}},
       {"gca:1,3", {0, 0, 128, 128, 255, 255, 255}},
       {"gca:3,1", {0, 0, 0, 128, 128, 255, 255}},
       {"dimtorch:3,2", {0, 128, 128, 128, 128, 128, 255}},
       {"dimtorch:3,1:dilate-i=3", {128, 128, 128, 128, 128, 255, 255}},
       {"foamliu:2", {0, 128, 128, 128, 255, 255, 255}},
       {"bgm:1", {0, 128, 128, 128, 128, 255, 255}},
       {"dist:1", {0, 0, 128, 128, 128, 255, 255}},
       {"lsa:2,0", {0, 128, 128, 128, 255, 255, 255}},
       {"lsa:0,1", {0, 0, 0, 128, 128, 255, 255}},
       {"d-n:2", {0, 128, 128, 128, 128, 128, 255}},
       {"zhou2021:3,3", {0, 0, 128, 128, 128, 255, 255}},
       {"zhou2021:1,1,radius", {0, 0, 128, 128, 128, 255, 255}},
       {"matting-anything:1", {0, 0, 128, 128, 255, 255, 255}}}));
  CAPTURE(rule);
  CHECK(make(rule, alpha.view()) == row_of(expected));
}

TEST_CASE("an element of even size looks up and left alone, when it erodes and when it dilates",
          "[trimaps]") {
  // A mask grows where the element, laid on a pixel, meets it: to the right and down.
  CHECK(make("dimtorch:2,1", row_of({0, 0, 255, 255, 255, 0, 0}).view()) ==
        row_of({0, 0, 128, 255, 255, 128, 0}));
  Plane<std::uint8_t> point{Size{9, 9}};
  point(4, 4) = 9;
  const Trimap grown = make("gfm:4", point.view());
  CHECK(grown(6, 4) == kUnknown);
  CHECK(grown(2, 4) == kBackground);
  CHECK(grown(3, 4) == kUnknown);
  const TrimapCounts counts = count_levels(grown);
  CHECK(counts.unknown == static_cast<std::int64_t>(ellipse(4).size()));
}

TEST_CASE("dimtorch is grey erosion and dilation, by trying every pixel of the element",
          "[trimaps]") {
  const auto [k, i] = GENERATE(table<int, int>({{1, 1}, {2, 5}, {3, 2}, {4, 3}, {7, 1}, {10, 2}}));
  const Size size = GENERATE(Size{53, 37}, Size{40, 1}, Size{1, 29});
  CAPTURE(k, i, to_string(size));
  const Plane<std::uint8_t> alpha = patchy_matte(size, 3);
  Plane<std::uint8_t> eroded = alpha;
  Plane<std::uint8_t> dilated = alpha;
  for (int n = 0; n < i; ++n) {
    eroded = grey_morphology(eroded, k, true);
    dilated = grey_morphology(dilated, k, false);
  }
  Trimap expected{size, kUnknown};
  for (std::size_t p = 0; p < expected.values().size(); ++p) {
    if (eroded.values()[p] == 255) expected.values()[p] = kForeground;
    if (dilated.values()[p] == 0) expected.values()[p] = kBackground;
  }
  CHECK(make(fmt::format("dimtorch:{},{}", k, i), alpha.view()) == expected);
}

TEST_CASE("dist and lsa are the distances found by trying every pixel", "[trimaps]") {
  const auto [b, f] = GENERATE(table<int, int>({{0, 0}, {1, 1}, {3, 12}, {7, 2}, {20, 20}}));
  const Size size = GENERATE(Size{47, 31}, Size{60, 1}, Size{1, 60});
  CAPTURE(b, f, to_string(size));
  const Plane<std::uint8_t> alpha = patchy_matte(size, 8);
  CHECK(make(fmt::format("lsa:{},{}", b, f), alpha.view()) == near_unknown(alpha, b, f));
  CHECK(make(fmt::format("dist:{}", b), alpha.view()) == near_unknown(alpha, b, b));
}

TEST_CASE("a hard edge stays hard by distance and becomes unknown by ellipses", "[trimaps]") {
  const auto edge = row_of({0, 0, 0, 255, 255, 255});
  CHECK(make("dist:20", edge.view()) == edge);
  CHECK(make("gfm:3", edge.view()) == row_of({0, 0, 128, 128, 255, 255}));
}

TEST_CASE("gfm:k and gca:k,k are the same trimaps, odd or even", "[trimaps]") {
  const Plane<std::uint8_t> alpha = patchy_matte({90, 70}, 5);
  for (const int k : {1, 2, 5, 10, 25, 30}) {
    CAPTURE(k);
    CHECK(make(fmt::format("gfm:{}", k), alpha.view()) ==
          make(fmt::format("gca:{},{}", k, k), alpha.view()));
  }
}

TEST_CASE("mattes of 16 bits and floats give the trimaps of their own full scale", "[trimaps]") {
  const Plane<std::uint8_t> alpha = patchy_matte({50, 40}, 2);
  for (const TrimapRule* rule : all_rules()) {
    if (rule->needs_type) continue;
    CAPTURE(rule->facts.id);
    const Trimap expected = make(rule->facts.id, alpha.view());
    CHECK(make(rule->facts.id, to_u16(alpha.view()).view()) == expected);
    CHECK(make(rule->facts.id, to_f32(alpha.view()).view()) == expected);
  }
}

TEST_CASE("float values that are no shares are refused", "[trimaps]") {
  for (const float value : {-0.1F, 1.1F, std::numeric_limits<float>::quiet_NaN()}) {
    const Plane<float> alpha{Size{2, 1}, {0.5F, value}};
    CHECK_THROWS_WITH(make("gfm", alpha.view()), Contains("[0, 1]"));
  }
}

TEST_CASE("unified maps are AIM's equation of the trimap and the type", "[trimaps]") {
  const Plane<std::uint8_t> alpha = patchy_matte({80, 60}, 6);
  const Trimap trimap = make("gfm:30", alpha.view());
  CHECK(make("usr:SO", alpha.view()) == trimap);
  Trimap duomap = trimap;
  for (std::uint8_t& level : duomap.values()) level = level == 255 ? 128 : level;
  CHECK(make("usr:STM", alpha.view()) == duomap);
  CHECK(make("usr:NS", alpha.view()) == Trimap{alpha.size(), kUnknown});
  const ChosenRule by_tag = choose_rule("usr");
  CHECK(needs_type(by_tag));
  CHECK_FALSE(needs_type(choose_rule("usr:STM")));
  CHECK(make_trimap(by_tag,
                    {.alpha = alpha.view(), .type = imaging::ImageType::salient_transparent}, 0,
                    "a")
            .trimap == duomap);
  CHECK_THROWS_WITH(make("usr", alpha.view()), Contains("--types FILE") && Contains("usr:SO"));
}

TEST_CASE("what is drawn depends on the seed and the sample's name alone", "[trimaps][random]") {
  for (const TrimapRule* rule : all_rules()) {
    if (!rule->draws) continue;
    const std::string_view id = rule->facts.id;
    CAPTURE(id);
    std::set<std::string> drawn;
    for (int i = 0; i < 40; ++i) drawn.insert(made_by(id, 7, fmt::format("image_{}", i)));
    CHECK(drawn.size() > 8);
    CHECK(made_by(id, 7, "image_3") == made_by(id, 7, "image_3"));
    std::set<std::string> seeds;
    for (std::uint64_t seed = 0; seed < 40; ++seed) seeds.insert(made_by(id, seed, "image_3"));
    CHECK(seeds.size() > 8);
  }
}

// The numbers are those of a separate program that counts as core/random.hpp says.
TEST_CASE("drawn numbers are stable: a receipt of today can be made again", "[trimaps][random]") {
  CHECK(made_by("gca-random", 0, "o_0c8f03f0") == "gca:fg=23:bg=24");
  CHECK(made_by("qiao2020", 1, "GT01") == "dist:r=1");
}

TEST_CASE("random rules draw every number of their range, and none beyond", "[trimaps][random]") {
  std::map<std::string, int> radii;
  for (int i = 0; i < 2000; ++i) ++radii[made_by("dist-random", 1, std::to_string(i))];
  CHECK(radii.size() == 19);
  CHECK(radii.contains("dist:r=1"));
  CHECK(radii.contains("dist:r=19"));
  for (const auto& [rule, count] : radii) CHECK(count > 2000 / 19 / 2);
  for (int i = 0; i < 200; ++i) {
    const Options drawn = choose_rule(made_by("mmagic-random", 1, std::to_string(i))).options;
    CHECK(drawn.integer("i") == 1);
    CHECK(drawn.integer("dilate-i") == 1);
    CHECK(drawn.integer("k") <= 29);
    CHECK(drawn.integer("dilate-k") <= 29);
  }
  CHECK(made_by("gca-random:9,9", 1, "a") == "gca:fg=9:bg=9");
  CHECK_THROWS_WITH(made_by("gca-random:9,8", 1, "a"), Contains("min=9, max=8"));
}

TEST_CASE("a drawn trimap is that of the rule named as having made it", "[trimaps][random]") {
  const Plane<std::uint8_t> alpha = patchy_matte({60, 50}, 9);
  for (const TrimapRule* rule : all_rules()) {
    if (rule->needs_type) continue;
    CAPTURE(rule->facts.id);
    const MadeTrimap made =
        make_trimap(choose_rule(rule->facts.id), {.alpha = alpha.view()}, 3, "x");
    CHECK(make(made.made_by, alpha.view()) == made.trimap);
    CHECK_FALSE(choose_rule(made.made_by).rule->draws);
  }
}

TEST_CASE("every trimap rule cites a work of the references", "[trimaps]") {
  for (const TrimapRule* rule : all_rules()) {
    CAPTURE(rule->facts.id, rule->facts.cite);
    CHECK(is_in_references(rule->facts.cite));
    CHECK_FALSE(rule->facts.source.empty());
  }
}

TEST_CASE("papers' rules say what they stand for, and what is open", "[trimaps]") {
  CHECK(made_by("d-n:100", 0, "a") == "dist:r=100");
  CHECK(made_by("zhou2021", 0, "a") == "gca:fg=15:bg=15");
  CHECK(made_by("zhou2021:pixels=radius", 0, "a") == "gca:fg=31:bg=31");
  CHECK(made_by("zhou2021:15,50", 0, "a") == "gca:fg=15:bg=50");
  CHECK(made_by("matting-anything", 0, "a") == "foamliu:i=5");
  CHECK(made_by("qiao2020:by=gca", 0, "a").starts_with("gca:"));
  for (const char* id : {"d-n", "zhou2021", "qiao2020", "matting-anything"}) {
    CHECK_FALSE(find_rule(id).facts.open_choices.empty());
  }
}

TEST_CASE("unknown rules and numbers out of range are refused", "[trimaps]") {
  CHECK_THROWS_WITH(choose_rule("gmf:25"),
                    Contains("unknown rule 'gmf'") && Contains("mbench list rules"));
  CHECK_THROWS_WITH(choose_rule("gfm:0"), Contains("option 'k' of trimap rule 'gfm'"));
  CHECK_THROWS_WITH(choose_rule("opt:3"), Contains("too many values"));
  CHECK_THROWS_WITH(choose_rule("usr:XX"), Contains("SO, STM, NS"));
}

TEST_CASE("a range without a number to draw is refused before any sample is", "[trimaps]") {
  CHECK_THROWS_WITH(choose_rule("gca-random:20,5"), Contains("trimap rule 'gca-random'") &&
                                                        Contains("min at most max") &&
                                                        Contains("min=5:max=20"));
  CHECK_THROWS_WITH(choose_rule("dimtorch-random:min-i=15"), Contains("min-i at most max-i"));
  CHECK(choose_rule("gca-random:5,5").spelling == "gca-random:min=5:max=5");
}

TEST_CASE("a rule may be named with its kind, as explain tells namesakes apart", "[trimaps]") {
  CHECK(choose_rule("trimap:gca:15,3").spelling == "gca:fg=15:bg=3");
  CHECK_THROWS_WITH(choose_rule("compose:gca"), Contains("'compose'"));
}
