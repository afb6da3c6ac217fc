#pragma once
#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// A convolution whose filters are standardised at every pass [qiao2019ws]:
///     used = (stored - mean) / (sqrt(variance + 1e-12) + 1e-5)
/// mean and variance (divided by n - 1) over the n = in / groups * height * width weights of one
/// output channel. The paper has neither small number; these are those of the published program
/// HAM. Names and constructors of Conv2d.
class StandardisedConv2d : public Conv2d {
 public:
  using Conv2d::Conv2d;

 protected:
  Tensor forward(const Tensor& input) override;
};

/// The same as the published program FBA has it, with a variance divided by n:
///     used = (stored - mean) / sqrt(variance + 1e-5)
/// The program overwrites what it stores by this, once, when it has read a file; here the state
/// dict stays as it was read.
class FbaStandardisedConv2d : public Conv2d {
 public:
  using Conv2d::Conv2d;

 protected:
  Tensor forward(const Tensor& input) override;
};

}  // namespace mbench::deep
