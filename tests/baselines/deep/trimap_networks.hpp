#pragma once
#include <algorithm>
#include <cmath>
#include <string_view>

#include "baselines/deep/network.hpp"
#include "imaging/padding.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

// What networks that are given a trimap have to keep to.

namespace mbench::testing {

/// The matte of an image of noise under a trimap of noise; checks its size, and that it is 0 and 1
/// where the trimap is certain and within [0, 1] elsewhere.
[[nodiscard]] inline Plane<float> checked_matte(const baselines::Method& method, Size size) {
  CAPTURE(to_string(size));
  const Image image = noise_image(size, 3);
  const Trimap trimap = noise_trimap(size, 4);
  const baselines::Estimate estimate =
      method.estimate({.sample_id = "s", .image = image, .trimap = &trimap});
  REQUIRE(estimate.alpha.size() == size);
  REQUIRE(estimate.times.has_value());
  Plane<float> alpha = to_f32(estimate.alpha);
  for (std::size_t i = 0; i < alpha.values().size(); ++i) {
    const float value = alpha.values()[i];
    const std::uint8_t level = trimap.values()[i];
    if (level == kBackground) REQUIRE(value == 0.0F);
    if (level == kForeground) REQUIRE(value == 1.0F);
    REQUIRE((value >= 0.0F && value <= 1.0F));
  }
  return alpha;
}

/// Numbers of noise in [0, 1].
[[nodiscard]] inline baselines::Array noise_array(std::int64_t channels, Size size,
                                                  std::uint64_t seed) {
  const Plane<std::uint8_t> noise =
      noise_plane({size.width, size.height * static_cast<int>(channels)}, seed);
  baselines::Array array{.shape = {1, channels, size.height, size.width}};
  for (const std::uint8_t value : noise.values()) {
    array.values.push_back(static_cast<float>(value) / 255.0F);
  }
  return array;
}

/// What the network makes of a picture before its first layer, all channels: its proof's "input".
[[nodiscard]] inline baselines::Array prepared_input(const baselines::Network& network,
                                                     const Plane<Rgb<std::uint8_t>>& image,
                                                     const Trimap& trimap, int channels = 4) {
  const Size size = image.size();
  baselines::Arrays arrays{{"input", noise_array(channels, {32, 32}, 1)},
                           {"image", {.shape = {size.height, size.width, 3}}},
                           {"trimap", {.shape = {size.height, size.width}}}};
  for (const Rgb<std::uint8_t>& pixel : image.values()) {
    for (const std::uint8_t value : {pixel.r, pixel.g, pixel.b}) {
      arrays["image"].values.push_back(value);
    }
  }
  for (const std::uint8_t level : trimap.values()) arrays["trimap"].values.push_back(level);
  return network.run(arrays, {}).at("input");
}

/// Largest difference between the method's alpha and `expected` where the trimap is unknown,
/// `expected` being clipped to [0, 1]; at least 1 if alpha is not 0 and 1 where it is certain.
[[nodiscard]] inline double difference_where_unknown(const Matte& alpha,
                                                     const Plane<float>& expected,
                                                     const Trimap& trimap) {
  const Plane<float> found = to_f32(alpha);
  REQUIRE(found.size() == expected.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < trimap.values().size(); ++i) {
    const float value = found.values()[i];
    const std::uint8_t level = trimap.values()[i];
    const float wanted = level == kUnknown ? std::clamp(expected.values()[i], 0.0F, 1.0F)
                                           : (level == kForeground ? 1.0F : 0.0F);
    const double off = std::abs(double{value} - double{wanted});
    largest = std::max(largest, level == kUnknown ? off : 2.0 * off);
  }
  return largest;
}

/// The same of a method that mirrors image and trimap to multiples of a side, and of the network
/// that it is made of, on a scene of texture whose sides are no multiples.
[[nodiscard]] inline double difference_from_mirrored_network(std::string_view method,
                                                             std::string_view network, int multiple,
                                                             int channels) {
  constexpr Size kSize{75, 67};
  const Scene scene = random_scene(kSize, 5);
  const imaging::Margins margins = imaging::margins_to_multiple(kSize, multiple);
  const auto own = untrained_network(network);
  const baselines::Array input =
      prepared_input(*own, imaging::pad_reflect(scene.image, margins),
                     imaging::pad_reflect(scene.trimap, margins), channels);
  const baselines::Array output = own->run({{"input", input}}, {}).at("output");
  const Plane<float> whole{imaging::padded_size(kSize, margins), output.values};
  const Image image{scene.image};
  const baselines::Estimate answer =
      make_untrained(method)->estimate({.sample_id = "s", .image = image, .trimap = &scene.trimap});
  return difference_where_unknown(
      answer.alpha, imaging::crop(whole, imaging::inside(kSize, margins)), scene.trimap);
}

}  // namespace mbench::testing
