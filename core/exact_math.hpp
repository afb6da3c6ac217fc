#pragma once

namespace mbench {

// Sine, cosine, exponential and logarithm made of + - * / alone. Those of the C library differ in
// their last digit from one library to the next, and one differing digit may move a sub-sample
// across an edge; IEEE 754 fixes these. Relative error below 1e-9, far finer than a picture needs.

/// Sine and cosine of an angle in turns: sin_turns(0.25) = 1.
[[nodiscard]] double sin_turns(double turns);
[[nodiscard]] double cos_turns(double turns);

/// e^x; 0 below -700, e^700 above 700.
[[nodiscard]] double exp_exact(double x);

/// Natural logarithm of x > 0.
[[nodiscard]] double log_exact(double x);

/// x^power for x >= 0; 0 for x = 0.
[[nodiscard]] double pow_exact(double x, double power);

}  // namespace mbench
