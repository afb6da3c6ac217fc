#pragma once
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

// Affinity-aware down- and up-sampling of A2U Matting [dai2021].

namespace mbench::deep {

/// The side of the windows that are summed: 6 x 6 pixels to one, 3 x 3 for one of four.
inline constexpr std::int64_t kDownWindow = 6, kUpWindow = 3;

/// Where the filters of an Affinity's two projections differ between channels, or not.
enum class Filters { shared, per_channel };

/// Weights for halving and doubling [N, C, H, W], from similarities of second order:
///     e(y, x) = 1 / sqrt(C) sum over c of U_c(y, x) V_c(y, x)        [N, 1, H/2, W/2]
/// U and V: the features filtered with 6 x 6 kernels, stride 2, which are themselves made of the
/// features (averaged to 6 x 6, 1 x 1 convolution), normalised in 32 groups, leaky ReLU. 36 numbers
/// per image, from the features' means, turn e into 36 weights at every pixel. Names bnu, bnv,
/// bconv_UP, bconv_DP, bconv_U, bconv_V.
class Affinity : public torch::nn::Module {
 public:
  Affinity(std::int64_t channels, Filters filters);

  struct Weights {
    Tensor down;  ///< [N, 36, H/2, W/2], sum 1: a softmax
    Tensor up;    ///< [N, 9, H, W], sum 1: a softmax of sigmoids
  };
  /// H and W even.
  [[nodiscard]] Weights operator()(const Tensor& features) const;

 private:
  /// U or V of one image, [1, C, H/2, W/2].
  [[nodiscard]] Tensor project(const Tensor& features, Sequence& kernel, Sequence& finish) const;

  std::int64_t channels_;
  Filters filters_;
  std::shared_ptr<Sequence> bnu_, bnv_, up_, down_, u_, v_;
};

/// Halves: out(y, x) = sum over i, j in 0 ... 5 of weights(6 i + j; y, x) in(2 y - 2 + i, 2 x - 2 +
/// j) with zeros outside: [N, C, H, W] and [N, 36, H/2, W/2] -> [N, C, H/2, W/2].
[[nodiscard]] Tensor weighted_down(const Tensor& input, const Tensor& weights);

/// Doubles: out(y, x) = sum over i, j in 0 ... 2 of weights(3 i + j; y, x) in(y/2 - 1 + i,
/// x/2 - 1 + j), y/2 and x/2 rounded down, with zeros outside: [N, C, H, W] and [N, 9, 2 H, 2 W] ->
/// [N, C, 2 H, 2 W].
[[nodiscard]] Tensor weighted_up(const Tensor& input, const Tensor& weights);

}  // namespace mbench::deep
