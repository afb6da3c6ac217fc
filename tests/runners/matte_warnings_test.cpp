#include "runners/matte_warnings.hpp"

#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::runners;
using Catch::Contains;

namespace {

Matte floats(float first, float second) {
  Plane<float> plane{{2, 1}};
  plane(0, 0) = first;
  plane(0, 1) = second;
  return plane;
}

}  // namespace

TEST_CASE("a float matte outside [0, 1] is named with its range", "[runners][warnings]") {
  CHECK(matte_warnings({.matte = floats(0.0F, 1.0F)}, "prediction", "p.exr").empty());
  CHECK(matte_warnings({.matte = testing::noise_matte({8, 6}, 1)}, "prediction", "p.png").empty());
  const auto warnings = matte_warnings({.matte = floats(-0.5F, 255.0F)}, "prediction", "p.exr");
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].severity == datasets::Severity::warning);
  CHECK(warnings[0].parts.where == "p.exr");
  CHECK(warnings[0].parts.found == "values from -0.5 to 255");
  CHECK_THAT(warnings[0].parts.fix, Contains("255"));
}

TEST_CASE("a file with two mattes is named", "[runners][warnings]") {
  const auto warnings =
      matte_warnings({.matte = testing::noise_matte({8, 6}, 1), .grey_may_be_meant = true},
                     "ground truth", "t.png");
  REQUIRE(warnings.size() == 1);
  CHECK_THAT(warnings[0].parts.what, Contains("ground truth") && Contains("alpha channel"));
}

TEST_CASE("floats are finite or not, integers always are", "[runners][warnings]") {
  CHECK(is_finite(floats(0.0F, 1e30F)));
  CHECK_FALSE(is_finite(floats(0.0F, std::numeric_limits<float>::quiet_NaN())));
  CHECK_FALSE(is_finite(floats(std::numeric_limits<float>::infinity(), 0.0F)));
  CHECK(is_finite(testing::noise_matte({8, 6}, 1)));
}
