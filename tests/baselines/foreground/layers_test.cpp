#include "baselines/foreground/layers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "baselines/foreground/closed_form.hpp"
#include "baselines/foreground/levin.hpp"
#include "baselines/foreground/multi_level.hpp"
#include "core/error.hpp"
#include "tests/baselines/foreground/pictures.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::baselines;
using Catch::Contains;
using mbench::testing::colour_difference;
using mbench::testing::noise_picture;
using mbench::testing::Picture;
using mbench::testing::soft_disc;

namespace {

const ClosedFormLayersOptions kDirect{.solver = {.kind = SolverKind::direct}};

Plane<Rgb<double>> composed(const Layers<double>& layers, const Plane<double>& alpha) {
  Plane<Rgb<double>> result{alpha.size()};
  for (std::size_t i = 0; i < result.values().size(); ++i) {
    const double a = alpha.values()[i];
    const Rgb<double>& f = layers.foreground.values()[i];
    const Rgb<double>& b = layers.background.values()[i];
    result.values()[i] = {a * f.r + (1 - a) * b.r, a * f.g + (1 - a) * b.g,
                          a * f.b + (1 - a) * b.b};
  }
  return result;
}

Layers<double> multi_level(const Plane<Rgb<double>>& image, const Plane<double>& alpha) {
  const Layers<float> layers = multi_level_layers(to_single(image), to_single(alpha));
  const auto widened = [](const Plane<Rgb<float>>& colours) {
    Plane<Rgb<double>> result{colours.size()};
    std::ranges::transform(colours.values(), result.values().begin(), [](const Rgb<float>& c) {
      return Rgb<double>{c.r, c.g, c.b};
    });
    return result;
  };
  return {widened(layers.foreground), widened(layers.background)};
}

/// A soft disc of one colour over another one.
struct TwoColours {
  Plane<double> alpha{};
  Plane<Rgb<double>> foreground{}, background{}, image{};
};

TwoColours two_colours(Size size) {
  TwoColours scene{.alpha = unit_alpha(soft_disc(size).view())};
  scene.foreground = Plane<Rgb<double>>{size, {0.9, 0.5, 0.2}};
  scene.background = Plane<Rgb<double>>{size, {0.1, 0.3, 0.6}};
  scene.image = composed({scene.foreground, scene.background}, scene.alpha);
  return scene;
}

}  // namespace

TEST_CASE("two constant colours are told apart", "[baselines][foreground]") {
  const TwoColours scene = two_colours({48, 36});
  SECTION("closed form") {
    const Layers<double> layers = closed_form_layers(scene.image, scene.alpha, kDirect);
    CHECK(colour_difference(layers.foreground, scene.foreground) < 1e-9);
    CHECK(colour_difference(layers.background, scene.background) < 1e-9);
  }
  SECTION("multi-level") {
    const Layers<double> layers = multi_level(scene.image, scene.alpha);
    CHECK(colour_difference(layers.foreground, scene.foreground) < 2e-2);
    CHECK(colour_difference(layers.background, scene.background) < 2e-2);
  }
  SECTION("solveFB, where its priors do not pull to black") {
    const Layers<double> layers = levin_layers(scene.image, scene.alpha);
    for (std::size_t i = 0; i < scene.alpha.values().size(); ++i) {
      const double a = scene.alpha.values()[i];
      if (a > 0.2) CHECK(std::abs(layers.foreground.values()[i].r - 0.9) < 0.02);
      if (a < 0.8) CHECK(std::abs(layers.background.values()[i].r - 0.1) < 0.02);
    }
  }
}

TEST_CASE("layers put together again give the image, nearly", "[baselines][foreground]") {
  const TwoColours scene = two_colours({40, 30});
  const auto off = [&](const Layers<double>& layers) {
    return colour_difference(composed(layers, scene.alpha), scene.image);
  };
  CHECK(off(closed_form_layers(scene.image, scene.alpha, kDirect)) < 1e-9);
  CHECK(off(closed_form_layers(scene.image, scene.alpha)) < 1e-3);
  CHECK(off(levin_layers(scene.image, scene.alpha)) < 0.03);  // its priors are no part of I
  CHECK(off(multi_level(scene.image, scene.alpha)) < 5e-3);
}

TEST_CASE("where the layer is opaque its colour is the image's", "[baselines][foreground]") {
  const Size size{32, 24};
  const Picture in = noise_picture(size, 2);
  Plane<double> alpha{size, 1.0};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width / 2; ++x) alpha(y, x) = 0.0;
  }
  const Layers<double> levin = levin_layers(in.colours, alpha);
  const Layers<double> closed_form = closed_form_layers(in.colours, alpha, kDirect);
  for (int y = 0; y < size.height; ++y) {
    for (int x = size.width / 2; x < size.width; ++x) {
      // Without mixed pixels nothing but the pixel itself decides; the prior to black on B is
      // weak.
      CHECK(std::abs(levin.foreground(y, x).r - in.colours(y, x).r) < 1e-6);
      // Nothing but epsilon ties neighbours, beside the step of alpha.
      if (x > size.width / 2 + 1) {
        CHECK(std::abs(closed_form.foreground(y, x).r - in.colours(y, x).r) < 1e-3);
      }
    }
  }
}

