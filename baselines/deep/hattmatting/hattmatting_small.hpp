#pragma once
#include <memory>

#include "baselines/deep/hattmatting/atrous_pyramid.hpp"

namespace mbench::deep {

class SmallFeatures;
class SmallFiltration;

/// HAttMatting [qiao2020] as the small public re-implementation vietnamican/HAttMatting has it: a
/// backbone of four residual blocks and no channel attention. Input [N, 3, H, W], blue first,
/// normalised with ImageNet's mean and deviation in the order of red, green, blue; H and W
/// multiples of 8. Output [N, 1, H, W], at least 0 and without an upper bound.
class HattMattingSmall : public torch::nn::Module {
 public:
  HattMattingSmall();
  [[nodiscard]] Tensor operator()(const Tensor& image) const;

 private:
  std::shared_ptr<SmallFeatures> fe_;
  std::shared_ptr<AtrousPyramid> aspp_;
  std::shared_ptr<SmallFiltration> acf_;
};

}  // namespace mbench::deep
