#include "baselines/deep/blocks/standardised_conv.hpp"

namespace mbench::deep {

Tensor StandardisedConv2d::forward(const Tensor& input) {
  // In single precision also where the network is not: half precision has no 1e-12.
  const Tensor stored = weight.to(at::kFloat);  // [out, in / groups, h, w]
  const Tensor centred = stored - stored.mean({1, 2, 3}, true);
  const Tensor variance = centred.flatten(1).var(1, /*unbiased=*/true);  // [out]
  const Tensor deviation = at::sqrt(variance + 1e-12) + 1e-5;
  return convolve(input, (centred / deviation.view({-1, 1, 1, 1})).to(weight.scalar_type()));
}

}  // namespace mbench::deep
