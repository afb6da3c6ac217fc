#include "metrics/mad.hpp"

namespace mbench::metrics {

Score mad(PreparedMattes& mattes, const MadSwitches& switches) {
  const ErrorSums sums = mattes.error_sums(switches.pixels);
  return mattes.normalised(sums.absolute, sums.full, switches.pixels.region,
                           switches.normalisation);
}

constinit const Metric mad_metric{.id = "mad",
                                  .title = "MAD",
                                  .unit = "",
                                  .better = Better::lower,
                                  .decimals = 4,
                                  .cite = "li2021",
                                  .formula = "1/|R| * sum_{i in R} |p_i - t_i|"};

}  // namespace mbench::metrics
