#pragma once
#include "baselines/classical/laplacian/pixel_roles.hpp"
#include "baselines/classical/solver/symmetric_matrix.hpp"
#include "core/image.hpp"
#include "core/plane.hpp"

namespace mbench::baselines {

struct MattingLaplacianOptions {
  int radius{1};         ///< windows of (2 radius + 1)^2 pixels, 1 to 3
  double epsilon{1e-7};  ///< weight of the regulariser, in squared units of colour in [0, 1]
};

/// The matting Laplacian of closed-form matting [levin2008], restricted to the variables:
///     L = sum over windows w inside the image of  1 - (1 + D_w G_w D_w^T) / |w|
///     G_w = (C_w + (epsilon / |w|) 1)^-1
/// with D_w (|w| x 3) the colours of the window minus their mean, C_w = D_w^T D_w / |w| their
/// covariance. Returns L_UU and -L_UK x_K of `roles`; windows without a variable are left out.
///
/// The covariance comes from centred colours. E[II^T] - mean mean^T loses digits and moves alpha
/// by up to 1e-5. Throws Error of kind method where rounding makes a covariance indefinite: float
/// images with values far above 1, or an epsilon that is too small for them.
[[nodiscard]] LinearSystem matting_laplacian(const Plane<Rgb<double>>& image,
                                             const PixelRoles& roles,
                                             const MattingLaplacianOptions& options);

}  // namespace mbench::baselines
