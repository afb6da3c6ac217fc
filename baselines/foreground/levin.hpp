#pragma once
#include "baselines/classical/solver/solve.hpp"
#include "baselines/foreground/foreground.hpp"
#include "baselines/foreground/layers.hpp"

namespace mbench::baselines {

/// Foreground and background as solveFB of the authors of [levin2008] computes them (their MATLAB
/// program, closed-form-matting in Python), which is not quite equation 19 of the paper: F and B
/// least in
///     sum_i (alpha_i F_i + (1 - alpha_i) B_i - I_i)^2
///       + u_i^2 (F_i - [alpha_i > 0.02] I_i)^2 + v_i^2 (B_i - [alpha_i < 0.98] I_i)^2
///       + sum over pairs (i, j), j right, below left, below or below right of i, one of them with
///         0.02 <= alpha <= 0.98:  w^2 (F_i - F_j)^2 + z^2 (B_i - B_j)^2
///     u = 100 [alpha > 0.98] + 0.03 alpha [alpha > 0.7] + 0.01 [alpha < 0.02]
///     v = 100 [alpha < 0.02] + 0.03 (1 - alpha) [alpha < 0.3] + 0.01 [alpha > 0.98]
///     w = sqrt|alpha_i - alpha_j| + 0.003 (1 - alpha_j),  z = the same + 0.003 alpha_j
/// GFM made its foregrounds of natural images so [li2022gfm]. Not clipped: colours may leave [0, 1]
/// by a few hundredths. A matte that is the same everywhere and between 0.3 and 0.7 leaves one
/// degree of freedom open; then a pull of 1e-9 towards the image decides. Throws bad_input unless
/// image and alpha have one size of at least one pixel; as solve() does.
[[nodiscard]] Layers<double> levin_layers(const Plane<Rgb<double>>& image,
                                          const Plane<double>& alpha,
                                          const SolverOptions& options = {
                                              .kind = SolverKind::direct});

}  // namespace mbench::baselines
