#include "baselines/deep/zhou/fusion.hpp"

namespace mbench::deep {

Tensor soft_fusion(const Tensor& probabilities, const Tensor& alpha) {
  return probabilities.narrow(1, 2, 1) + probabilities.narrow(1, 1, 1) * alpha;
}

Tensor soft_fusion_long_form(const Tensor& probabilities, const Tensor& alpha) {
  const Tensor background = probabilities.narrow(1, 0, 1);
  const Tensor unknown = probabilities.narrow(1, 1, 1);
  const Tensor foreground = probabilities.narrow(1, 2, 1);
  const Tensor known = foreground + background;
  const Tensor share = at::where(known > 0, foreground / known, at::zeros_like(known));
  return (1 - unknown) * share + unknown * alpha;
}

}  // namespace mbench::deep
