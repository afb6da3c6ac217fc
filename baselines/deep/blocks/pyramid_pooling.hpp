#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// Pyramid pooling of GFM and AIM-Net [li2022gfm, li2021]: [N, C, H, W] -> [N, C, H, W]. Means over
/// 1 x 1, 3 x 3 and 5 x 5 cells, each through a convolution 1 x 1, back to H x W, joined to the
/// input and reduced by a convolution with bias and a ReLU. Names stages.I.1, bottleneck.
class PyramidPooling : public Unit {
 public:
  /// `corners`: how the pooled maps are resized; GFM and AIM-Net differ.
  PyramidPooling(std::int64_t channels, Corners corners);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<Sequence> stages_;
  std::shared_ptr<Conv2d> bottleneck_;
  std::shared_ptr<Relu> relu_;
  Corners corners_;
};

}  // namespace mbench::deep
