#include "metrics/gradient.hpp"

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "metrics/gradient_kernels.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;

namespace {

constexpr double kSigma = 1.4;

double error_sum(AlphaView predicted, AlphaView truth, GradientKernel kernel, Border border,
                 PixelSwitches pixels = {}, std::optional<TrimapView> trimap = {}) {
  PreparedMattes mattes{predicted, truth, trimap};
  return gradient(
             mattes,
             {.pixels = pixels, .normalisation = {.unit = 1.0}, .kernel = kernel, .border = border})
      .value;
}

/// A border rule by walking, one step of the image at a time.
int walked_index(int index, int size, Border border) {
  int at = index < 0 ? 0 : std::min(index, size - 1);
  if (border == Border::replicate) return at;
  int direction = index < 0 ? 1 : -1;
  const int steps = index < 0 ? -index - 1 : index - (size - 1) - 1;
  if (index >= 0 && index < size) return index;
  for (int i = 0; i < steps; ++i) {
    if (at + direction < 0 || at + direction >= size) {
      direction = -direction;  // the edge pixel comes twice
    } else {
      at += direction;
    }
  }
  return at;
}

/// |grad| by a full two-dimensional sum with the taps of the formula.
double plain_magnitude(const Plane<std::uint8_t>& matte, int y, int x, GradientKernel kernel,
                       Border border) {
  const int radius = kernel == GradientKernel::taps9 ? 4 : 6;
  const auto gauss = [](int i) { return std::exp(-i * i / (2.0 * kSigma * kSigma)); };
  double smooth_scale = 0.0;
  double kernel_energy = 0.0;
  for (int i = -radius; i <= radius; ++i) smooth_scale += gauss(i);
  if (kernel == GradientKernel::taps9) smooth_scale = kSigma * std::sqrt(2.0 * std::numbers::pi);
  double along_x = 0.0;
  double along_y = 0.0;
  for (int dy = -radius; dy <= radius; ++dy) {
    for (int dx = -radius; dx <= radius; ++dx) {
      const double both = gauss(dy) * gauss(dx) / (smooth_scale * smooth_scale);
      const double weight_x = dx / (kSigma * kSigma) * both;
      const double weight_y = dy / (kSigma * kSigma) * both;
      kernel_energy += weight_x * weight_x;
      const double value = matte(walked_index(y + dy, matte.size().height, border),
                                 walked_index(x + dx, matte.size().width, border)) /
                           255.0;
      along_x += weight_x * value;
      along_y += weight_y * value;
    }
  }
  const double norm = kernel == GradientKernel::taps9 ? std::sqrt(kernel_energy) : 1.0;
  return std::hypot(along_x, along_y) / norm;
}

template <int R>
void check_taps(const GradientTaps<R>& taps, double smooth_scale, double derive_scale) {
  for (int i = 0; i <= R; ++i) {
    CAPTURE(R, i);
    const double gauss = std::exp(-i * i / (2.0 * kSigma * kSigma));
    const auto at = static_cast<std::size_t>(i);
    CHECK(taps.smooth[at] == Approx(gauss * smooth_scale).epsilon(1e-14));
    CHECK(taps.derive[at] == Approx(i * gauss * derive_scale).epsilon(1e-14));
  }
}

}  // namespace

TEST_CASE("the taps are those of the formula", "[metrics][grad]") {
  const double density = 1.0 / (kSigma * std::sqrt(2.0 * std::numbers::pi));
  double smooth_energy = 0.0;
  double derive_energy = 0.0;
  for (int i = -4; i <= 4; ++i) {
    const double smooth = density * std::exp(-i * i / (2.0 * kSigma * kSigma));
    smooth_energy += smooth * smooth;
    derive_energy += std::pow(i / (kSigma * kSigma) * smooth, 2.0);
  }
  const double norm = std::sqrt(smooth_energy * derive_energy);
  CHECK(norm == Approx(0.10176781915553735).epsilon(1e-14));
  check_taps(kTaps9, density, density / (kSigma * kSigma) / norm);
  double sum = 0.0;
  for (int i = -6; i <= 6; ++i) sum += std::exp(-i * i / (2.0 * kSigma * kSigma));
  check_taps(kTaps13, 1.0 / sum, 1.0 / (sum * kSigma * kSigma));
}

