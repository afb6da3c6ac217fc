#pragma once
#include <array>
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// Atrous spatial pyramid pooling with the names and arithmetic of torchvision's DeepLabV3
/// [chen2017]: [N, in, H, W] -> [N, out, H, W]. A convolution 1 x 1, three convolutions 3 x 3 with
/// their rates, and the mean of the image, each with batch normalisation and ReLU, joined and
/// reduced. Names convs.I, project.
class AtrousPyramid : public Unit {
 public:
  AtrousPyramid(std::int64_t in, std::int64_t out, const std::array<std::int64_t, 3>& rates);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<Sequence> convs_;
  std::shared_ptr<Sequence> project_;
};

}  // namespace mbench::deep
