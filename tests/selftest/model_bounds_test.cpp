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

TEST_CASE("where GCA's attention looks may differ at a few positions, however far",
          "[selftest][models]") {
  const OutputBound bound = output_bound({.model = "gca"}, "argmax_offset_1");
  std::vector<float> expected(100, 3.0F);
  std::vector<float> found = expected;
  for (std::size_t i = 0; i < 5; ++i) found[i] = -7.0F;
  CHECK(compare_values(expected, found).differing == 0.05);
  CHECK(holds(compare_values(expected, found), bound));
  found[5] = -7.0F;
  CHECK_FALSE(holds(compare_values(expected, found), bound));
  CHECK_FALSE(holds(compare_values(expected, {}), bound));
  CHECK(output_bound({.model = "gca"}, "output").differing == 0.0);
}

TEST_CASE("DIM and FBA have bounds of their own", "[selftest][models]") {
  for (const char* model : {"dim", "dim-stage3", "dim-foamliu"}) {
    CHECK(output_bound({.model = model}, "output").largest == 1e-4);
  }
  CHECK(output_bound({.model = "fba"}, "final_alpha").largest == 5e-4);
  CHECK(holds({.largest = 4e-4, .mean = 9e-6}, output_bound({.model = "fba"}, "final_fg")));
  CHECK_FALSE(holds({.largest = 4e-4, .mean = 2e-5}, output_bound({.model = "fba"}, "final_fg")));
}
