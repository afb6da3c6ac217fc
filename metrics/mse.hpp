#pragma once
#include "core/score.hpp"
#include "metrics/metric.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// Mean squared error over the scored pixels R:
///     MSE = 1/|R| * sum_{i in R} (p_i - t_i)^2        p, t in [0, 1]
/// p: predicted, t: true alpha. Lower is better; undefined for an empty R unless the switches say
/// otherwise. Definition: [rhemann2009]; some programs divide by the number of unknown pixels
/// although they sum over all (Divisor).
/// 8- and 16-bit mattes: integer sums, one division. Throws bad_input as sad() does.
[[nodiscard]] Score mse(PreparedMattes& mattes, const MseSwitches& switches);

extern const Metric mse_metric;

}  // namespace mbench::metrics
