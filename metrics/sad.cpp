#include "metrics/sad.hpp"

namespace mbench::metrics {

Score sad(PreparedMattes& mattes, const SadSwitches& switches) {
  const ErrorSums sums = mattes.error_sums(switches.pixels);
  return mattes.normalised(sums.absolute, sums.full, switches.pixels.region,
                           switches.normalisation);
}

constinit const Metric sad_metric{.id = "sad",
                                  .title = "SAD",
                                  .unit = "10^3",
                                  .better = Better::lower,
                                  .decimals = 2,
                                  .cite = "rhemann2009",
                                  .formula = "1/1000 * sum_{i in R} |p_i - t_i|"};

}  // namespace mbench::metrics
