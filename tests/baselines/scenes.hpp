#pragma once
#include <cstdint>
#include <memory>
#include <string_view>

#include "baselines/classical/solver/symmetric_matrix.hpp"
#include "baselines/method.hpp"
#include "core/image.hpp"
#include "core/trimap.hpp"

namespace mbench::testing {

struct Scene {
  Plane<Rgb<std::uint8_t>> image{};
  Trimap trimap{};
};

/// A blurred edge between two coloured textures, background left, foreground right; a band in the
/// middle third is unknown. Every seed is another texture and another wavy edge.
[[nodiscard]] Scene random_scene(Size size, std::uint64_t seed);

/// A trimap with `left` columns of background, then unknown, then `right` columns of foreground.
[[nodiscard]] Trimap banded_trimap(Size size, int left, int right);

/// Makes a method from what a user writes: "closed-form:lambda=100".
[[nodiscard]] std::unique_ptr<baselines::Method> make_method(std::string_view text);

/// Applies a method, described as for make_method, to image and trimap.
[[nodiscard]] baselines::Estimate estimate(std::string_view method, const Image& image,
                                           const Trimap& trimap);

/// Largest absolute difference of alpha between two mattes of one size.
[[nodiscard]] double largest_difference(AlphaView left, AlphaView right);
[[nodiscard]] double largest_difference(AlphaView matte, const Plane<double>& reference);

/// The system L_UU x = -L_UK x_K of a scene's matting Laplacian, with default options.
[[nodiscard]] baselines::LinearSystem hard_system(const Scene& scene);

}  // namespace mbench::testing
