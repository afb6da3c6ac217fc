#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "imaging/resample.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/networks_built.hpp"

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::testing;

namespace {

/// What the networks take, from 8-bit colours and levels.
Array network_input(const Plane<Rgb<std::uint8_t>>& image, const Plane<std::uint8_t>& trimap) {
  return make_array(4, image.size(), [&](int channel, int y, int x) {
    constexpr std::array kMean{0.485, 0.456, 0.406}, kDeviation{0.229, 0.224, 0.225};
    if (channel == 3) return trimap(y, x) / 255.0;
    const std::array<std::uint8_t, 3> values{image(y, x).r, image(y, x).g, image(y, x).b};
    const auto c = static_cast<std::size_t>(channel);
    return (values[c] / 255.0 - kMean[c]) / kDeviation[c];
  });
}

/// Largest difference between the method's alpha and `expected` where the trimap is unknown; at
/// least 1 if alpha is not 0 and 1 where it is certain.
double difference(const Matte& alpha, const Plane<float>& expected, const Trimap& trimap) {
  const Plane<float> found = to_f32(alpha);
  double largest = 0.0;
  for (std::size_t i = 0; i < trimap.values().size(); ++i) {
    const float value = found.values()[i];
    const std::uint8_t level = trimap.values()[i];
    if (level == kUnknown) {
      largest = std::max(largest, std::abs(double{value} - double{expected.values()[i]}));
    } else if (value != (level == kForeground ? 1.0F : 0.0F)) {
      return 1.0;
    }
  }
  return largest;
}

constexpr Size kSize{75, 67};  // multiples of nothing

}  // namespace

TEST_CASE("dim sees image and trimap bilinearly at the multiples of 32 below, and goes back so",
          "[baselines][deep][dim]") {
  if (!networks_are_built()) return;
  const std::string stage = GENERATE("1", "2");
  CAPTURE(stage);
  const Scene scene = random_scene(kSize, 3);
  const Image image{scene.image};
  const Estimate answer =
      make_untrained("dim:stage=" + stage)
          ->estimate({.sample_id = "s", .image = image, .trimap = &scene.trimap});
  REQUIRE(answer.alpha.size() == kSize);
  REQUIRE(answer.times);

  constexpr auto kLinear = imaging::Interpolation::linear;
  constexpr Size kSmall{64, 64};
  const Array input = network_input(imaging::resize_opencv(scene.image, kSmall, kLinear),
                                    imaging::resize_opencv(scene.trimap, kSmall, kLinear));
  const bool refines = stage != "1";
  const Arrays outputs =
      untrained_network(refines ? "dim-stage3" : "dim")->run({{"input", input}}, {});
  const Plane<float> small{kSmall, outputs.at(refines ? "output_refined" : "output").values};
  CHECK(difference(answer.alpha, imaging::resize_opencv(small, kSize, kLinear), scene.trimap) <
        1e-5);
}

TEST_CASE("dim enlarges sides below 32 pixels, with which its program fails",
          "[baselines][deep][dim]") {
  if (!networks_are_built()) return;
  const Size size{5, 40};
  const Image image = noise_image(size, 2);
  const Trimap trimap = noise_trimap(size, 2);
  const Estimate answer =
      make_untrained("dim")->estimate({.sample_id = "s", .image = image, .trimap = &trimap});
  REQUIRE(answer.alpha.size() == size);
  CHECK_NOTHROW(to_u8(answer.alpha));  // refuses NaN and values outside [0, 1]
}

TEST_CASE("foamliu's dim takes images as they are", "[baselines][deep][dim]") {
  if (!networks_are_built()) return;
  const Scene scene = random_scene(kSize, 4);
  const Image image{scene.image};
  const Estimate answer =
      make_untrained("dim:program=foamliu")
          ->estimate({.sample_id = "s", .image = image, .trimap = &scene.trimap});
  const Arrays outputs = untrained_network("dim-foamliu")
                             ->run({{"input", network_input(scene.image, scene.trimap)}}, {});
  const Array& output = outputs.at("output");
  REQUIRE(output.shape == std::vector<std::int64_t>{1, kSize.height, kSize.width});
  CHECK(difference(answer.alpha, Plane<float>{kSize, output.values}, scene.trimap) < 1e-5);
}

TEST_CASE("foamliu's dim refuses images below 32 pixels and stages that it has not",
          "[baselines][deep][dim]") {
  if (!networks_are_built()) return;
  const Image image = noise_image({31, 64}, 1);
  const Trimap trimap = noise_trimap({31, 64}, 1);
  const auto method = make_untrained("dim:program=foamliu");
  CHECK_THROWS_WITH(
      method->estimate({.sample_id = "GT01", .image = image, .trimap = &trimap}),
      Catch::Contains("too small") && Catch::Contains("GT01") && Catch::Contains("31x64"));
  CHECK_THROWS_WITH(make_untrained("dim:program=foamliu:stage=3"),
                    Catch::Contains("no refinement network"));
  CHECK_THROWS_WITH(make_untrained("dim")->estimate({.sample_id = "GT01", .image = image}),
                    Catch::Contains("method 'dim' needs a trimap"));
}

TEST_CASE("dim says which file of foamliu's is published, and that it must be saved anew",
          "[baselines][deep][dim]") {
  if (!networks_are_built()) return;
  const MethodEntry& entry = find_method("dim");
  CHECK_THROWS_WITH(
      entry.make({.options = Options{entry.options, {{"program", "foamliu"}}, "method 'dim'"}}),
      Catch::Contains("BEST_checkpoint.tar") && !Catch::Contains("none are published"));
}

TEST_CASE("dim's cost is stated as its networks count it", "[baselines][deep][dim]") {
  if (!networks_are_built()) return;
  const auto [text, id] = GENERATE(table<std::string, std::string>(
      {{"dim", "dim"}, {"dim:stage=3", "dim-stage3"}, {"dim:program=foamliu", "dim-foamliu"}}));
  CAPTURE(text);
  const MethodFacts facts = make_untrained(text)->facts();
  const auto network = untrained_network(id);
  CHECK(facts.parameters == network->parameters());
  CHECK(facts.macs == network->cost({32, 32}).macs * 625);  // nothing in them has a fixed size
  CHECK(facts.macs_size == Size{800, 800});
}
