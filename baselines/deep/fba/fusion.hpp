#pragma once
#include "baselines/deep/torch.hpp"

namespace mbench::deep {

/// Brings alpha (a), foreground (F) and background (B) in line with the image I = aF + (1 - a)B,
/// one Gauss-Seidel step each, F' and B' clipped to [0, 1] before they decide alpha:
///     F' = a I + (1 - a^2) F - a (1 - a) B
///     B' = (1 - a) I + (2a - a^2) B - a (1 - a) F'
///     a' = (0.1 a + sum_c (I - B')(F' - B')) / (sum_c (F' - B')^2 + 0.1), clipped
/// The unclipped F' goes into B'. alpha [N, 1, H, W], the others [N, 3, H, W] -> [N, 7, H, W].
[[nodiscard]] inline Tensor fba_fusion(const Tensor& alpha, const Tensor& image,
                                       const Tensor& foreground, const Tensor& background) {
  const Tensor square = alpha * alpha;
  const Tensor mixed = alpha * (1.0 - alpha);
  Tensor front = alpha * image + (1.0 - square) * foreground - mixed * background;
  Tensor back = (1.0 - alpha) * image + (2.0 * alpha - square) * background - mixed * front;
  front = front.clamp(0.0, 1.0);
  back = back.clamp(0.0, 1.0);
  constexpr double kWeight = 0.1;  // of the alpha before: keeps it where F' and B' are equal
  const Tensor span = front - back;
  const Tensor fused = (kWeight * alpha + ((image - back) * span).sum(1, true)) /
                       (span.square().sum(1, true) + kWeight);
  return at::cat({fused.clamp(0.0, 1.0), front, back}, 1);
}

}  // namespace mbench::deep
