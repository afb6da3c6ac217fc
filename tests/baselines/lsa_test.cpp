#include <algorithm>

#include "baselines/deep/entries.hpp"
#include "baselines/deep/known_regions.hpp"
#include "baselines/deep/lsa/routine.hpp"
#include "baselines/deep/network.hpp"
#include "baselines/method.hpp"
#include "baselines/tta.hpp"
#include "core/error.hpp"
#include "imaging/eight_bit.hpp"
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

using Colours = Plane<Rgb<std::uint8_t>>;

/// Answers a tenth everywhere and counts its calls.
LsaPredict tenth(std::vector<Size>& sizes) {
  return [&sizes](const Colours& image, const Trimap&) {
    sizes.push_back(image.size());
    return Plane<float>{image.size(), 0.1F};
  };
}

/// That of the stored references, under which alpha spreads over 0 to 1.
Recipe recipe() {
  return {.seed = 1,
          .overrides = {{"decoder.final_final.conv3.weight", {4.0, 0.0}},
                        {"decoder.final_final.conv3.bias", {1.0, 0.1}}}};
}

/// "lsa:br=5" with weights by formula.
std::unique_ptr<Method> untrained(std::string_view text, Precision precision = Precision::fp32) {
  return make_untrained(text, recipe(), precision);
}

/// Largest difference of alpha where the trimap is unknown.
float largest_change(const Matte& left, const Matte& right, const Trimap& trimap) {
  const Plane<float> first = to_f32(left);
  const Plane<float> second = to_f32(right);
  float largest = 0.0F;
  for (std::size_t i = 0; i < first.values().size(); ++i) {
    if (trimap.values()[i] != kUnknown) continue;
    largest = std::max(largest, std::abs(first.values()[i] - second.values()[i]));
  }
  return largest;
}

}  // namespace

TEST_CASE("LSA's network sees the image mirrored to multiples of 64, then framed by 32 pixels",
          "[baselines][lsa]") {
  const Size size{70, 30};
  const Colours image = random_scene(size, 4).image;
  const Trimap trimap = noise_trimap(size, 4);
  Colours seen;
  Trimap seen_trimap;
  const Plane<float> alpha = lsa_single(image, trimap, [&](const Colours& i, const Trimap& t) {
    seen = i;
    seen_trimap = t;
    Plane<float> columns{i.size()};
    for (int y = 0; y < i.size().height; ++y) {
      for (int x = 0; x < i.size().width; ++x) columns(y, x) = static_cast<float>(x);
    }
    return columns;
  });
  REQUIRE(seen.size() == Size{128 + 64, 64 + 64});
  REQUIRE(seen_trimap.size() == seen.size());
  CHECK(seen(32, 32) == image(0, 0));
  CHECK(seen(32 + 29, 32 + 69) == image(29, 69));
  CHECK(seen(32 + 30, 32 + 70) == image(28, 68));  // mirrored, the edge not repeated
  CHECK(seen(16, 16) == image(16, 16));            // 16 pixels beyond the corner
  CHECK(seen_trimap(16, 16) == trimap(16, 16));
  CHECK(seen(15, 60) == Rgb<std::uint8_t>{});  // the frame of zeros
  CHECK(seen(60, 128 + 64 - 16) == Rgb<std::uint8_t>{});
  CHECK(seen_trimap(15, 60) == 0);
  REQUIRE(alpha.size() == size);
  for (int x = 0; x < size.width; ++x) {
    const float expected = trimap(3, x) == kForeground   ? 1.0F
                           : trimap(3, x) == kBackground ? 0.0F
                                                         : static_cast<float>(x + 32);
    CHECK(alpha(3, x) == expected);
  }
}

TEST_CASE("LSA reduces a side beyond 2176 pixels, each for itself", "[baselines][lsa]") {
  std::vector<Size> sizes;
  const Size size{2200, 3};
  const Plane<float> alpha = lsa_limited(Colours{size}, Trimap{size, kUnknown}, tenth(sizes));
  CHECK(sizes == std::vector<Size>{{2176 + 64, 64 + 64}});
  CHECK(largest_difference(Matte{alpha}, Matte{Plane<float>{size, 0.1F}}) < 1e-6);
}

