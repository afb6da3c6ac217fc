#pragma once
#include "core/score.hpp"
#include "metrics/matte_pair.hpp"
#include "metrics/metric.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// How far the change from one frame to the next differs from the true change:
///     dtSSD = 100 * sqrt(1/N * sum_i ((p_i - p'_i) - (t_i - t'_i))^2)
/// p: predicted, a: true alpha in [0, 1] at frame t and the one before it; i runs over all N pixels
/// of the image. Lower is better. A constant error of each pixel drops out: what flickers counts.
/// As the program of [lin2022] prints it: times 100, the root of each frame's mean.
/// 8- and 16-bit mattes: an exact integer sum, one division, one root; if a frame holds a float
/// matte, doubles from row to row. Throws bad_input unless all four mattes have one size.
[[nodiscard]] Score dtssd(const MattePair& frame, const MattePair& previous,
                          const DtssdSwitches& switches);

extern const Metric dtssd_metric;

}  // namespace mbench::metrics
