#include "metrics/connectivity.hpp"

#include <fmt/core.h>

namespace mbench::metrics {

ConnectivityRequest connectivity_request(const PreparedMattes& mattes,
                                         const ConnectivitySwitches& switches) {
  return {.region = mattes.region(switches.pixels.region),
          .predicted_threshold = switches.predicted_threshold,
          .truth_threshold = switches.truth_threshold,
          .empty_level = switches.empty_level,
          .tie_order = switches.tie_order,
          .components = switches.components};
}

Score connectivity(PreparedMattes& mattes, const ConnectivitySwitches& switches) {
  const ConnectivitySum sum = mattes.connectivity_sum(switches);
  if (sum.empty_threshold != 0) {
    return Score::undefined(
        fmt::format("no pixel reaches alpha {} in both mattes", sum.empty_threshold / 10.0));
  }
  return mattes.normalised(sum.value, sum.sum_unit, switches.pixels.region, switches.normalisation);
}

constinit const Metric connectivity_metric{
    .id = "conn",
    .title = "Conn",
    .unit = "10^3",
    .better = Better::lower,
    .decimals = 2,
    .cite = "rhemann2009",
    .formula = "1/1000 * sum_{i in R} |phi(p_i) - phi(t_i)|, phi(x) = 1 - (x - l) [x - l >= 0.15]"};

}  // namespace mbench::metrics
