#include <array>
#include <cmath>

#include "imaging/resample.hpp"
#include "tests/baselines/deep/trimap_networks.hpp"

using namespace mbench;
using namespace mbench::testing;

TEST_CASE("indexnet answers images of any size and keeps what the trimap knows",
          "[baselines][deep][indexnet]") {
  const auto method = make_untrained("indexnet");
  for (const Size size : {Size{1, 1}, Size{64, 32}, Size{70, 45}}) {
    CHECK(checked_matte(*method, size).size() == size);
  }
}

TEST_CASE("indexnet sees the image enlarged to multiples of 32, the trimap with its three levels",
          "[baselines][deep][indexnet]") {
  const auto network = untrained_network("indexnet");
  constexpr Size kSize{40, 33};
  const Plane<Rgb<std::uint8_t>> grey{kSize, Rgb<std::uint8_t>{51, 102, 204}};
  Trimap trimap{kSize, kUnknown};
  for (int y = 0; y < kSize.height; ++y) {
    trimap(y, 0) = kBackground;
    trimap(y, kSize.width - 1) = kForeground;
  }
  const baselines::Array input = prepared_input(*network, grey, trimap);
  REQUIRE(input.shape == std::vector<std::int64_t>{1, 4, 64, 64});
  constexpr std::size_t kPixels = 64 * 64;
  const std::array expected{(0.2 - 0.485) / 0.229, (0.4 - 0.456) / 0.224, (0.8 - 0.406) / 0.225};
  for (std::size_t i = 0; i < 3 * kPixels; ++i) {
    REQUIRE(std::abs(double{input.values[i]} - expected[i / kPixels]) < 1e-5);
  }
  for (std::size_t x = 0; x < 64; ++x) {  // column x is column floor(x 40/64) of the trimap
    const float level = x < 2 ? 0.0F : x < 63 ? 128.0F / 255.0F : 1.0F;
    REQUIRE(input.values[3 * kPixels + x] == level);
  }
}

TEST_CASE("indexnet resizes normalised colours and alpha bicubically",
          "[baselines][deep][indexnet]") {
  constexpr Size kSize{75, 67};
  constexpr Size kLarge{96, 96};
  constexpr auto kCubic = imaging::Interpolation::cubic;
  constexpr std::array kMean{0.485, 0.456, 0.406}, kDeviation{0.229, 0.224, 0.225};
  const Scene scene = random_scene(kSize, 5);
  std::array<Plane<double>, 3> colours;
  for (std::size_t c = 0; c < 3; ++c) {
    Plane<double> channel{kSize};
    for (std::size_t i = 0; i < channel.values().size(); ++i) {
      const Rgb<std::uint8_t>& pixel = scene.image.values()[i];
      const std::array<std::uint8_t, 3> values{pixel.r, pixel.g, pixel.b};
      channel.values()[i] = (values[c] / 255.0 - kMean[c]) / kDeviation[c];
    }
    colours[c] = imaging::resize_opencv(channel, kLarge, kCubic);
  }
  const Trimap trimap =
      imaging::resize_opencv(scene.trimap, kLarge, imaging::Interpolation::nearest);
  const baselines::Array input = make_array(4, kLarge, [&](int channel, int y, int x) {
    return channel == 3 ? trimap(y, x) / 255.0 : colours[static_cast<std::size_t>(channel)](y, x);
  });
  const auto network = untrained_network("indexnet");
  const Plane<float> output{kLarge, network->run({{"input", input}}, {}).at("output").values};
  const Image image{scene.image};
  const baselines::Estimate answer =
      make_untrained("indexnet")
          ->estimate({.sample_id = "s", .image = image, .trimap = &scene.trimap});
  CHECK(difference_where_unknown(answer.alpha, imaging::resize_opencv(output, kSize, kCubic),
                                 scene.trimap) < 1e-5);
}

TEST_CASE("indexnet says what its network costs", "[baselines][deep][indexnet]") {
  const auto facts = make_untrained("indexnet")->facts();
  CHECK(facts.untrained);
  CHECK(facts.parameters == 5'953'515);
}

TEST_CASE("indexnet's multiply-accumulates in records are counted",
          "[.slow][baselines][deep][indexnet]") {
  CHECK(make_untrained("indexnet")->facts().macs ==
        untrained_network("indexnet")->cost({800, 800}).macs);
}
