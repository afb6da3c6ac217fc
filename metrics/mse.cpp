#include "metrics/mse.hpp"

namespace mbench::metrics {

Score mse(PreparedMattes& mattes, const MseSwitches& switches) {
  const ErrorSums sums = mattes.error_sums(switches.pixels);
  return mattes.normalised(sums.squared, sums.full * sums.full, switches.pixels.region,
                           switches.normalisation);
}

constinit const Metric mse_metric{.id = "mse",
                                  .title = "MSE",
                                  .unit = "",
                                  .better = Better::lower,
                                  .decimals = 4,
                                  .cite = "rhemann2009",
                                  .formula = "1/|R| * sum_{i in R} (p_i - t_i)^2"};

}  // namespace mbench::metrics
