#include <algorithm>

#include "tests/baselines/networks.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/networks_built.hpp"

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::testing;

namespace {

constexpr Size kSize{70, 45};  // a multiple of nothing that the networks want

std::string variant_of(std::string_view variant) {
  return "adamatting:variant=" + std::string{variant};
}

}  // namespace

TEST_CASE("AdaMatting's alpha is certain where its own trimap is",
          "[baselines][deep][adamatting]") {
  if (!networks_are_built()) return;
  const std::string variant = GENERATE("paper", "waterbearbee");
  CAPTURE(variant);
  const Scene scene = random_scene(kSize, 5);
  const Image image{scene.image};
  const Estimate answer =
      make_untrained(variant_of(variant))
          ->estimate({.sample_id = "s", .image = image, .trimap = &scene.trimap});
  REQUIRE(answer.trimap);
  REQUIRE(answer.trimap->size() == kSize);
  REQUIRE(answer.alpha.size() == kSize);
  CHECK(answer.degenerate.empty());
  CHECK(count_levels(*answer.trimap).other == 0);
  bool certain = true, within = true;
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      const double alpha = answer.alpha.view().alpha(y, x);
      const std::uint8_t level = (*answer.trimap)(y, x);
      within = within && alpha >= 0.0 && alpha <= 1.0;
      certain = certain && (level != kBackground || alpha == 0.0);
      certain = certain && (level != kForeground || alpha == 1.0);
    }
  }
  CHECK(certain);
  CHECK(within);
}

TEST_CASE("AdaMatting's network gets normalised colours and the trimap, completed by mirror images",
          "[baselines][deep][adamatting]") {
  if (!networks_are_built()) return;
  const std::string variant = GENERATE("paper", "waterbearbee");
  CAPTURE(variant);
  const Scene scene = random_scene(kSize, 6);
  const Image image{scene.image};
  const Estimate answer =
      make_untrained(variant_of(variant))
          ->estimate({.sample_id = "s", .image = image, .trimap = &scene.trimap});

  const auto mirrored = [](int i, int count) { return i < count ? i : 2 * (count - 1) - i; };
  const Size padded = variant == "paper" ? Size{96, 64} : Size{80, 48};
  const Array input = make_array(4, padded, [&](int channel, int y, int x) {
    constexpr std::array kMean{0.485, 0.456, 0.406}, kDeviation{0.229, 0.224, 0.225};
    const int row = mirrored(y, kSize.height), column = mirrored(x, kSize.width);
    if (channel == 3) return scene.trimap(row, column) / 255.0;
    const Rgb<std::uint8_t>& pixel = scene.image(row, column);
    const std::array<std::uint8_t, 3> values{pixel.r, pixel.g, pixel.b};
    const auto c = static_cast<std::size_t>(channel);
    return (values[c] / 255.0 - kMean[c]) / kDeviation[c];
  });
  const auto network =
      untrained_network(variant == "paper" ? "adamatting" : "adamatting-waterbearbee");
  const Arrays outputs = network->run({{"input", input}}, {});
  const Array& alpha = outputs.at("output_alpha");
  const Array& classes = outputs.at("output_argmax");
  double difference = 0.0;
  int other_classes = 0;
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      const auto place = static_cast<std::size_t>(y * padded.width + x);
      const auto level = static_cast<std::size_t>(classes.values[place]);
      constexpr std::array kLevels{kBackground, kUnknown, kForeground};
      if ((*answer.trimap)(y, x) != kLevels[level]) {
        ++other_classes;
      } else if (level == 1) {
        const double expected = std::clamp(at(alpha, 0, y, x), 0.0F, 1.0F);
        difference = std::max(difference, std::abs(expected - answer.alpha.view().alpha(y, x)));
      }
    }
  }
  CHECK(other_classes <= 3);  // ties fall either way with the input's last digits
  CHECK(difference < 1e-3);   // as do the classes that waterbearbee's network feeds on
}

TEST_CASE("AdaMatting works on a trimap that says nothing", "[baselines][deep][adamatting]") {
  if (!networks_are_built()) return;
  const Scene scene = random_scene(Size{32, 32}, 7);
  const Image image{scene.image};
  const Trimap unknown{Size{32, 32}, kUnknown};
  const auto method = make_untrained("adamatting:variant=waterbearbee");
  CHECK(
      method->estimate({.sample_id = "s", .image = image, .trimap = &unknown}).degenerate.empty());
}

TEST_CASE("AdaMatting refuses a sample without a trimap", "[baselines][deep][adamatting]") {
  if (!networks_are_built()) return;
  const Image image{random_scene(Size{32, 32}, 7).image};
  const auto method = make_untrained("adamatting:variant=waterbearbee");
  CHECK_THROWS_WITH(method->estimate({.sample_id = "GT01", .image = image}),
                    Catch::Contains("method 'adamatting' needs a trimap"));
  CHECK(find_method("adamatting").needs.trimap);
  CHECK(find_method("adamatting").gives_trimap);
}

TEST_CASE("AdaMatting's cost is stated as its networks count it", "[baselines][deep][adamatting]") {
  if (!networks_are_built()) return;
  const bool paper = GENERATE(true, false);
  CAPTURE(paper);
  const MethodFacts facts = make_untrained(variant_of(paper ? "paper" : "waterbearbee"))->facts();
  const auto network = untrained_network(paper ? "adamatting" : "adamatting-waterbearbee");
  CHECK(facts.parameters == network->parameters());
  // Nothing in these networks pools the whole image: cost grows with the pixels.
  CHECK(facts.macs == network->cost({32, 32}).macs * 625);
  CHECK(facts.macs_size == Size{800, 800});
}
