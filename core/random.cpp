#include "core/random.hpp"

#include <cmath>

#include "core/exact_math.hpp"

namespace mbench {

std::array<double, 2> Random::gaussian_pair() {
  const double radius = std::sqrt(-2.0 * log_exact(1.0 - uniform()));  // of (0, 1]: no log of 0
  const double turns = uniform();
  return {radius * cos_turns(turns), radius * sin_turns(turns)};
}

double Random::log_normal(double sigma) { return exp_exact(sigma * normal()); }

}  // namespace mbench
