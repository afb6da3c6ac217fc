#include "baselines/deep/fba/fusion.hpp"

#include <array>

#include "tests/support/catch.hpp"

using namespace mbench::deep;

namespace {

/// alpha', F' and B' of one grey pixel, by its first channel.
std::array<double, 3> fused(double alpha, double image, double foreground, double background) {
  const auto pixel = [](double value, std::int64_t channels) {
    return at::full({1, channels, 1, 1}, value, at::kFloat);
  };
  const at::Tensor output =
      fba_fusion(pixel(alpha, 1), pixel(image, 3), pixel(foreground, 3), pixel(background, 3));
  REQUIRE(output.sizes() == at::IntArrayRef{1, 7, 1, 1});
  const auto value = [&](std::int64_t channel) { return output[0][channel][0][0].item<double>(); };
  return {value(0), value(1), value(4)};
}

}  // namespace

TEST_CASE("FBA's fusion leaves a pixel alone that its answer explains", "[baselines][deep][fba]") {
  const auto [alpha, foreground, background] = fused(0.25, 0.4, 0.7, 0.3);
  CHECK(alpha == Approx(0.25).epsilon(1e-6));
  CHECK(foreground == Approx(0.7).epsilon(1e-6));
  CHECK(background == Approx(0.3).epsilon(1e-6));
}

TEST_CASE("FBA's fusion, worked by hand: the background sees the foreground before it is clipped",
          "[baselines][deep][fba]") {
  // F' = 0.5 + 0.75 = 1.25, B' = 0.5 - 0.25 * 1.25 = 0.1875; then F' = 1.
  const auto [alpha, foreground, background] = fused(0.5, 1.0, 1.0, 0.0);
  CHECK(foreground == 1.0);
  CHECK(background == Approx(0.1875).epsilon(1e-6));
  const double span = 1.0 - 0.1875;
  CHECK(alpha == Approx((0.05 + 3 * span * span) / (3 * span * span + 0.1)).epsilon(1e-6));
}

TEST_CASE("FBA's fusion keeps alpha where foreground and background are one colour",
          "[baselines][deep][fba]") {
  CHECK(fused(0.3, 0.5, 0.5, 0.5)[0] == Approx(0.3).epsilon(1e-5));
}
