#include <algorithm>
#include <string>

#include "baselines/deep/network.hpp"
#include "baselines/method.hpp"
#include "core/error.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/networks_built.hpp"

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::testing;
using Catch::Contains;

namespace {

constexpr Size kSize{70, 45};  // no multiples of 32

/// Image, trimap and segmentation of one sample.
struct Inputs {
  Image image{noise_image(kSize, 1)};
  Trimap trimap{banded_trimap(kSize, 20, 25)};
  Plane<std::uint8_t> segmentation{noise_plane(kSize, 2)};

  [[nodiscard]] MattingInput view() const {
    return {.sample_id = "s", .image = image, .trimap = &trimap, .segmentation = &segmentation};
  }
};

/// Alpha where the trimap has that level, as its smallest and largest value.
std::pair<float, float> range_where(const Estimate& answer, const Trimap& trimap,
                                    std::uint8_t level) {
  const Plane<float> alpha = to_f32(answer.alpha);
  std::pair<float, float> range{2.0F, -1.0F};
  for (std::size_t i = 0; i < alpha.values().size(); ++i) {
    if (trimap.values()[i] != level) continue;
    range.first = std::min(range.first, alpha.values()[i]);
    range.second = std::max(range.second, alpha.values()[i]);
  }
  return range;
}

}  // namespace

TEST_CASE("the light non-local block has the cost of the paper's Table 6", "[baselines][zhou]") {
  if (!networks_are_built()) return;
  const auto attention = named_network("zhou-attention");
  CHECK(attention->parameters() == 25984);
  const Cost cost = attention->cost({512, 512});
  CHECK(cost.fvcore == 141'557'760);
  CHECK(cost.macs == 138'936'320);
}

