#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// What follows every convolution of a SeparableAspp: one or several units of a Sequence.
using AppendActivation = void (*)(std::vector<UnitPointer>& units, std::int64_t channels);

/// Atrous spatial pyramid pooling [chen2017] as IndexNet and A2U have it: beside each other a 1 x 1
/// convolution, three depthwise 3 x 3 ones of different dilation, each followed by a 1 x 1, and the
/// mean of the image; joined by a 1 x 1: [N, in, H, W] -> [N, out, H, W]. Names aspp1 ... aspp4,
/// global_avg_pool, bottleneck_conv.
class SeparableAspp : public Unit {
 public:
  SeparableAspp(std::int64_t in, std::int64_t out, const std::array<std::int64_t, 3>& dilations,
                AppendActivation append_activation);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::array<UnitPointer, 4> branches_;
  std::shared_ptr<Sequence> mean_, join_;
};

}  // namespace mbench::deep
