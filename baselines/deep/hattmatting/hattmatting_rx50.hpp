#pragma once
#include <memory>

#include "baselines/deep/hattmatting/atrous_pyramid.hpp"

namespace mbench::deep {

class Rx50Features;
class Rx50Attention;

/// HAttMatting [qiao2020] as the public re-implementation QinjieXiao/HAttMatting has it: first
/// three layers of ResNeXt-50 32x4d, channel attention of CBAM [woo2018], spatial attention with
/// one map. Input [N, 3, H, W], red first, normalised with ImageNet's mean and deviation; H and W
/// multiples of 16. Output [N, 1, H, W], at least 0 and without an upper bound.
class HattMattingRx50 : public torch::nn::Module {
 public:
  HattMattingRx50();
  [[nodiscard]] Tensor operator()(const Tensor& image) const;

 private:
  std::shared_ptr<Rx50Features> feature_extraction_;
  std::shared_ptr<AtrousPyramid> aspp_;
  std::shared_ptr<Rx50Attention> hierarchical_attention_;
};

}  // namespace mbench::deep
