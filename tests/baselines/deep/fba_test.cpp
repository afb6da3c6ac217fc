#include <algorithm>
#include <cmath>

#include "baselines/deep/fba/routine.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/networks_built.hpp"

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::deep;
using namespace mbench::testing;

namespace {

constexpr auto kLinear = imaging::Interpolation::linear;
constexpr auto kLanczos = imaging::Interpolation::lanczos4;

/// The seven channels, each with one value everywhere.
std::array<Plane<float>, 7> flat_output(Size size, const std::array<float, 7>& values) {
  std::array<Plane<float>, 7> planes;
  std::ranges::transform(values, planes.begin(), [size](float value) {
    return Plane<float>{size, value};
  });
  return planes;
}

bool is_everywhere(const Plane<float>& plane, float value) {
  return std::ranges::all_of(plane.values(), [value](float found) { return found == value; });
}

double largest(const Plane<double>& plane) { return *std::ranges::max_element(plane.values()); }

}  // namespace

TEST_CASE("FBA's network sees how near the certain regions are, at three scales",
          "[baselines][fba]") {
  // Background in column 0, foreground in column 15.
  const Trimap trimap = banded_trimap({16, 8}, 1, 1);
  const Scene scene = random_scene({16, 8}, 1);
  const FbaInput input = fba_input(Image{scene.image}, trimap);
  REQUIRE(input.image.size() == Size{16, 8});
  CHECK(input.image(3, 5).g == scene.image(3, 5).g / 255.0);
  for (int x = 0; x < 16; ++x) {
    CAPTURE(x);
    CHECK(input.certain[0](4, x) == (x == 0 ? 1.0 : 0.0));
    CHECK(input.certain[1](4, x) == (x == 15 ? 1.0 : 0.0));
    for (const auto& [map, sigma] : {std::pair{0, 6.4}, {1, 25.6}, {2, 51.2}}) {
      const auto k = static_cast<std::size_t>(map);
      const auto expected = [sigma = sigma](int d) {
        return std::exp(-d * d / (2 * sigma * sigma));
      };
      CHECK(input.nearness[k](4, x) == Approx(expected(x)).epsilon(1e-6));
      CHECK(input.nearness[k + 3](4, x) == Approx(expected(15 - x)).epsilon(1e-6));
    }
  }
}

TEST_CASE("nothing is near to a region that the trimap has not", "[baselines][fba]") {
  const Trimap trimap{Size{8, 8}, kUnknown};
  const FbaInput input = fba_input(noise_image({8, 8}, 1), trimap);
  for (const Plane<float>& map : input.nearness) CHECK(is_everywhere(map, 0.0F));
}

TEST_CASE("FBA resizes to multiples of 8, and where Lanczos overshoots the 8 bits wrap around",
          "[baselines][fba]") {
  Trimap trimap{Size{61, 45}, kUnknown};
  for (int y = 0; y < 45; ++y) {
    for (int x = 0; x < 61; ++x) {
      if (x < 20) trimap(y, x) = kBackground;
    }
  }
  const FbaInput input = fba_input(noise_image({61, 45}, 1), trimap);
  REQUIRE(input.image.size() == Size{64, 48});
  REQUIRE(input.nearness[0].size() == Size{64, 48});
  CHECK(largest(input.certain[0]) > 1.01);
  int wrapped = 0;
  for (int x = 0; x < 64; ++x) {
    const double over = (1.0 - input.certain[0](20, x)) * 255.0;
    const bool is_near = input.nearness[0](20, x) == 1.0F;
    // Truncation towards 0: what lies within (-1, 1) of 0 is certain, further overshoot is not,
    // and undershoot from 256 to 257 is.
    CHECK(is_near == (static_cast<int>(over) % 256 == 0));
    if (over <= -1.0) ++wrapped;
  }
  CHECK(wrapped > 0);  // a saturating cast would call these pixels certain
}

TEST_CASE("FBA's colours are the image's own where alpha is 0 or 1", "[baselines][fba]") {
  const Size size{13, 11};
  const Trimap trimap = banded_trimap(size, 3, 4);
  const Scene scene = random_scene(size, 2);
  const auto output = flat_output({16, 16}, {0.5F, 0.1F, 0.2F, 0.3F, 0.6F, 0.7F, 0.8F});
  for (const auto interpolation : {kLinear, kLanczos}) {
    const FbaLayers layers = fba_layers(output, Image{scene.image}, trimap, interpolation);
    const auto own = [&](int y, int x) {
      const auto& pixel = scene.image(y, x);
      return Rgb<float>{static_cast<float>(pixel.r / 255.0), static_cast<float>(pixel.g / 255.0),
                        static_cast<float>(pixel.b / 255.0)};
    };
    REQUIRE(layers.alpha.size() == size);
    CHECK(layers.alpha(5, 1) == 0.0F);
    CHECK(layers.alpha(5, 6) == Approx(0.5).epsilon(1e-6));
    CHECK(layers.alpha(5, 11) == 1.0F);
    CHECK(layers.background(5, 1) == own(5, 1));
    CHECK(layers.foreground(5, 1).b == Approx(0.3).epsilon(1e-6));
    CHECK(layers.foreground(5, 11) == own(5, 11));
    CHECK(layers.background(5, 11).r == Approx(0.6).epsilon(1e-6));
    CHECK(layers.foreground(5, 6).g == Approx(0.2).epsilon(1e-6));
    CHECK(layers.background(5, 6).g == Approx(0.7).epsilon(1e-6));
  }
}

