#include <algorithm>
#include <cmath>

#include "tests/baselines/deep/trimap_networks.hpp"

using namespace mbench;
using namespace mbench::testing;
using baselines::Array;
using baselines::Arrays;

namespace {

/// Features of an image of 192 x 128 pixels, a third of it unknown.
Arrays features() {
  constexpr Size kSize{24, 16};
  Array unknown{.shape = {1, 1, kSize.height, kSize.width}};
  for (std::int64_t i = 0; i < kSize.pixels(); ++i) {
    unknown.values.push_back(i % kSize.width < 8 ? 1.0F : 0.0F);
  }
  return {{"guidance", noise_array(128, kSize, 1)},
          {"alpha", noise_array(128, kSize, 2)},
          {"unknown", unknown}};
}

double largest_difference(const Array& left, const Array& right) {
  REQUIRE(left.shape == right.shape);
  double largest = 0.0;
  for (std::size_t i = 0; i < left.values.size(); ++i) {
    largest = std::max(largest, std::abs(double{left.values[i]} - double{right.values[i]}));
  }
  return largest;
}

}  // namespace

TEST_CASE("GCA's two attentions have the cost that zhou2021 gives in Table 6",
          "[baselines][deep][gca]") {
  const auto attentions = untrained_network("gca-attention");
  CHECK(attentions->parameters() == 49'792);
  const baselines::Cost cost = attentions->cost({512, 512});
  CHECK(cost.fvcore == 3'562'145'792);
  CHECK(cost.macs == 5'704'253'440);  // a transposed convolution counted by its input
}

TEST_CASE("GCA's attention in parts is its attention at once", "[baselines][deep][gca]") {
  const Arrays inputs = features();
  const Array at_once = untrained_network("gca-attention")->run(inputs, {}).at("output");
  const auto attentions = untrained_network("gca-attention-in-parts");
  // 700 scores at a time: of 96 positions 7 and, in the end, 5.
  CHECK(largest_difference(at_once, attentions->run(inputs, {}).at("output")) < 1e-5);
  CHECK(largest_difference(at_once, inputs.at("alpha")) > 1e-2);
  // At once, the transposed convolution makes fvcore's figure the smaller one.
  const baselines::Cost cost = attentions->cost({192, 128});
  CHECK(cost.fvcore > cost.macs);
}

TEST_CASE("GCA's attention tells unknown positions from known ones", "[baselines][deep][gca]") {
  const auto attentions = untrained_network("gca-attention");
  Arrays inputs = features();
  const Array some = attentions->run(inputs, {}).at("output");
  for (float& value : inputs["unknown"].values) value = 0.0F;
  const Array none = attentions->run(inputs, {}).at("output");
  CHECK(largest_difference(some, none) > 1e-3);
  for (float& value : inputs["unknown"].values) value = 1.0F;
  const Array all = attentions->run(inputs, {}).at("output");
  CHECK(largest_difference(none, all) > 1e-3);  // no position may attend to itself
  CHECK(std::ranges::all_of(all.values, [](float value) { return std::isfinite(value); }));
}

TEST_CASE("GCA attends in parts to images of more than 2 megapixels",
          "[.slow][baselines][deep][gca]") {
  // At once, the transposed convolution makes fvcore's figure the smaller one.
  const baselines::Cost cost = untrained_network("gca-attention")->cost({1472, 1472});
  CHECK(cost.fvcore > cost.macs);
}

TEST_CASE("gca and its baseline answer images of any size and keep what the trimap knows",
          "[baselines][deep][gca]") {
  for (const char* text : {"gca", "gca:frame=yes", "gca:variant=baseline"}) {
    CAPTURE(text);
    const auto method = make_untrained(text);
    for (const Size size : {Size{1, 1}, Size{64, 32}, Size{70, 45}}) {
      CHECK(checked_matte(*method, size).size() == size);
    }
  }
}

TEST_CASE("gca's alpha is its network's, cropped", "[baselines][deep][gca]") {
  CHECK(difference_from_mirrored_network("gca", "gca", 32, 6) < 1e-5);
  CHECK(difference_from_mirrored_network("gca:variant=baseline", "gca-baseline", 32, 6) < 1e-5);
}

TEST_CASE("gca's frame of mirrored pixels changes alpha", "[baselines][deep][gca]") {
  const Plane<float> without = checked_matte(*make_untrained("gca"), {64, 32});
  CHECK(checked_matte(*make_untrained("gca:frame=no"), {64, 32}) == without);
  CHECK(checked_matte(*make_untrained("gca:frame=yes"), {64, 32}) != without);
}

TEST_CASE("gca says what its networks cost", "[baselines][deep][gca]") {
  const auto facts = make_untrained("gca")->facts();
  CHECK(facts.untrained);
  CHECK(facts.parameters == 25'269'144);
  const auto baseline = make_untrained("gca:variant=baseline")->facts();
  // Both attentions and the guidance head: its weights, spectral vectors and normalisations.
  constexpr std::int64_t kHead =
      (16 * 27 + 16 + 27) + (32 * 144 + 32 + 144) + (128 * 288 + 128 + 288) + 2 * (16 + 32 + 128);
  CHECK(*facts.parameters - *baseline.parameters == 49'792 + kHead);
}

TEST_CASE("gca's multiply-accumulates in records are counted", "[.slow][baselines][deep][gca]") {
  constexpr Size kMacsSize{800, 800};
  for (const auto& [method, network] :
       {std::pair{"gca", "gca"}, std::pair{"gca:variant=baseline", "gca-baseline"}}) {
    CAPTURE(method);
    CHECK(make_untrained(method)->facts().macs == untrained_network(network)->cost(kMacsSize).macs);
  }
}

TEST_CASE("gca's baseline has no published weights", "[baselines][deep][gca]") {
  const baselines::MethodEntry& entry = baselines::find_method("gca");
  CHECK_THROWS_WITH(
      entry.make({.options = Options{entry.options, {{"variant", "baseline"}}, "method 'gca'"}}),
      Catch::Contains("none are published"));
}
