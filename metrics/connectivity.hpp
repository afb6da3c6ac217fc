#pragma once
#include "core/score.hpp"
#include "metrics/metric.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// Connectivity error over the scored pixels R:
///     Conn = 1/1000 * sum_{i in R} |phi(p_i) - phi(t_i)|        p, t in [0, 1]
///     phi(x_i) = 1 - d [d >= 0.15],  d = x_i - l_i
/// p: predicted, t: true alpha; l_i: the largest j/10, j = 0 ... 10, up to which pixel i belongs to
/// the largest 4-connected region where both mattes reach the threshold. Lower is better; 0 for an
/// empty R.
/// Definition: [rhemann2009] as the program of [xu2017] has it: the weight lambda of the paper is 1
/// and the source region is chosen anew at each threshold, not once where both mattes are opaque.
/// The switches settle what programs do differently. 8- and 16-bit mattes: integers throughout, one
/// division. Float mattes: d and the sum in double precision, row by row.
/// Undefined under EmptyLevel::error if no pixel reaches some threshold in both mattes. Throws
/// bad_input as sad() does.
[[nodiscard]] Score connectivity(PreparedMattes& mattes, const ConnectivitySwitches& switches);

extern const Metric connectivity_metric;

}  // namespace mbench::metrics