TEST_CASE("conjugate gradients give the direct solution when they are told to go on",
          "[baselines][foreground]") {
  const Picture in = noise_picture({40, 30}, 4);
  const Plane<double> alpha = unit_alpha(soft_disc({40, 30}).view());
  const Layers<double> direct = closed_form_layers(in.colours, alpha, kDirect);
  const Layers<double> cg = closed_form_layers(in.colours, alpha, {.solver = {.rtol = 1e-12}});
  CHECK(colour_difference(cg.foreground, direct.foreground) < 1e-6);
  CHECK(colour_difference(cg.background, direct.background) < 1e-6);
  const Layers<double> levin_cg = levin_layers(in.colours, alpha, {.rtol = 1e-12});
  CHECK(colour_difference(levin_cg.foreground, levin_layers(in.colours, alpha).foreground) < 1e-6);
}

TEST_CASE("mattes that leave the layers open still give colours that compose to the image",
          "[baselines][foreground]") {
  const Size size = GENERATE(Size{1, 1}, Size{5, 1}, Size{1, 7}, Size{16, 12});
  const double constant = GENERATE(0.0, 0.4, 0.5, 1.0);
  CAPTURE(to_string(size), constant);
  // Of low contrast: layers of an image with more would be cut to [0, 1].
  Plane<Rgb<double>> image = noise_picture(size, 8).colours;
  for (auto& c : image.values()) c = {0.4 + 0.2 * c.r, 0.4 + 0.2 * c.g, 0.4 + 0.2 * c.b};
  const Plane<double> alpha{size, constant};
  const auto off = [&](const Layers<double>& layers) {
    return colour_difference(composed(layers, alpha), image);
  };
  for (const SolverKind kind : {SolverKind::direct, SolverKind::cg}) {
    CHECK(off(closed_form_layers(image, alpha, {.solver = {.kind = kind}})) < 1e-3);
    if (constant == 0.4 || constant == 0.5)
      CHECK(off(levin_layers(image, alpha, {.kind = kind})) < 1e-3);
  }
  CHECK(off(multi_level(image, alpha)) < 1e-2);
}

TEST_CASE("one level of a single pixel is the two equations worked by hand",
          "[baselines][foreground]") {
  // With alpha 1: F's equation is (1 + 4 eps) F = I + 4 eps F, so F = I from F = I/(1 + 1e-5) on.
  const Plane<Rgb<float>> image{Size{1, 1}, {0.25F, 0.5F, 1.0F}};
  const Layers<float> layers = multi_level_layers(image, Plane<float>{Size{1, 1}, 1.0F});
  CHECK(layers.foreground(0, 0).g == Approx(0.5).epsilon(1e-6));
  CHECK(layers.background(0, 0) == Rgb<float>{0, 0, 0});  // no background was seen
}

TEST_CASE("estimators refuse sizes that differ and mattes outside [0, 1]",
          "[baselines][foreground]") {
  const Picture in = noise_picture({40, 36}, 6);
  const Plane<std::uint8_t> other{Size{36, 40}, 128};
  Plane<float> wild{in.picture.size(), 0.5F};
  wild(3, 4) = GENERATE(1.5F, -0.1F, std::numeric_limits<float>::quiet_NaN());
  for (const ForegroundEstimator* estimator : all_estimators()) {
    CAPTURE(estimator->facts.id);
    const Options options{estimator->facts.options, {}, estimator->facts.id};
    try {
      (void)estimator->estimate(in.picture, other.view(), options);
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::bad_input);
      CHECK_THAT(error.parts().expected, Contains("40x36"));
      CHECK_THAT(error.parts().found, Contains("36x40"));
    }
    if (estimator == &no_foreground_estimator) continue;  // it does not look at alpha
    CHECK_THROWS_WITH(estimator->estimate(in.picture, wild.view(), options),
                      Contains("outside [0, 1]"));
  }
}

TEST_CASE("estimators are found by id, and a misspelt one is named", "[baselines][foreground]") {
  CHECK(&find_estimator("refined") == &refined_foreground_estimator);
  CHECK_THROWS_WITH(find_estimator("multilevel"), Contains("multi-level"));
  for (const ForegroundEstimator* estimator : all_estimators()) {
    CAPTURE(estimator->facts.id);
    CHECK_FALSE(estimator->facts.title.empty());
    CHECK_FALSE(estimator->facts.source.empty());
    CHECK_FALSE(estimator->facts.cite.empty());
  }
}

TEST_CASE("eight bits are truncated or rounded as the source does", "[baselines][foreground]") {
  const Plane<Rgb<double>> colours{Size{1, 1}, {0.5, 1.02, -0.2}};  // 127.5
  CHECK(to_u8(colours, Rounding::down)(0, 0) == Rgb<std::uint8_t>{127, 255, 0});
  CHECK(to_u8(colours, Rounding::nearest)(0, 0) == Rgb<std::uint8_t>{128, 255, 0});
  const Plane<Rgb<std::uint8_t>> picture{Size{1, 1}, {200, 100, 3}};
  const Plane<std::uint8_t> half{Size{1, 1}, 128};
  const auto& easier = find_estimator("easier");
  CHECK(easier.estimate(picture, half.view(), Options{})(0, 0) == Rgb<std::uint8_t>{100, 50, 1});
  const auto& none = find_estimator("none");
  CHECK(none.estimate(picture, half.view(), Options{}) == picture);
}
