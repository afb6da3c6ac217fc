#pragma once
#include <functional>

#include "baselines/deep/lsa/lsa.hpp"

namespace mbench::deep {

/// One pass of backpropagating refinement. [3]: total, edge, preserve.
struct RefinementPass {
  int number;    ///< from 1
  Tensor alpha;  ///< [1, 1, H, W], clipped to [0, 1]
  Tensor losses;
};

/// Backpropagating refinement [wang2022]: finds, for one image, adjustments of the decoder under
/// which alpha is 1 beside the trimap's foreground and 0 beside its background, by gradient descent
/// on
///     loss = edge + 0.1 preserve^2
///     edge = (sum over E1 of (1 - a)^2 + sum over E0 of a^2) / (|E1| + |E0| + 0.2)
///     preserve = mean over the unknown pixels of |a - a_first|
/// a: the output clipped to [0, 1]; a_first: that of the first pass, not clipped; E1: unknown
/// pixels with foreground among their 8 neighbours; E0: with background. Unknown: trimap within
/// 0.25 ... 0.75. After each pass the adjustments, zero in the first, lose 20 times their gradient.
/// Returns the clipped output of the last pass: with 1 pass nothing is adjusted.
///
/// As released. The paper takes 4 neighbours, the pixels on both sides of a boundary, and no 0.2.
/// Without unknown pixels there is nothing to adjust: that is the first pass.
///
/// `watch`, if given, is called with every pass. `input` as for LsaNet, N = 1.
[[nodiscard]] Tensor refined_alpha(const LsaNet& network, const Tensor& input, int passes,
                                   const std::function<void(const RefinementPass&)>& watch = {});

}  // namespace mbench::deep
