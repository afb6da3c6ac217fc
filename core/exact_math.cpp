#include "core/exact_math.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/exact_math_bodies.hpp"

namespace mbench {

double sin_turns(double turns) { return exact::sin_half_turns(turns - std::floor(turns + 0.5)); }

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
  // Numbers too small to be normal are made so: exact, a power of two.
  return x < std::numeric_limits<double>::min() ? exact::log_shifted(x * 0x1p54, -54.0)
                                                : exact::log_shifted(x, 0.0);
}

double pow_exact(double x, double power) {
  return x <= 0.0 ? 0.0 : exp_exact(power * log_exact(x));
}

}  // namespace mbench