TEST_CASE("FBA's answers stay within 0 and 1 where Lanczos overshoots", "[baselines][fba]") {
  const Size size{29, 21};
  std::array<Plane<float>, 7> output = flat_output({32, 24}, {0, 0, 0, 0, 0, 0, 0});
  for (Plane<float>& plane : output) {
    for (int y = 0; y < 24; ++y) {
      for (int x = 16; x < 32; ++x) plane(y, x) = 1.0F;
    }
  }
  const FbaLayers layers =
      fba_layers(output, noise_image(size, 3), Trimap{size, kUnknown}, kLanczos);
  const auto within = [](float value) { return value >= 0.0F && value <= 1.0F; };
  CHECK(std::ranges::all_of(layers.alpha.values(), within));
  for (const auto* colours : {&layers.foreground, &layers.background}) {
    CHECK(std::ranges::all_of(colours->values(), [&](const auto& pixel) {
      return within(pixel.r) && within(pixel.g) && within(pixel.b);
    }));
  }
}

TEST_CASE("fba answers images of any size, with layers when it is asked for them",
          "[baselines][deep][fba]") {
  if (!networks_are_built()) return;
  for (const Size size : {Size{1, 1}, Size{40, 31}}) {
    CAPTURE(to_string(size));
    const Image image = noise_image(size, 3);
    const Trimap trimap = noise_trimap(size, 3);
    const MattingInput input{.sample_id = "s", .image = image, .trimap = &trimap};
    const Estimate plain = make_untrained("fba")->estimate(input);
    REQUIRE(plain.alpha.size() == size);
    CHECK_NOTHROW(to_u8(plain.alpha));  // refuses NaN and values outside [0, 1]
    CHECK_FALSE(plain.foreground);
    CHECK_FALSE(plain.background);

    const Estimate layered = make_untrained("fba:layers=yes")->estimate(input);
    CHECK(layered.alpha == plain.alpha);
    REQUIRE(layered.foreground);
    REQUIRE(layered.background);
    CHECK(layered.foreground->size() == size);
    const Plane<float> alpha = to_f32(layered.alpha);
    for (std::size_t i = 0; i < trimap.values().size(); ++i) {
      if (trimap.values()[i] == kForeground) CHECK(alpha.values()[i] == 1.0F);
      if (trimap.values()[i] == kBackground) CHECK(alpha.values()[i] == 0.0F);
    }
  }
}

TEST_CASE("fba brings its answer in line with the image itself, in half precision too",
          "[baselines][deep][fba]") {
  if (!networks_are_built()) return;
  // The network says 0.5 everywhere, in every precision: only the image makes answers differ.
  Recipe recipe;
  recipe.overrides["decoder.conv_up4.4.weight"] = {.factor = 0.0, .offset = 0.0};
  recipe.overrides["decoder.conv_up4.4.bias"] = {.factor = 0.0, .offset = 0.5};
  const Image image = noise_image({64, 64}, 5);
  const Trimap trimap{image.size(), kUnknown};
  const auto answer = [&](Precision precision) {
    return make_untrained("fba:layers=yes", recipe, precision)
        ->estimate({.sample_id = "s", .image = image, .trimap = &trimap});
  };
  const Estimate single = answer(Precision::fp32);
  const Estimate half = answer(Precision::bf16);
  CHECK(half.alpha == single.alpha);
  CHECK(half.foreground == single.foreground);
  CHECK(half.background == single.background);
}

TEST_CASE("fba's cost is stated as its network counts it", "[baselines][deep][fba]") {
  if (!networks_are_built()) return;
  const MethodFacts facts = make_untrained("fba")->facts();
  const auto network = untrained_network("fba");
  CHECK(facts.parameters == network->parameters());
  const std::int64_t small = network->cost({32, 32}).macs;
  const std::int64_t pooled = 50 * 2048 * 256;  // the same for every size
  CHECK(facts.macs == (small - pooled) * 625 + pooled);
}

TEST_CASE("fba refuses a sample without a trimap", "[baselines][deep][fba]") {
  if (!networks_are_built()) return;
  const Image image = noise_image({8, 8}, 1);
  CHECK_THROWS_WITH(make_untrained("fba")->estimate({.sample_id = "GT01", .image = image}),
                    Catch::Contains("method 'fba' needs a trimap"));
}
