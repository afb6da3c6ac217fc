#include "tests/baselines/networks.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/networks_built.hpp"

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::testing;

namespace {

/// A picture as references hold it: [H, W, 3] or [H, W] of 0 to 255.
Array picture(const Plane<Rgb<std::uint8_t>>& image) {
  Array array{.shape = {image.size().height, image.size().width, 3}};
  for (const Rgb<std::uint8_t>& pixel : image.values()) {
    for (const std::uint8_t level : {pixel.r, pixel.g, pixel.b}) array.values.push_back(level);
  }
  return array;
}

Array picture(const Trimap& trimap) {
  return {.shape = {trimap.size().height, trimap.size().width},
          .values = {trimap.values().begin(), trimap.values().end()}};
}

}  // namespace

TEST_CASE("ViTMatte completes both sides by zeros if one is no multiple of 32",
          "[baselines][deep][vitmatte]") {
  if (!networks_are_built()) return;
  struct Case {
    Size image, input;
  };
  const Case sizes =
      GENERATE(Case{{64, 32}, {64, 32}}, Case{{64, 33}, {96, 64}}, Case{{31, 20}, {32, 32}});
  CAPTURE(to_string(sizes.image));
  const Scene scene = random_scene(sizes.image, 3);
  const auto network = untrained_network("vitmatte-s");
  const Arrays outputs =
      network->run({{"image", picture(scene.image)}, {"trimap", picture(scene.trimap)}}, {});
  const Array& input = outputs.at("net_input");
  REQUIRE(input.shape == std::vector<std::int64_t>{1, 4, sizes.input.height, sizes.input.width});
  CHECK(at(input, 0, 3, 5) == Approx((scene.image(3, 5).r - 123.675) / 58.395).margin(1e-5));
  CHECK(at(input, 3, 3, 5) == Approx(scene.trimap(3, 5) / 255.0).margin(1e-6));
  if (sizes.input != sizes.image) {
    for (int channel = 0; channel < 4; ++channel) {
      CHECK(at(input, channel, sizes.image.height, 0) == 0.0F);
      CHECK(at(input, channel, 0, sizes.image.width) == 0.0F);
    }
  }

  const Image image{scene.image};
  const auto method = make_untrained("vitmatte");
  const Plane<float> alpha =
      to_f32(method->estimate({.sample_id = "s", .image = image, .trimap = &scene.trimap}).alpha);
  REQUIRE(alpha.size() == sizes.image);
  for (const auto& [y, x] : {std::pair{0, 0}, {19, 30}, {7, 11}}) {
    CHECK(alpha(y, x) == Approx(at(outputs.at("output"), 0, y, x)).margin(1e-6));
  }
}

TEST_CASE("ViTMatte says what it needs", "[baselines][deep][vitmatte]") {
  if (!networks_are_built()) return;
  const Image image{random_scene({16, 16}, 1).image};
  CHECK_THROWS_WITH(make_untrained("vitmatte")->estimate({.sample_id = "s", .image = image}),
                    Catch::Contains("trimap"));
}
