#pragma once
#include "baselines/deep/torch.hpp"

// The two fusions of Joint Inference [zhou2021]. Probabilities p = (B, U, F) of background, unknown
// and foreground, [N, 3, H, W], sum 1; alpha of Net-M [N, 1, H, W] in [0, 1].

namespace mbench::deep {

/// The most probable class, the first of equal ones: [N, 1, H, W] of 0, 1, 2.
[[nodiscard]] Tensor most_probable(const Tensor& probabilities);

/// JIS: alpha_r = F + U alpha.
[[nodiscard]] Tensor soft_fusion(const Tensor& probabilities, const Tensor& alpha);

/// JIS as the paper first writes it, (1 - U) F/(F + B) + U alpha: the same number, with a division.
/// Where F + B = 0 the first term is 0.
[[nodiscard]] Tensor soft_fusion_long_form(const Tensor& probabilities, const Tensor& alpha);

/// JIH: alpha_r = 1 where the most probable class is foreground, 0 where it is background, else
/// alpha.
[[nodiscard]] Tensor hard_fusion(const Tensor& classes, const Tensor& alpha);

}  // namespace mbench::deep
