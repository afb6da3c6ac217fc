#include "core/exact_math.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "core/random.hpp"
#include "tests/support/catch.hpp"

namespace mbench {

TEST_CASE("the logarithm holds for every positive number, the smallest ones as well",
          "[core][random]") {
  using Limits = std::numeric_limits<double>;
  for (const double x : {Limits::denorm_min(), 3e-310, Limits::min(), 0.5, 0.70710678118654746,
                         0.70710678118654757, 1.0 - 0x1p-53, 1.0, 1.5, 1e300, Limits::max()}) {
    CHECK(log_exact(x) == Approx(std::log(x)).epsilon(1e-9));
  }
  Random random{4};
  for (int i = 0; i < 1000; ++i) {
    const double x = std::ldexp(1.0 - random.uniform(), 8 - i);
    if (x > 0.0) CHECK(log_exact(x) == Approx(std::log(x)).epsilon(1e-9));
  }
}

TEST_CASE("sine and cosine of turns are those of the angle, however many turns", "[core][random]") {
  CHECK(sin_turns(0.0) == 0.0);
  CHECK(sin_turns(0.25) == Approx(1.0).margin(1e-11));
  CHECK(sin_turns(-0.25) == -sin_turns(0.25));
  CHECK(cos_turns(1.5) == -sin_turns(0.25));
  for (int i = -2000; i < 2000; ++i) {
    const double turns = i * 0.00137;
    CHECK(sin_turns(turns) == Approx(std::sin(2 * std::numbers::pi * turns)).margin(1e-11));
    CHECK(cos_turns(turns) == Approx(std::cos(2 * std::numbers::pi * turns)).margin(1e-11));
  }
}

}  // namespace mbench
