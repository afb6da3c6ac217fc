#pragma once
#include <vector>

#include "baselines/foreground/foreground.hpp"
#include "baselines/foreground/layers.hpp"
#include "core/image.hpp"
#include "core/plane.hpp"

namespace mbench::baselines {

struct MultiLevelOptions {
  float regularization{1e-5F};  ///< epsilon
  float gradient_weight{1.0F};  ///< omega
  int small_sweeps{10};         ///< at levels of at most small_size x small_size pixels
  int large_sweeps{2};          ///< at the others
  int small_size{32};
};

/// The sizes of the levels, from one pixel to the full size:
///     round(w^(l/n)) x round(h^(l/n)),  l = 0 ... n,  n = ceil(log2(max(w, h))), at least 1.
[[nodiscard]] std::vector<Size> multi_level_sizes(Size size);

/// Fast multi-level foreground estimation [germer2021]. At each of multi_level_sizes() image,
/// alpha, and F and B of the level before are read by nearest neighbour; then sweeps in row order,
/// in place, over pixels i with their four neighbours j, clamped to the edges (Gauss-Seidel), make
/// F_i and B_i the least of
///     (alpha_i F_i + (1 - alpha_i) B_i - I_i)^2
///       + sum_j (epsilon + omega |alpha_i - alpha_j|) ((F_i - F_j)^2 + (B_i - B_j)^2),
/// cut to [0, 1]. The first level begins at the mean colours of alpha > 0.9 and of alpha < 0.1.
/// Planes are single precision and 1 - alpha is double, as in PyMatting 1.1. Throws bad_input
/// unless image and alpha have one size of at least one pixel.
[[nodiscard]] Layers<float> multi_level_layers(const Plane<Rgb<float>>& image,
                                               const Plane<float>& alpha,
                                               const MultiLevelOptions& options = {});

}  // namespace mbench::baselines