TEST_CASE("Net-M is its parts: attention, refinement, encoder and decoder", "[baselines][zhou]") {
  if (!networks_are_built()) return;
  CHECK(named_network("zhou-net-m")->parameters() == 25'690'595);
  CHECK(*make_untrained("net-m")->facts().parameters - *make_untrained("nlm")->facts().parameters ==
        445'259);
}

TEST_CASE("Net-T answers one trimap, as trimap and as matte", "[baselines][zhou]") {
  if (!networks_are_built()) return;
  const Inputs inputs;
  const auto method = make_untrained("net-t");
  CHECK(method->facts().untrained);
  const Estimate answer = method->estimate(inputs.view());
  REQUIRE(answer.trimap.has_value());
  CHECK(answer.trimap->size() == kSize);
  CHECK(answer.alpha.size() == kSize);
  const Plane<float> alpha = to_f32(answer.alpha);
  for (std::size_t i = 0; i < alpha.values().size(); ++i) {
    const std::uint8_t level = answer.trimap->values()[i];
    const float expected = level == kForeground ? 1.0F : level == kUnknown ? 0.5F : 0.0F;
    REQUIRE(alpha.values()[i] == expected);
  }
}

TEST_CASE("Net-M and NLM set alpha where the trimap is certain", "[baselines][zhou]") {
  if (!networks_are_built()) return;
  const Inputs inputs;
  const Estimate refined = make_untrained("net-m")->estimate(inputs.view());
  const Estimate coarse = make_untrained("nlm")->estimate(inputs.view());
  for (const Estimate* answer : {&refined, &coarse}) {
    CHECK(range_where(*answer, inputs.trimap, kBackground) == std::pair{0.0F, 0.0F});
    CHECK(range_where(*answer, inputs.trimap, kForeground) == std::pair{1.0F, 1.0F});
    const auto [low, high] = range_where(*answer, inputs.trimap, kUnknown);
    CHECK(low >= 0.0F);
    CHECK(high <= 1.0F);
  }
  CHECK(testing::largest_difference(refined.alpha, coarse.alpha) > 1e-3);
}

TEST_CASE("hard fusion sets alpha where Net-T is certain, soft fusion does not",
          "[baselines][zhou]") {
  if (!networks_are_built()) return;
  const Inputs inputs;
  const Estimate hard = make_untrained("ji-hard")->estimate(inputs.view());
  const Estimate soft = make_untrained("ji-soft")->estimate(inputs.view());
  const Estimate net_t = make_untrained("net-t")->estimate(inputs.view());
  REQUIRE(hard.trimap.has_value());
  CHECK(*hard.trimap == *net_t.trimap);
  CHECK(*soft.trimap == *net_t.trimap);
  for (const std::uint8_t level : {kBackground, kForeground}) {
    if (std::ranges::find(hard.trimap->values(), level) == hard.trimap->values().end()) continue;
    const float known = level == kForeground ? 1.0F : 0.0F;
    CHECK(range_where(hard, *hard.trimap, level) == std::pair{known, known});
    CHECK(range_where(soft, *soft.trimap, level) != std::pair{known, known});
  }
  const Estimate coarse = make_untrained("ji-soft:coarse=yes")->estimate(inputs.view());
  CHECK(testing::largest_difference(soft.alpha, coarse.alpha) > 0.0);
}

TEST_CASE("each network of Joint Inference takes weights of its own", "[baselines][zhou]") {
  if (!networks_are_built()) return;
  const auto one = make_untrained("ji-soft")->facts();
  const auto two = make_untrained("ji-soft:net-m=recipe:2")->facts();
  CHECK(one.weights == "recipe:1");
  CHECK(two.weights == "recipe:1 + recipe:2");
  CHECK(one.weights_sha256 != two.weights_sha256);

  const MethodEntry& entry = find_method("ji-soft");
  try {
    (void)make_method(
        entry, {.options = {entry.options, {}, "method"}, .weights = parse_weights("both.pth")});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    CHECK_THAT(error.parts().expected, Contains("net-t=FILE:net-m=FILE"));
  }
}

TEST_CASE("methods that start from a segmentation refuse a sample without", "[baselines][zhou]") {
  if (!networks_are_built()) return;
  const Inputs inputs;
  const Plane<std::uint8_t> small{Size{5, 5}};
  for (const std::string id : {"net-t", "ji-soft", "ji-hard"}) {
    CAPTURE(id);
    const auto method = make_untrained(id);
    MattingInput input = inputs.view();
    input.segmentation = nullptr;
    CHECK_THROWS_WITH(method->estimate(input), Contains(id + "' needs a segmentation"));
    input.segmentation = &small;
    CHECK_THROWS_WITH(method->estimate(input), Contains("must have one size"));
  }
}

TEST_CASE("an image of one pixel is matted", "[baselines][zhou]") {
  if (!networks_are_built()) return;
  const Image image = noise_image({1, 1}, 1);
  const Trimap trimap{Size{1, 1}, kUnknown};
  const Plane<std::uint8_t> segmentation{Size{1, 1}, std::uint8_t{200}};
  const MattingInput input{
      .sample_id = "s", .image = image, .trimap = &trimap, .segmentation = &segmentation};
  for (const std::string_view id : {"net-m", "ji-soft"}) {
    CAPTURE(id);
    CHECK(make_untrained(id)->estimate(input).alpha.size() == Size{1, 1});
  }
}

TEST_CASE("the multiply-accumulates in records are counted", "[baselines][zhou][.slow]") {
  if (!networks_are_built()) return;
  constexpr Size kMacsSize{800, 800};
  const std::int64_t net_t = named_network("zhou-net-t")->cost(kMacsSize).macs;
  const std::int64_t net_m = named_network("zhou-net-m")->cost(kMacsSize).macs;
  const auto facts = [](std::string_view method) {
    return make_untrained(method)->facts().macs.value();
  };
  CHECK(facts("net-t") == net_t);
  CHECK(facts("net-m") == net_m);
  CHECK(facts("ji-soft") == net_t + net_m);
  CHECK(facts("net-m") - facts("nlm") == facts("ji-hard") - facts("ji-hard:coarse=yes"));
}
