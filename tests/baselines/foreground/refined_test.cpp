#include "baselines/foreground/refined.hpp"

#include <cmath>
#include <vector>

#include "baselines/foreground/layers.hpp"
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

Plane<Rgb<double>> grey(Size size, const std::vector<double>& values) {
  Plane<Rgb<double>> plane{size};
  for (std::size_t i = 0; i < values.size(); ++i) {
    plane.values()[i] = {values[i], values[i], values[i]};
  }
  return plane;
}

}  // namespace

TEST_CASE("one iteration of Algorithm 1 on two pixels is the formula worked by hand",
          "[baselines][foreground]") {
  // One row: a pixel's neighbours on both sides are the other one, above and below itself.
  const Size size{2, 1};
  const Plane<double> alpha{size, {1.0, 0.0}};
  const Plane<Rgb<double>> start = grey(size, {0.8, 0.2});
  const Plane<Rgb<double>> premultiplied = grey(size, {0.8, 0.0});
  const auto refined = refine_at_one_scale({premultiplied, alpha}, start, 1.0, 1);
  // Left: (0.8 + 1 * 0.2 + 1 * 0.2 + 0 + 0) / (1 + 0 + 1 + 1 + 0 + 0).
  CHECK(refined(0, 0).g == Approx(1.2 / 3.0).epsilon(1e-15));
  // Right: (0 + 1 * 0.8 + 1 * 0.8 + 2 * 0.2 + 2 * 0.2) / (0 + 4 + 0 + 0 + 1 + 1).
  CHECK(refined(0, 1).g == Approx(2.4 / 6.0).epsilon(1e-15));
  // The order of channels is kept, and kappa weighs the neighbours.
  const auto heavy = refine_at_one_scale({premultiplied, alpha}, start, 3.0, 1);
  CHECK(heavy(0, 0).r == Approx((0.8 + 3.0 * 0.4) / (1.0 + 3.0 * 2.0)).epsilon(1e-15));
}

TEST_CASE("opaque foregrounds are left as they are", "[baselines][foreground]") {
  Picture in = noise_picture({40, 33}, 3);
  in = testing::make_picture(in.picture, Plane<std::uint8_t>{in.picture.size(), 255});
  CHECK(refine_foreground(in.colours, in.alpha, {.scales = 1, .iterations = 20}) == in.colours);
  const auto refined = refine_foreground(in.colours, in.alpha, {});
  CHECK(refined == in.colours);
}

TEST_CASE("a foreground of one colour is left as it is under any matte",
          "[baselines][foreground]") {
  const Picture noise = noise_picture({37, 50}, 5);
  const Rgb<double> colour{0.25, 0.5, 0.75};
  const Plane<Rgb<double>> constant{noise.colours.size(), colour};
  // OpenCV's weights are single precision and need not sum to 1: 9e-10 was seen.
  CHECK(colour_difference(refine_foreground(constant, noise.alpha, {}), constant) < 1e-8);
  CHECK(refine_foreground(constant, noise.alpha, {.scales = 1})(20, 20).r ==
        Approx(colour.r).epsilon(1e-12));
}

TEST_CASE("refined colours stay in [0, 1] and near the given ones where these are seen",
          "[baselines][foreground]") {
  const Picture noise = noise_picture({64, 48}, 7);
  const Plane<double> alpha = unit_alpha(soft_disc({64, 48}).view());
  const auto refined = refine_foreground(noise.colours, alpha, {});
  for (std::size_t i = 0; i < alpha.values().size(); ++i) {
    const double value = refined.values()[i].g;
    CHECK((value >= -1e-12 && value <= 1.0 + 1e-12));
    if (alpha.values()[i] > 0.95) CHECK(std::abs(value - noise.colours.values()[i].g) < 0.05);
  }
}

TEST_CASE("pictures too small for the scales are refused, fewer scales take them",
          "[baselines][foreground]") {
  const Picture in = noise_picture({31, 64}, 9);
  CHECK_THROWS_WITH(refine_foreground(in.colours, in.alpha, {}), Contains("too small"));
  try {
    (void)refine_foreground(in.colours, in.alpha, {});
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK_THAT(error.parts().expected, Contains("32x32"));
    CHECK(error.parts().found == "31x64");
    CHECK_THAT(error.parts().fix, Contains("fewer scales"));
  }
  CHECK(refine_foreground(in.colours, in.alpha, {.scales = 5}).size() == Size{31, 64});
  const Picture smallest = noise_picture({32, 32}, 9);
  CHECK(refine_foreground(smallest.colours, smallest.alpha, {}).size() == Size{32, 32});
}

TEST_CASE("parameters that no size or number of iterations follows from are refused",
          "[baselines][foreground]") {
  const Picture in = noise_picture({64, 64}, 9);
  for (const RefinementOptions& options :
       {RefinementOptions{.scales = 0}, RefinementOptions{.scales = 32},
        RefinementOptions{.kappa = 0.0}, RefinementOptions{.kappa = std::nan("")},
        RefinementOptions{.iterations = -1}, RefinementOptions{.iterations = 2000000000}}) {
    CAPTURE(options.scales, options.kappa, options.iterations);
    CHECK_THROWS_WITH(refine_foreground(in.colours, in.alpha, options),
                      Contains("with these parameters"));
  }
}
