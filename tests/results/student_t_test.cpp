#include "results/student_t.hpp"

#include <array>
#include <cmath>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using results::student_t_quantile;

TEST_CASE("Student's t quantiles equal the printed tables", "[results][statistics][golden]") {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: upper critical values.
  struct Row {
    double degrees, t_90, t_95, t_975, t_99, t_995;
  };
  const auto row = GENERATE(
      Row{1, 3.078, 6.314, 12.706, 31.821, 63.657}, Row{2, 1.886, 2.920, 4.303, 6.965, 9.925},
      Row{3, 1.638, 2.353, 3.182, 4.541, 5.841}, Row{5, 1.476, 2.015, 2.571, 3.365, 4.032},
      Row{10, 1.372, 1.812, 2.228, 2.764, 3.169}, Row{26, 1.315, 1.706, 2.056, 2.479, 2.779},
      Row{30, 1.310, 1.697, 2.042, 2.457, 2.750}, Row{100, 1.290, 1.660, 1.984, 2.364, 2.626});
  CAPTURE(row.degrees);
  CHECK(student_t_quantile(0.9, row.degrees) == Approx(row.t_90).margin(5.1e-4));
  CHECK(student_t_quantile(0.95, row.degrees) == Approx(row.t_95).margin(5.1e-4));
  CHECK(student_t_quantile(0.975, row.degrees) == Approx(row.t_975).margin(5.1e-4));
  CHECK(student_t_quantile(0.99, row.degrees) == Approx(row.t_99).margin(5.1e-4));
  CHECK(student_t_quantile(0.995, row.degrees) == Approx(row.t_995).margin(5.1e-4));
}

TEST_CASE("Student's t quantiles equal their closed forms for 1, 2 and 4 degrees",
          "[results][statistics]") {
  const double p = GENERATE(0.0001, 0.1, 0.4, 0.55, 0.9, 0.975, 0.9999);
  CAPTURE(p);
  const double pi = std::acos(-1.0);
  CHECK(student_t_quantile(p, 1) == Approx(std::tan(pi * (p - 0.5))).epsilon(1e-11));
  const double alpha = 4.0 * p * (1.0 - p);
  CHECK(student_t_quantile(p, 2) ==
        Approx((2.0 * p - 1.0) * std::sqrt(2.0 / alpha)).epsilon(1e-11));
  const double q = std::cos(std::acos(std::sqrt(alpha)) / 3.0) / std::sqrt(alpha);
  const double sign = p < 0.5 ? -1.0 : 1.0;
  CHECK(student_t_quantile(p, 4) == Approx(sign * 2.0 * std::sqrt(q - 1.0)).epsilon(1e-11));
}

TEST_CASE("Student's t tends to the normal distribution and falls towards it",
          "[results][statistics][property]") {
  double last = student_t_quantile(0.975, 1);
  for (const double degrees : std::array{2., 3., 7., 19., 20., 39., 40., 41., 500., 1e4, 1e6}) {
    const double t = student_t_quantile(0.975, degrees);
    CAPTURE(degrees);
    CHECK(t < last);
    last = t;
  }
  // Cornish-Fisher: z + (z^3 + z) / (4 degrees) + O(1 / degrees^2)
  const double z = 1.959963984540054;
  CHECK(last == Approx(z + (z * z * z + z) / 4e6).epsilon(1e-11));
}

TEST_CASE("Student's t is symmetric about its median 0", "[results][statistics][property]") {
  CHECK(student_t_quantile(0.5, 9) == 0.0);
  CHECK(student_t_quantile(0.25, 9) == -student_t_quantile(0.75, 9));
}

TEST_CASE("quantiles outside the domain of Student's t are refused",
          "[results][statistics][error]") {
  CHECK_THROWS_AS(student_t_quantile(0.0, 3), Error);
  CHECK_THROWS_AS(student_t_quantile(1.0, 3), Error);
  CHECK_THROWS_AS(student_t_quantile(std::nan(""), 3), Error);
  CHECK_THROWS_WITH(student_t_quantile(0.5, 0), Catch::Contains("degrees of freedom > 0"));
}
