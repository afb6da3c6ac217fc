#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include "baselines/foreground/closed_form.hpp"
#include "baselines/foreground/layers.hpp"
#include "baselines/foreground/levin.hpp"
#include "baselines/foreground/multi_level.hpp"
#include "baselines/foreground/refined.hpp"
#include "imaging/eight_bit.hpp"
#include "imaging/io.hpp"
#include "tests/baselines/foreground/pictures.hpp"
#include "tests/baselines/npy.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::estimate;
using mbench::testing::Picture;
using mbench::testing::read_npy_colours;
using mbench::testing::read_picture;
using mbench::testing::shared_path;

namespace {

struct Deviation {
  double largest{}, mean{};
};

template <typename T>
Deviation deviation(const Plane<Rgb<T>>& found, const Plane<Rgb<double>>& expected) {
  REQUIRE(found.size() == expected.size());
  Deviation result;
  for (std::size_t i = 0; i < found.values().size(); ++i) {
    const Rgb<T>& a = found.values()[i];
    const Rgb<double>& b = expected.values()[i];
    for (const double off : {a.r - b.r, a.g - b.g, a.b - b.b}) {
      result.largest = std::max(result.largest, std::abs(off));
      result.mean += std::abs(off);
    }
  }
  result.mean /= 3.0 * static_cast<double>(found.values().size());
  return result;
}

/// alpha F.
Plane<Rgb<double>> seen(Plane<Rgb<double>> colours, const Plane<double>& alpha) {
  for (std::size_t i = 0; i < alpha.values().size(); ++i) {
    const double a = alpha.values()[i];
    Rgb<double>& colour = colours.values()[i];
    colour = {a * colour.r, a * colour.g, a * colour.b};
  }
  return colours;
}

/// The estimator's image of 8 bits with its options at their defaults.
Image estimated(const ForegroundEstimator& estimator, const Picture& in) {
  return Image(estimator.estimate(in.picture, in.matte.view(),
                                  Options{estimator.facts.options, {}, estimator.facts.id}));
}

}  // namespace

TEST_CASE("refined foregrounds equal the published program's bit for bit",
          "[baselines][foreground][golden]") {
  const auto folder = shared_path("golden-fgrefine");
  if (!folder) return;
  const std::string name = GENERATE("case_64x64", "case_75x101", "case_96x128");
  CAPTURE(name);
  const auto file = [&](const char* rest) { return *folder / (name + rest); };
  const Picture in = read_picture(file("_fg.png"), file("_alpha.png"));
  CHECK(refine_foreground(in.colours, in.alpha, {}) ==
        read_npy_colours(file("_refined_rgb_float64.npy")));
  CHECK(refine_foreground(in.colours, in.alpha, {.scales = 1, .iterations = 7}) ==
        read_npy_colours(file("_alg1_T7_rgb_float64.npy")));
  CHECK(estimated(refined_foreground_estimator, in) == imaging::read_image(file("_refined.png")));
}

TEST_CASE("one and twenty iterations of Algorithm 1 equal the published program's",
          "[baselines][foreground][golden]") {
  const auto folder = shared_path("golden-compose/refined-fg");
  if (!folder) return;
  const std::string name = GENERATE("f0", "f1");
  CAPTURE(name);
  const auto file = [&](const char* rest) { return *folder / (name + rest); };
  const Picture in = read_picture(file("_fg.png"), file("_alpha.png"));
  const auto after = [&](int iterations) {
    return refine_foreground(in.colours, in.alpha, {.scales = 1, .iterations = iterations});
  };
  CHECK(Image(to_u8(after(1), Rounding::down)) == imaging::read_image(file("_iter1.png")));
  constexpr double kSinglePrecision = 1e-7;  // in which the reference is stored
  CHECK(deviation(after(20), read_npy_colours(file("_iter20.npy"))).largest <= kSinglePrecision);
  CHECK(estimated(refined_foreground_estimator, in) == imaging::read_image(file("_final.png")));
}

TEST_CASE("both layers of every estimator equal independent solutions",
          "[baselines][foreground][golden]") {
  const std::string name = GENERATE("disc", "hair", "ramp", "lemur64", "lemur160");
  const auto folder = shared_path("golden-baselines/" + name);
  if (!folder) return;
  CAPTURE(name);
  const Picture in = read_picture(*folder / "image.png", *folder / "alpha_gt.png");
  const auto stored = [&](const char* file) { return read_npy_colours(*folder / file); };

  constexpr double kDirect = 1e-10;  // two direct solutions; 1e-12 was seen
  const Layers<double> closed_form =
      closed_form_layers(in.colours, in.alpha, {.solver = {.kind = SolverKind::direct}});
  CHECK(deviation(closed_form.foreground, stored("fg_cf.npy")).largest <= kDirect);
  CHECK(deviation(closed_form.background, stored("bg_cf.npy")).largest <= kDirect);

  // Conjugate gradients stop before F has settled where alpha is near 0, and nobody sees it there.
  const Layers<double> cg = closed_form_layers(in.colours, in.alpha);
  CHECK(deviation(seen(cg.foreground, in.alpha), seen(stored("fg_cf.npy"), in.alpha)).largest <=
        1e-3);
  const Layers<double> levin = levin_layers(in.colours, in.alpha);
  CHECK(deviation(levin.foreground, stored("fg_levin.npy")).largest <= kDirect);
  CHECK(deviation(levin.background, stored("bg_levin.npy")).largest <= kDirect);

  const Layers<float> multi_level = multi_level_layers(to_single(in.colours), to_single(in.alpha));
  CHECK(deviation(multi_level.foreground, stored("fg_ml.npy")).largest == 0.0);
  CHECK(deviation(multi_level.background, stored("bg_ml.npy")).largest == 0.0);
}

TEST_CASE("solveFB gives the images that ship with the published programs",
          "[baselines][foreground][golden]") {
  const auto folder = shared_path("data/closed_form_reference");
  if (!folder) return;
  const Image image = imaging::read_image(*folder / "source.png");
  /// In levels of the 8-bit images.
  const auto off = [&](const Plane<Rgb<double>>& layer, const char* file) {
    return 255.0 * deviation(unit_colours(to_u8(layer, Rounding::nearest)),
                             unit_colours(imaging::eight_bit(imaging::read_image(*folder / file))))
                       .largest;
  };
  constexpr double kOneLevel = 1.0 + 1e-9;

  SECTION("the MATLAB program's, from its image and trimap on") {
    const Trimap trimap = imaging::read_trimap(*folder / "trimap.png");
    const Estimate matting = estimate("closed-form:lambda=100:solver=direct", image, trimap);
    const Layers<double> layers = levin_layers(to_f64(image), unit_alpha(matting.alpha));
    CHECK(off(layers.foreground, "matlab_foreground.png") <= kOneLevel);
    CHECK(off(layers.background, "matlab_background.png") <= kOneLevel);
  }
  SECTION("the Python program's, from its matte on") {
    const Matte matte = imaging::read_matte(*folder / "output_alpha.png");
    const Layers<double> layers = levin_layers(to_f64(image), unit_alpha(matte));
    CHECK(off(layers.foreground, "output_foreground.png") <= 1e-9);
    CHECK(off(layers.background, "output_background.png") <= kOneLevel);
  }
}
