#pragma once
#include "baselines/foreground/foreground.hpp"
#include "core/image.hpp"
#include "core/plane.hpp"

namespace mbench::baselines {

/// What an iteration of refine_at_one_scale() pulls towards.
struct RefinementTarget {
  const Plane<Rgb<double>>& premultiplied;  ///< alpha F
  const Plane<double>& alpha;
};

/// Algorithm 1 of [wang2022], `iterations` times at every pixel i and in every colour c:
///     F_i <- (alpha_i (alpha F)_i + kappa sum_j ((1 - alpha_i)^2 + (1 - alpha_j)^2) F_j)
///            / (alpha_i^2 + 4 kappa (1 - alpha_i)^2 + kappa sum_j (1 - alpha_j)^2)
/// over the four neighbours j, all F_j from the iteration before. Beyond the edges the image is its
/// mirror image without the edge repeated; of a single row or column it is the edge itself. Opaque
/// pixels keep their colour where all their neighbours are opaque, transparent ones take the mean
/// around them. In double precision, in the order of operations of the published program. All
/// planes have one size of at least one pixel.
[[nodiscard]] Plane<Rgb<double>> refine_at_one_scale(const RefinementTarget& target,
                                                     Plane<Rgb<double>> start, double kappa,
                                                     int iterations);

struct RefinementOptions {
  int scales{6};
  double kappa{1.0};
  int iterations{20};  ///< at full size; doubled with every halving
};

/// Throws bad_input unless 1 <= scales <= 12, kappa is a number above 0, and iterations are 0 to
/// 100000: in these bounds the sizes and numbers of iterations of all scales are ints.
void require_refinable(const RefinementOptions& options);

/// Algorithm 2 of [wang2022]: for s = scales - 1, ..., 0 everything (alpha F formed at full size,
/// alpha, and F so far, at first the foreground given) is brought to floor(w/2^s) x floor(h/2^s)
/// pixels by OpenCV's bilinear interpolation, and Algorithm 1 runs 2^s `iterations` times. Values
/// are in [0, 1] up to rounding: nothing is clipped. With one scale it is Algorithm 1.
/// Throws bad_input for what require_refinable() refuses, and unless width and height are at least
/// 2^(scales - 1).
[[nodiscard]] Plane<Rgb<double>> refine_foreground(const Plane<Rgb<double>>& foreground,
                                                   const Plane<double>& alpha,
                                                   const RefinementOptions& options);

}  // namespace mbench::baselines
