#pragma once
#include <optional>

#include "baselines/classical/laplacian/matting_laplacian.hpp"
#include "baselines/classical/solver/solve.hpp"
#include "baselines/method.hpp"

namespace mbench::baselines {

struct ClosedFormOptions {
  MattingLaplacianOptions laplacian{};
  std::optional<double> lambda{};  ///< weight of the soft constraints; without it they are hard
  SolverOptions solver{};
};

/// Closed-form matting [levin2008]: alpha as a local affine function of colour. With the matting
/// Laplacian L (laplacian/matting_laplacian.hpp), the unknown pixels U and the known ones K:
///     hard:  L_UU alpha_U = -L_UK alpha_K,           alpha_K = 0 or 1 as the trimap says
///     soft:  (L + lambda D_K) alpha = lambda alpha_K  over all pixels, D_K = 1 on K and 0 on U
/// and the result clipped to [0, 1], as published: the quadratic energy does not keep alpha inside.
/// The paper writes the soft form with a "large" lambda; its author's program takes 100.
///
/// Without unknown pixels the hard form returns the trimap. Where alpha is undetermined, 0.5 on U
/// with the reason in Estimate::degenerate: a trimap without foreground or without background, or
/// an image smaller than one window.
[[nodiscard]] Estimate closed_form_matting(const Plane<Rgb<double>>& image, TrimapView trimap,
                                           const ClosedFormOptions& options);

extern const MethodEntry closed_form_method;

}  // namespace mbench::baselines
