#include "selftest/model_bounds.hpp"

#include <limits>

#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::selftest;

TEST_CASE("deviations are the largest and the mean, and NaN is infinitely far",
          "[selftest][models]") {
  const Deviation deviation = compare_values({0.0F, 1.0F}, {0.5F, 1.0F});
  CHECK(deviation.largest == 0.5);
  CHECK(deviation.mean == 0.25);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  CHECK(compare_values({0.0F}, {nan}).largest == std::numeric_limits<double>::infinity());
  CHECK(compare_values({0.0F}, {}).largest == std::numeric_limits<double>::infinity());
}

TEST_CASE("a fused matte is compared only where its class is decided", "[selftest][models]") {
  // Two pixels, three classes: the first is decided, the second a tie.
  const baselines::Arrays references{
      {"out_global", {.shape = {1, 3, 1, 2}, .values = {0.9F, 0.5F, 0.1F, 0.5F, 0.0F, 0.1F}}}};
  const baselines::Array expected{.shape = {1, 1, 1, 2}, .values = {0.0F, 0.0F}};
  const baselines::Array found{.shape = {1, 1, 1, 2}, .values = {0.0F, 1.0F}};
  const Deviation fusion = compare_output("out_fusion", expected, found, references);
  CHECK(fusion.largest == 0.0);
  CHECK(fusion.undecided == 1);
  CHECK(compare_output("out_local", expected, found, references).largest == 1.0);
}
