#pragma once
#include "baselines/classical/solver/solve.hpp"
#include "baselines/foreground/foreground.hpp"
#include "baselines/foreground/layers.hpp"

namespace mbench::baselines {

struct ClosedFormLayersOptions {
  double regularization{1e-5};
  /// PyMatting stops at 1e-5 of the length of the right side; of the first residual is stricter.
  SolverOptions solver{.rtol = 1e-5};
};

/// Closed-form foreground and background [levin2008, section 7] as PyMatting has them: F and B
/// least in
///     sum_i (alpha_i F_i + (1 - alpha_i) B_i - I_i)^2
///       + 2 sum over pairs (i, j) of neighbours in a row or column of
///         (epsilon + |alpha_i - alpha_j|) ((F_i - F_j)^2 + (B_i - B_j)^2),
/// then cut to [0, 1]. The 2 comes from counting every pair from both ends. Where alpha is 0 (1),
/// only epsilon holds F (B): conjugate gradients that stop early leave it near the image there,
/// where they begin, while alpha F has settled. A matte that is the same everywhere leaves one
/// degree of freedom open; then a pull of 1e-9 towards the image decides.
/// Throws bad_input unless image and alpha have one size of at least one pixel; as solve() does.
[[nodiscard]] Layers<double> closed_form_layers(const Plane<Rgb<double>>& image,
                                                const Plane<double>& alpha,
                                                const ClosedFormLayersOptions& options = {});

}  // namespace mbench::baselines