TEST_CASE("LSA's test-time augmentation asks 8 times at each of three sizes, rounded down",
          "[baselines][lsa]") {
  std::vector<Size> sizes;
  const Size size{90, 61};
  const Plane<double> alpha = lsa_tta24(Colours{size}, Trimap{size, kUnknown}, tenth(sizes));
  REQUIRE(sizes.size() == 24);
  CHECK(sizes[0] == Size{128 + 64, 64 + 64});    // 72 x 48
  CHECK(sizes[4] == Size{64 + 64, 128 + 64});    // the same, transposed
  CHECK(sizes[8] == Size{128 + 64, 64 + 64});    // 90 x 61
  CHECK(sizes[16] == Size{128 + 64, 128 + 64});  // 112 x 76
  REQUIRE(alpha.size() == size);
  CHECK(std::ranges::all_of(alpha.values(),
                            [](double value) { return std::abs(value - 0.1) < 1e-6; }));
  CHECK_NOTHROW(lsa_tta24(Colours{Size{1, 1}}, Trimap{Size{1, 1}}, tenth(sizes)));
}

TEST_CASE("the method tta does what LSA's own test-time augmentation does",
          "[baselines][lsa][tta]") {
  const LsaPredict red = [](const Colours& image, const Trimap&) {
    Plane<float> alpha{image.size()};
    std::ranges::transform(image.values(), alpha.values().begin(),
                           [](const auto& pixel) { return static_cast<float>(pixel.r) / 255.0F; });
    return alpha;
  };
  class Routine final : public Method {
   public:
    explicit Routine(LsaPredict predict) : predict_{std::move(predict)} {}
    [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
      const Colours image = imaging::eight_bit(input.image);
      return {.alpha =
                  with_known_regions(lsa_limited(image, *input.trimap, predict_), *input.trimap)};
    }

   private:
    LsaPredict predict_;
  };
  const Scene scene = random_scene({51, 37}, 6);
  const Image image{scene.image};
  const auto tta =
      make_tta(std::make_unique<Routine>(red), {.scales = {0.8, 1.0, 1.25},
                                                .orientations = tta_orientations(4, true),
                                                .known = KnownPixels::trimap});
  const Estimate answer =
      tta->estimate({.sample_id = "s", .image = image, .trimap = &scene.trimap});
  const Matte own = with_known_regions(lsa_tta24(scene.image, scene.trimap, red), scene.trimap);
  CHECK(largest_difference(answer.alpha, own) < 1e-6);
}

TEST_CASE("LSA ends with 0 and 1 where the trimap is certain, clipped elsewhere",
          "[baselines][lsa]") {
  const Trimap trimap{Size{4, 1}, {kBackground, kForeground, kUnknown, kUnknown}};
  const Plane<double> alpha{Size{4, 1}, {0.5, 0.5, -0.25, 1.25}};
  CHECK(with_known_regions(alpha, trimap) == Plane<float>{Size{4, 1}, {0.0F, 1.0F, 0.0F, 1.0F}});
}

TEST_CASE("lsa gives the alpha that `selftest models` proves, finished", "[baselines][deep][lsa]") {
  if (!networks_are_built()) return;
  const Size size{40, 31};
  const Scene scene = random_scene(size, 8);
  const Image image{scene.image};
  const auto side = [](int pixels) { return std::int64_t{pixels}; };
  Array colours{.shape = {side(size.height), side(size.width), 3}};
  for (const auto& pixel : scene.image.values()) {
    for (const std::uint8_t value : {pixel.r, pixel.g, pixel.b}) colours.values.push_back(value);
  }
  const Array levels{.shape = {side(size.height), side(size.width)},
                     .values = {scene.trimap.values().begin(), scene.trimap.values().end()}};
  const auto networks = all_networks();
  const auto entry = std::ranges::find(networks, "lsa", &NetworkEntry::id);
  REQUIRE(entry != networks.end());
  const auto network = (*entry)->make();
  network->load({.recipe = recipe()});
  const std::vector<std::string> wanted{"inference_output", "rotation8_output"};
  const Arrays proven = network->run({{"image_rgb", colours}, {"trimap", levels}}, wanted);

  const MattingInput input{.sample_id = "s", .image = image, .trimap = &scene.trimap};
  for (const auto& [text, output] :
       {std::pair{"lsa", wanted[0]}, std::pair{"lsa:tta=rotation8", wanted[1]}}) {
    CAPTURE(text);
    const Plane<float> alpha{size, proven.find(output)->second.values};
    const Estimate answer = untrained(text)->estimate(input);
    CHECK(largest_difference(answer.alpha, Matte{with_known_regions(alpha, scene.trimap)}) < 1e-6);
    REQUIRE(answer.times);
    CHECK(answer.times->infer_s > 0.0);
  }
}

