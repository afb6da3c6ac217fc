#pragma once
#include <memory>

#include "baselines/deep/blocks/global_convolution.hpp"

namespace mbench::deep {

/// What AdaMatting's networks give, each [N, C, H, W].
struct AdaMattingOutput {
  Tensor trimap;  ///< 3 logits: background, unknown, foreground
  Tensor alpha;   ///< 1 channel, as the propagation leaves it
};

class PropagationUnit;

/// AdaMatting [cai2019], our reading of the paper, which has no published program. One encoder, a
/// decoder that adapts the trimap, a decoder for alpha, and a recurrent unit that refines alpha.
/// docs/methods.md tells what the paper fixes and what is chosen here. Input [N, 4, H, W]: red
/// first, normalised with ImageNet's mean and deviation, then the trimap as 0, 128/255, 1; H and W
/// multiples of 32. Alpha comes out in [0, 1].
class AdaMatting : public torch::nn::Module {
 public:
  AdaMatting();
  [[nodiscard]] AdaMattingOutput operator()(const Tensor& input) const;

 private:
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<MaxPool2d> maxpool_;
  std::shared_ptr<Sequence> layer1_, layer2_, layer3_, layer4_;
  std::shared_ptr<GlobalConvolution> shortcut_shallow_, shortcut_middle_, shortcut_deep_;
  std::shared_ptr<Sequence> trimap_decoder_, alpha_decoder_;  ///< five levels and an output each
  std::shared_ptr<PropagationUnit> propagation_;
};

}  // namespace mbench::deep
