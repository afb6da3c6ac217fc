#include "tests/baselines/deep/trimap_networks.hpp"

using namespace mbench;
using namespace mbench::testing;

TEST_CASE(
    "a2u answers images of any size with both kinds of filters and keeps what the trimap "
    "knows",
    "[baselines][deep][a2u]") {
  for (const char* text : {"a2u", "a2u:filters=unshare"}) {
    CAPTURE(text);
    const auto method = make_untrained(text);
    for (const Size size : {Size{1, 1}, Size{48, 32}, Size{70, 45}}) {
      CHECK(checked_matte(*method, size).size() == size);
    }
  }
}

TEST_CASE("a2u sees image and trimap mirrored at the right and bottom to multiples of 16",
          "[baselines][deep][a2u]") {
  const auto network = untrained_network("a2u");
  constexpr Size kSize{10, 20};
  Plane<Rgb<std::uint8_t>> image{kSize};
  Trimap trimap{kSize, kUnknown};
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      image(y, x).r = static_cast<std::uint8_t>(x);
      image(y, x).g = static_cast<std::uint8_t>(y);
    }
    trimap(y, 8) = kForeground;
  }
  const baselines::Array input = prepared_input(*network, image, trimap);
  REQUIRE(input.shape == std::vector<std::int64_t>{1, 4, 32, 16});
  const auto at = [&](std::size_t channel, std::size_t y, std::size_t x) {
    return input.values[(channel * 32 + y) * 16 + x];
  };
  CHECK(at(0, 0, 9) > at(0, 0, 8));
  CHECK(at(0, 0, 10) == at(0, 0, 8));
  CHECK(at(0, 0, 15) == at(0, 0, 3));
  CHECK(at(1, 20, 0) == at(1, 18, 0));
  CHECK(at(1, 31, 0) == at(1, 7, 0));
  CHECK(at(3, 5, 8) == 1.0F);
  CHECK(at(3, 5, 10) == 1.0F);
  CHECK(at(3, 5, 9) == 128.0F / 255.0F);
}

TEST_CASE("a2u's alpha is its network's, cropped and clipped", "[baselines][deep][a2u]") {
  CHECK(difference_from_mirrored_network("a2u", "a2u", 16, 4) < 1e-5);
  CHECK(difference_from_mirrored_network("a2u:filters=unshare", "a2u-unshare", 16, 4) < 1e-5);
}

TEST_CASE("a2u's second file is published without a name", "[baselines][deep][a2u]") {
  const baselines::MethodEntry& entry = baselines::find_method("a2u");
  CHECK_THROWS_WITH(
      entry.make({.options = Options{entry.options, {{"filters", "unshare"}}, "method 'a2u'"}}),
      Catch::Contains("Ours-unshare") && !Catch::Contains("none are published"));
}

TEST_CASE("a2u says what its networks cost", "[baselines][deep][a2u]") {
  const auto shared = make_untrained("a2u")->facts();
  CHECK(shared.untrained);
  CHECK(shared.parameters == 8'089'235);
  CHECK(make_untrained("a2u:filters=unshare")->facts().parameters == 8'269'451);
}

TEST_CASE("a2u's multiply-accumulates in records are counted", "[.slow][baselines][deep][a2u]") {
  for (const auto& [method, network] :
       {std::pair{"a2u", "a2u"}, std::pair{"a2u:filters=unshare", "a2u-unshare"}}) {
    CAPTURE(method);
    CHECK(make_untrained(method)->facts().macs ==
          untrained_network(network)->cost({800, 800}).macs);
  }
}