TEST_CASE("lsa answers images of any size in every way of running", "[baselines][deep][lsa]") {
  if (!networks_are_built()) return;
  for (const Size size : {Size{1, 1}, Size{40, 31}}) {
    for (const char* text : {"lsa", "lsa:br=3", "lsa:tta=rotation8", "lsa:br=2:tta=rotation8"}) {
      CAPTURE(to_string(size), text);
      const Image image = noise_image(size, 3);
      const Trimap trimap = noise_trimap(size, 3);
      const Estimate answer =
          untrained(text)->estimate({.sample_id = "s", .image = image, .trimap = &trimap});
      REQUIRE(answer.alpha.size() == size);
      CHECK_NOTHROW(to_u8(answer.alpha));  // refuses NaN and values outside [0, 1]
      for (std::size_t i = 0; i < trimap.values().size(); ++i) {
        const float alpha = to_f32(answer.alpha).values()[i];
        if (trimap.values()[i] == kForeground) CHECK(alpha == 1.0F);
        if (trimap.values()[i] == kBackground) CHECK(alpha == 0.0F);
      }
    }
  }
}

TEST_CASE("lsa's refinement begins with the second pass and leaves no trace in the next image",
          "[baselines][deep][lsa]") {
  if (!networks_are_built()) return;
  const Scene scene = random_scene({48, 40}, 2);
  const Image image{scene.image};
  const MattingInput input{.sample_id = "s", .image = image, .trimap = &scene.trimap};
  const auto plain = untrained("lsa")->estimate(input).alpha;
  CHECK(untrained("lsa:br=1")->estimate(input).alpha == plain);
  const auto refining = untrained("lsa:br=4");
  const Matte refined = refining->estimate(input).alpha;
  CHECK(largest_change(plain, refined, scene.trimap) > 1e-4F);
  CHECK(refining->estimate(input).alpha == refined);
}

TEST_CASE("lsa refines nothing where nothing is unknown", "[baselines][deep][lsa]") {
  if (!networks_are_built()) return;
  const Image image = noise_image({20, 20}, 1);
  const Trimap trimap{Size{20, 20}, kForeground};
  const Estimate answer =
      untrained("lsa:br=5")->estimate({.sample_id = "s", .image = image, .trimap = &trimap});
  CHECK(answer.alpha == Matte{Plane<float>{Size{20, 20}, 1.0F}});
}

TEST_CASE("lsa says what its network costs", "[baselines][deep][lsa]") {
  if (!networks_are_built()) return;
  const MethodFacts facts = untrained("lsa")->facts();
  CHECK(facts.untrained);
  CHECK(facts.weights == "recipe:1");
  CHECK(facts.parameters == 38067809);
  CHECK(facts.macs_size == Size{800, 800});
  CHECK(facts.macs == 118088032256);
  CHECK(facts.precision == "fp32");
}

TEST_CASE("lsa refuses images without trimap, and refinement in 16 bits",
          "[baselines][deep][lsa]") {
  if (!networks_are_built()) return;
  const Image image = noise_image({8, 8}, 1);
  CHECK_THROWS_WITH(untrained("lsa")->estimate({.sample_id = "GT01", .image = image}),
                    Catch::Contains("method 'lsa' needs a trimap") && Catch::Contains("GT01"));
  CHECK_THROWS_WITH(untrained("lsa:br=2", Precision::bf16),
                    Catch::Contains("needs single precision") && Catch::Contains("br=2 with bf16"));
  CHECK_THROWS_WITH(untrained("lsa:br=0"), Catch::Contains("an integer from 1 to 1000"));
}