TEST_CASE("on a ramp the gradient is its slope times the response of the kernel",
          "[metrics][grad]") {
  Plane<std::uint8_t> ramp{{41, 41}};
  for (int y = 0; y < 41; ++y) {
    for (int x = 0; x < 41; ++x) ramp(y, x) = static_cast<std::uint8_t>(3 * x + 3);
  }
  const Plane<std::uint8_t> flat{{41, 41}, 17};
  Trimap centre{{41, 41}, kBackground};
  centre(20, 20) = kUnknown;
  // taps13: the response to a slope of 1 is sum i derive(i) = 1 - (cut-off); taps9: over its norm.
  const auto response = [](const auto& taps) {
    double smooth = taps.smooth[0];
    double derive = 0.0;
    for (std::size_t i = 1; i < taps.smooth.size(); ++i) {
      smooth += 2.0 * taps.smooth[i];
      derive += 2.0 * static_cast<double>(i) * taps.derive[i];
    }
    return smooth * derive;
  };
  CHECK(response(kTaps13) == Approx(1.0).epsilon(1e-3));
  const PixelSwitches unknown{.region = ScoredRegion::unknown};
  CHECK(error_sum(ramp.view(), flat.view(), GradientKernel::taps9, Border::replicate, unknown,
                  centre.view()) ==
        Approx(std::pow(3.0 / 255.0 * response(kTaps9), 2.0)).epsilon(1e-13));
  CHECK(error_sum(ramp.view(), flat.view(), GradientKernel::taps13, Border::reflect, unknown,
                  centre.view()) ==
        Approx(std::pow(3.0 / 255.0 * response(kTaps13), 2.0)).epsilon(1e-13));
}

TEST_CASE("the streamed gradient equals a full two-dimensional sum, whatever the size and border",
          "[metrics][grad]") {
  const auto kernel = GENERATE(GradientKernel::taps9, GradientKernel::taps13);
  const auto border = GENERATE(Border::replicate, Border::reflect);
  for (const Size size : {Size{1, 1}, Size{2, 1}, Size{1, 3}, Size{1, 40}, Size{40, 1}, Size{3, 2},
                          Size{5, 7}, Size{30, 4}, Size{4, 30}, Size{37, 29}}) {
    CAPTURE(size.width, size.height, static_cast<int>(kernel), static_cast<int>(border));
    const auto predicted = testing::noise_plane(size, 1);
    const auto truth = testing::noise_plane(size, 2);
    const Trimap trimap = testing::noise_trimap(size, 3);
    double whole = 0.0;
    double unknown = 0.0;
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const double difference = plain_magnitude(predicted, y, x, kernel, border) -
                                  plain_magnitude(truth, y, x, kernel, border);
        whole += difference * difference;
        if (trimap(y, x) == kUnknown) unknown += difference * difference;
      }
    }
    CHECK(error_sum(predicted.view(), truth.view(), kernel, border) ==
          Approx(whole).epsilon(1e-11).margin(1e-13));
    CHECK(error_sum(predicted.view(), truth.view(), kernel, border,
                    {.region = ScoredRegion::unknown},
                    trimap.view()) == Approx(unknown).epsilon(1e-11).margin(1e-13));
  }
}

TEST_CASE("sparse unknown pixels are summed as if every pixel were computed", "[metrics][grad]") {
  // Spans are a matter of speed: a few pixels far apart give the same as their single values.
  const Size size{200, 12};
  const auto predicted = testing::noise_plane(size, 4);
  const auto truth = testing::noise_plane(size, 5);
  const std::vector<int> columns{0, 1, 16, 18, 35, 90, 107, 125, 199};
  Trimap all{size, kBackground};
  double single = 0.0;
  for (const int x : columns) {
    all(6, x) = kUnknown;
    Trimap one{size, kBackground};
    one(6, x) = kUnknown;
    single += error_sum(predicted.view(), truth.view(), GradientKernel::taps9, Border::replicate,
                        {.region = ScoredRegion::unknown}, one.view());
  }
  CHECK(error_sum(predicted.view(), truth.view(), GradientKernel::taps9, Border::replicate,
                  {.region = ScoredRegion::unknown}, all.view()) == Approx(single).epsilon(1e-14));
}

