#pragma once
#include "core/score.hpp"
#include "metrics/metric.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// Mean absolute difference over the scored pixels R:
///     MAD = 1/|R| * sum_{i in R} |p_i - t_i|        p, t in [0, 1]
/// p: predicted, t: true alpha. Lower is better; undefined for an empty R unless the switches say
/// otherwise. Definition: [li2021].
/// 8- and 16-bit mattes: integer sums, one division. Throws bad_input as sad() does.
[[nodiscard]] Score mad(PreparedMattes& mattes, const MadSwitches& switches);

extern const Metric mad_metric;

}  // namespace mbench::metrics
