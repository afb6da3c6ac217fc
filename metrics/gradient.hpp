#pragma once
#include "core/score.hpp"
#include "metrics/metric.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// Gradient error over the scored pixels R:
///     Grad = 1/1000 * sum_{i in R} (|grad p|_i - |grad t|_i)^2        p, t in [0, 1]
/// p: predicted, t: true alpha; grad: first derivatives of a Gaussian, sigma = 1.4 pixels, of the
/// whole image. Lower is better; 0 for an empty R and for constant mattes.
/// Definition: [rhemann2009]; kernel, border and stretching as the program of [xu2017] (taps9,
/// replicate, min_max) or that of [li2021] (taps13, reflect, none; 1/10 instead of 1/1000) has
/// them. Double precision throughout, where the programs store some steps in single: they differ by
/// up to 7e-7 of the value. Throws bad_input as sad() does.
[[nodiscard]] Score gradient(PreparedMattes& mattes, const GradientSwitches& switches);

extern const Metric gradient_metric;

}  // namespace mbench::metrics
