#include "baselines/deep/blocks/standardised_conv.hpp"

namespace mbench::deep {
namespace {

/// Weights minus the mean of their output channel, [out, in / groups, h, w]. In single precision
/// also where the network is not: half precision has no 1e-12.
Tensor centred(const Tensor& stored) {
  const Tensor weight = stored.to(at::kFloat);
  return weight - weight.mean({1, 2, 3}, true);
}

}  // namespace

Tensor StandardisedConv2d::forward(const Tensor& input) {
  const Tensor filters = centred(weight);
  const Tensor variance = filters.flatten(1).var(1, /*unbiased=*/true);  // [out]
  const Tensor deviation = at::sqrt(variance + 1e-12) + 1e-5;
  return convolve(input, (filters / deviation.view({-1, 1, 1, 1})).to(weight.scalar_type()));
}

Tensor FbaStandardisedConv2d::forward(const Tensor& input) {
  const Tensor filters = centred(weight);
  const Tensor variance = filters.square().mean({1, 2, 3}, true);  // [out, 1, 1, 1]
  return convolve(input, (filters / at::sqrt(variance + 1e-5)).to(weight.scalar_type()));
}

}  // namespace mbench::deep
