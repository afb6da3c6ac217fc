#include "metrics/gradient.hpp"

namespace mbench::metrics {

Score gradient(PreparedMattes& mattes, const GradientSwitches& switches) {
  const GradientSum sum = mattes.gradient_sum(switches);
  return mattes.normalised(sum.value, sum.sum_unit, switches.pixels.region, switches.normalisation);
}

constinit const Metric gradient_metric{
    .id = "grad",
    .title = "Grad",
    .unit = "10^3",
    .better = Better::lower,
    .decimals = 2,
    .cite = "rhemann2009",
    .formula = "1/1000 * sum_{i in R} (|grad p|_i - |grad t|_i)^2, grad of a Gaussian, sigma 1.4"};

}  // namespace mbench::metrics
