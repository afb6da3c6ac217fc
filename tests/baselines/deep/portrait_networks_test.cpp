#include <algorithm>
#include <array>
#include <string_view>

#include "baselines/deep/network.hpp"
#include "imaging/resample.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

// P3M-Net, MODNet, SHM and U2-Net: what their test programs do around the networks.

using namespace mbench;
using namespace mbench::testing;

namespace {

Matte matte_of(const baselines::Method& method, const Image& image) {
  return method.estimate({.sample_id = "s", .image = image}).alpha;
}

/// A ramp with detail, 8 bits, no level above 126.
Plane<Rgb<std::uint8_t>> dim_scene(Size size) {
  Plane<Rgb<std::uint8_t>> scene{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const auto level = [&](int step) {
        return static_cast<std::uint8_t>((step * x + 5 * y + x * y / 7) % 127);
      };
      scene(y, x) = {level(1), level(2), level(3)};
    }
  }
  return scene;
}

}  // namespace

TEST_CASE("p3mnet answers images of any size, by every strategy", "[baselines][deep][p3mnet]") {
  for (const char* text : {"p3mnet", "p3mnet:strategy=resize:resize-rule=skimage019"}) {
    CAPTURE(text);
    const auto method = make_untrained(text);
    check_is_matte(*method, noise_image({1, 1}, 1));
    check_is_matte(*method, noise_image({70, 45}, 2));
  }
}

TEST_CASE("u2netp stretches its answer over the whole range of 8 bits",
          "[baselines][deep][u2net]") {
  const auto method = make_untrained("u2netp");
  const Matte alpha = matte_of(*method, Image{dim_scene({320, 320})});  // nothing is resized
  REQUIRE(alpha.depth() == Depth::u8);
  const Plane<std::uint8_t> levels = to_u8(alpha);
  CHECK(std::ranges::min(levels.values()) == 0);
  CHECK(std::ranges::max(levels.values()) == 255);
}

TEST_CASE("u2netp sees an image relative to its brightest value, and a black one without failing",
          "[baselines][deep][u2net]") {
  const auto method = make_untrained("u2netp");
  const Plane<Rgb<std::uint8_t>> dim = dim_scene({50, 70});
  Plane<Rgb<std::uint8_t>> bright = dim;
  for (Rgb<std::uint8_t>& pixel : bright.values()) {
    const auto twice = [](std::uint8_t level) { return static_cast<std::uint8_t>(2 * level); };
    pixel = {twice(pixel.r), twice(pixel.g), twice(pixel.b)};
  }
  CHECK(matte_of(*method, Image{dim}) == matte_of(*method, Image{bright}));
  check_is_matte(*method, Image{Plane<Rgb<std::uint8_t>>{{3, 2}}});
}

TEST_CASE("modnet brings an image whose sides are beyond 512 to a short side of 512 by means",
          "[baselines][deep][modnet]") {
  const auto method = make_untrained("modnet");
  const Plane<Rgb<std::uint8_t>> small = dim_scene({512, 512});  // seen as it is
  Plane<Rgb<std::uint8_t>> doubled{{1024, 1024}};
  for (int y = 0; y < 1024; ++y) {
    for (int x = 0; x < 1024; ++x) doubled(y, x) = small(y / 2, x / 2);
  }
  const Plane<float> expected = to_f32(matte_of(*method, Image{small}));
  const Plane<float> found = to_f32(matte_of(*method, Image{doubled}));
  bool equal = true;
  for (int y = 0; y < 1024; ++y) {
    for (int x = 0; x < 1024; ++x) equal = equal && found(y, x) == expected(y / 2, x / 2);
  }
  CHECK(equal);
}

TEST_CASE("modnet answers an image with sides on both sides of 512 and one below 32",
          "[baselines][deep][modnet]") {
  check_is_matte(*make_untrained("modnet"), noise_image({530, 20}, 1));
}

TEST_CASE("shm is given blue, green and red minus their means over 255, and alpha is clipped",
          "[baselines][deep][shm]") {
  constexpr Size kSeen{256, 256};
  constexpr auto kCubic = imaging::Interpolation::cubic;
  const Size size = GENERATE(Size{256, 256}, Size{75, 67});  // as it is, and resized
  CAPTURE(to_string(size));
  const Plane<Rgb<std::uint8_t>> scene = dim_scene(size);
  const Plane<Rgb<std::uint8_t>> seen =
      size == kSeen ? scene : imaging::resize_opencv(scene, kSeen, kCubic);
  baselines::Array input{.shape = {1, 3, 256, 256}};
  const auto append = [&](std::uint8_t Rgb<std::uint8_t>::*channel, double mean) {
    for (const Rgb<std::uint8_t>& pixel : seen.values()) {
      input.values.push_back(static_cast<float>((pixel.*channel - mean) / 255.0));
    }
  };
  append(&Rgb<std::uint8_t>::b, 104.0);
  append(&Rgb<std::uint8_t>::g, 112.0);
  append(&Rgb<std::uint8_t>::r, 121.0);
  const auto shm = untrained_network("shm_light");
  const std::array<std::string, 1> wanted{"out_alpha"};
  const Plane<float> output{kSeen, shm->run({{"input", input}}, wanted).at("out_alpha").values};
  const Plane<float> expected =
      size == kSeen ? output : imaging::resize_opencv(output, size, kCubic);
  const Plane<float> found = to_f32(matte_of(*make_untrained("shm"), Image{scene}));
  std::size_t differing = 0;
  for (std::size_t i = 0; i < expected.values().size(); ++i) {
    const float clipped = std::clamp(expected.values()[i], 0.0F, 1.0F);
    if (std::abs(found.values()[i] - clipped) > 1e-6F) ++differing;
  }
  CHECK(differing == 0);
  check_is_matte(*make_untrained("shm"), noise_image({2, 3}, 1));
}

TEST_CASE("the cost on record of these networks is what they count", "[baselines][deep]") {
  for (const auto& [id, text] : {std::pair{"p3mnet_r34", "p3mnet"}, std::pair{"modnet", "modnet"},
                                 std::pair{"shm_light", "shm"}, std::pair{"u2net", "u2net"},
                                 std::pair{"u2netp", "u2netp"}}) {
    CAPTURE(id);
    const auto counted = named_network(id);
    // A constant and a part in proportion to the pixels.
    const std::int64_t small = counted->cost({32, 32}).macs;
    const std::int64_t per_1024 = (counted->cost({64, 32}).macs - small);
    CHECK(make_untrained(text)->facts().macs == small + per_1024 * (800 * 800 / 1024 - 1));
    CHECK(make_untrained(text)->facts().parameters == counted->parameters());
  }
}
