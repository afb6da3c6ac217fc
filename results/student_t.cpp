#include "results/student_t.hpp"

#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::results {
namespace {

/// log Gamma(x + 1/2) - log Gamma(x), x > 0. The difference of two lgamma() loses all its digits
/// for large x; there the asymptotic series in 1/x is exact to double precision.
double log_gamma_half_step(double x) {
  if (x < 20.0) return std::lgamma(x + 0.5) - std::lgamma(x);
  // log(Gamma(x + 1/2) / Gamma(x)) = log(x)/2 - 1/(8x) + 1/(192x^3) - 1/(640x^5) + 17/(14336x^7)
  const double r = 1.0 / x, r2 = r * r;
  return 0.5 * std::log(x) -
         r * (1.0 / 8 - r2 * (1.0 / 192 - r2 * (1.0 / 640 - r2 * 17.0 / 14336)));
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. It
/// converges quickly for x < (a + 1) / (a + b + 2).
double beta_fraction(double x, double a, double b) {
  constexpr double kTiny = std::numeric_limits<double>::min() * 1e10;  // stands for a zero divisor
  const auto away_from_zero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1.0;
  double d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
  double result = d;
  for (int m = 1; m <= 100000; ++m) {
    const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
    d = 1.0 / away_from_zero(1.0 + even * d);
    c = away_from_zero(1.0 + even / c);
    result *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    d = 1.0 / away_from_zero(1.0 + odd * d);
    c = away_from_zero(1.0 + odd / c);
    const double step = d * c;
    result *= step;
    if (std::abs(step - 1.0) < 1e-16) break;
  }
  return result;
}

/// P(T > t), t > 0: half the regularised incomplete beta function I_x(degrees / 2, 1 / 2) at
/// x = degrees / (degrees + t^2)  (DLMF 8.17).
double upper_tail(double t, double degrees) {
  const double a = 0.5 * degrees, b = 0.5;
  const double x = degrees / (degrees + t * t), y = t * t / (degrees + t * t);  // y = 1 - x
  // x^a y^b / B(a, b), with B(a, 1/2) = Gamma(a) sqrt(pi) / Gamma(a + 1/2)
  const double log_front = -a * std::log1p(t * t / degrees) + b * std::log(y) +
                           log_gamma_half_step(a) - 0.5 * std::log(std::acos(-1.0));
  const double front = std::exp(log_front);
  if (x < (a + 1.0) / (a + b + 2.0)) return 0.5 * front * beta_fraction(x, a, b) / a;
  return 0.5 * (1.0 - front * beta_fraction(y, b, a) / b);
}

}  // namespace

double student_t_quantile(double probability, double degrees) {
  if (!(probability > 0.0 && probability < 1.0 && degrees > 0.0 && std::isfinite(degrees))) {
    throw Error{ErrorKind::internal,
                {.what = "Student's t has no such quantile",
                 .expected = "0 < probability < 1, degrees of freedom > 0",
                 .found = fmt::format("{}, {}", probability, degrees)}};
  }
  if (probability == 0.5) return 0.0;
  if (probability < 0.5) return -student_t_quantile(1.0 - probability, degrees);
  const double tail = 1.0 - probability;
  double low = 0.0, high = 1.0;
  while (upper_tail(high, degrees) > tail && high < 1e300) high *= 2.0;
  // The tail falls strictly: bisect until low and high are neighbours among the doubles.
  while (true) {
    const double middle = low + 0.5 * (high - low);
    if (middle <= low || middle >= high) return high;
    (upper_tail(middle, degrees) > tail ? low : high) = middle;
  }
}

}  // namespace mbench::results
