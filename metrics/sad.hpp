#pragma once
#include "core/score.hpp"
#include "metrics/metric.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// Sum of absolute differences over the scored pixels R, in thousands:
///     SAD = 1/1000 * sum_{i in R} |p_i - t_i|        p, t in [0, 1]
/// p: predicted, t: true alpha. Lower is better; 0 for an empty R.
/// Definition: [rhemann2009]; the factor 1/1000 is how the papers' tables print it.
/// 8- and 16-bit mattes: integer sums, one division. Throws bad_input if R or the clamping needs a
/// trimap and there is none.
[[nodiscard]] Score sad(PreparedMattes& mattes, const SadSwitches& switches);

extern const Metric sad_metric;

}  // namespace mbench::metrics