TEST_CASE("the gradient error is exactly zero on itself and on constants, and symmetric",
          "[metrics][grad]") {
  const auto kernel = GENERATE(GradientKernel::taps9, GradientKernel::taps13);
  const auto border = GENERATE(Border::replicate, Border::reflect);
  const Size size{33, 26};
  const auto predicted = testing::noise_plane(size, 6);
  const auto truth = testing::noise_plane(size, 7);
  CHECK(error_sum(truth.view(), truth.view(), kernel, border) == 0.0);
  CHECK(error_sum(truth.view(), to_u16(truth.view()).view(), kernel, border) == 0.0);
  CHECK(error_sum(Plane<std::uint8_t>{size, 128}.view(), Plane<std::uint8_t>{size, 100}.view(),
                  kernel, border) == 0.0);
  CHECK(error_sum(predicted.view(), truth.view(), kernel, border) ==
        error_sum(truth.view(), predicted.view(), kernel, border));
  CHECK(error_sum(testing::transposed(predicted).view(), testing::transposed(truth).view(), kernel,
                  border) ==
        Approx(error_sum(predicted.view(), truth.view(), kernel, border)).epsilon(1e-12));
}

TEST_CASE("an offset drops out of the gradient, a factor does not", "[metrics][grad]") {
  std::mt19937 random{8};
  const Size size{24, 24};
  const auto low = testing::random_plane<std::uint8_t>(size, 100, random);
  Plane<std::uint8_t> shifted{size};
  Plane<std::uint8_t> doubled{size};
  for (std::size_t i = 0; i < low.values().size(); ++i) {
    shifted.values()[i] = static_cast<std::uint8_t>(low.values()[i] + 90);
    doubled.values()[i] = static_cast<std::uint8_t>(2 * low.values()[i]);
  }
  const Plane<std::uint8_t> flat{size};
  const auto against_flat = [&](const Plane<std::uint8_t>& matte, Stretch stretch) {
    return error_sum(matte.view(), flat.view(), GradientKernel::taps9, Border::replicate,
                     {.stretch = stretch});
  };
  const double plain = against_flat(low, Stretch::none);
  CHECK(against_flat(shifted, Stretch::none) == Approx(plain).epsilon(1e-12));
  CHECK(against_flat(doubled, Stretch::none) == Approx(4.0 * plain).epsilon(1e-12));
  // Stretching takes both away.
  const double stretched = against_flat(low, Stretch::min_max);
  CHECK(stretched > 2.0 * plain);
  CHECK(against_flat(shifted, Stretch::min_max) == Approx(stretched).epsilon(1e-12));
  CHECK(against_flat(doubled, Stretch::min_max) == Approx(stretched).epsilon(1e-12));
}

TEST_CASE("float and 16-bit mattes have the gradient of the 8-bit ones", "[metrics][grad]") {
  const Size size{28, 22};
  const auto predicted = testing::noise_plane(size, 9);
  const auto truth = testing::noise_plane(size, 10);
  const auto sum = [](AlphaView first, AlphaView second) {
    return error_sum(first, second, GradientKernel::taps9, Border::replicate,
                     {.stretch = Stretch::min_max});
  };
  const double expected = sum(predicted.view(), truth.view());
  CHECK(sum(to_u16(predicted.view()).view(), truth.view()) == Approx(expected).epsilon(1e-12));
  CHECK(sum(testing::as_floats(predicted).view(), testing::as_floats(truth).view()) ==
        Approx(expected).epsilon(1e-6));
  CHECK(sum(predicted.view(), testing::as_floats(truth).view()) == Approx(expected).epsilon(1e-6));
}
