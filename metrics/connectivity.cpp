#include "metrics/connectivity.hpp"

#include <fmt/core.h>

namespace mbench::metrics {

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
