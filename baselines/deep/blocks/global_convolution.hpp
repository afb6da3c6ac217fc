#pragma once
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// Global convolution [peng2017]: [N, in, H, W] -> [N, out, H, W]. What a k x k convolution sees,
/// by two pairs of convolutions along one axis each: k x 1 then 1 x k, plus 1 x k then k x 1.
/// Names conv_l1 conv_l2 conv_r1 conv_r2.
class GlobalConvolution : public Unit {
 public:
  GlobalConvolution(std::int64_t in, std::int64_t out, std::int64_t kernel = 7);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<Conv2d> conv_l1_, conv_l2_, conv_r1_, conv_r2_;
};

}  // namespace mbench::deep
