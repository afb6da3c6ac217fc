#pragma once
#include "baselines/deep/torch.hpp"

// The two fusions of Joint Inference [zhou2021]. Probabilities p = (B, U, F) of background, unknown
// and foreground, [N, 3, H, W], sum 1; alpha of Net-M [N, 1, H, W] in [0, 1].

namespace mbench::deep {

/// JIS: alpha_r = F + U alpha.
[[nodiscard]] Tensor soft_fusion(const Tensor& probabilities, const Tensor& alpha);

/// JIS as the paper first writes it, (1 - U) F/(F + B) + U alpha: the same number, with a division.
/// Where F + B = 0 the first term is 0.
[[nodiscard]] Tensor soft_fusion_long_form(const Tensor& probabilities, const Tensor& alpha);

}  // namespace mbench::deep
