#include "core/exact_math.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mbench {

double sin_turns(double turns) {
  double t = turns - std::floor(turns + 0.5);  // [-1/2, 1/2)
  if (t > 0.25) t = 0.5 - t;
  if (t < -0.25) t = -0.5 - t;
  const double x = 2.0 * std::numbers::pi * t;  // [-pi/2, pi/2]
  const double s = x * x;
  // Taylor to x^15: the next term is below 6e-12 at pi/2.
  return x * (1.0 +
              s * (-1.0 / 6 +
                   s * (1.0 / 120 +
                        s * (-1.0 / 5040 + s * (1.0 / 362880 + s * (-1.0 / 39916800 +
                                                                    s * (1.0 / 6227020800.0 -
                                                                         s / 1307674368000.0)))))));
}

double cos_turns(double turns) { return sin_turns(turns + 0.25); }

double exp_exact(double x) {
  if (x < -700.0) return 0.0;
  x = std::min(x, 700.0);
  const double k = std::floor(x * std::numbers::log2e + 0.5);
  const double r = x - k * std::numbers::ln2;  // |r| <= ln(2)/2
  double sum = 1.0;  // Horner form of the Taylor sum to r^11: the next term is below 7e-15
  for (int n = 11; n >= 1; --n) sum = 1.0 + r / n * sum;
  return std::ldexp(sum, static_cast<int>(k));  // exact: a power of two
}

double log_exact(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);  // exact; m in [1/2, 1)
  if (m < 1.0 / std::numbers::sqrt2) {
    m *= 2.0;
    --exponent;
  }
  const double t = (m - 1.0) / (m + 1.0);  // log m = 2 artanh t, |t| <= 0.172
  const double s = t * t;
  double sum = 0.0;
  for (int n = 15; n >= 1; n -= 2) sum = sum * s + 1.0 / n;
  return 2.0 * t * sum + exponent * std::numbers::ln2;
}

double pow_exact(double x, double power) {
  return x <= 0.0 ? 0.0 : exp_exact(power * log_exact(x));
}

}  // namespace mbench
