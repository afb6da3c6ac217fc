#pragma once
#include <memory>

#include "baselines/deep/blocks/standardised_conv.hpp"

namespace mbench::deep {

enum class HamBackbone {
  resnext101,  ///< ResNeXt-101 32x8d with batch normalisation and ReLU
  resnet50,    ///< ResNet-50 with standardised convolutions, group normalisation and ELU
};

/// What HAM takes from its backbone.
struct HamFeatures {
  Tensor cues;       ///< [N, 256, H/2, W/2], of the first block
  Tensor semantics;  ///< [N, 2048, H/8, W/8], of the last block
};

/// A residual network without its pooling: names conv1 bn1 layer1..4 fc.
class HamEncoder : public torch::nn::Module {
 public:
  explicit HamEncoder(HamBackbone backbone);
  [[nodiscard]] HamFeatures operator()(const Tensor& image) const;

 private:
  std::shared_ptr<Conv2d> conv1_;
  UnitPointer bn1_, relu_;
  std::shared_ptr<Sequence> layer1_, layer2_, layer3_, layer4_;
  std::shared_ptr<Linear> fc_;  ///< of ImageNet's classes; never used
};

/// HAttMatting [qiao2020] as the public re-implementation HAM (Windaway/HAttMatting) has it: maps
/// of an atrous pyramid, weighted by channel, become a spatial attention on the first block's maps,
/// and both together alpha. Input [N, 3, H, W], blue first, 0 to 1 without normalisation; H and W
/// multiples of 8. Output [N, 1, H, W] in [0, 1].
class Ham : public torch::nn::Module {
 public:
  explicit Ham(HamBackbone backbone);
  [[nodiscard]] Tensor operator()(const Tensor& image) const;

 private:
  std::shared_ptr<HamEncoder> backb_;
  std::shared_ptr<Sequence> aspp_1_, aspp_2_, aspp_3_, aspp_4_, aspp_5_, aspp_o_;
  UnitPointer up4x_, maxpool_;
  std::shared_ptr<Sequence> se_, hamin_, ham1_, ham2_, hamse_, ham3x3_, hamo_;
  UnitPointer up2x_;
};

}  // namespace mbench::deep
