#pragma once
#include <memory>

#include "baselines/deep/blocks/pyramid_pooling.hpp"
#include "baselines/deep/blocks/resnet_backbone.hpp"

namespace mbench::deep {

/// What the three maps of GFM's glance decoder mean [li2022gfm].
enum class Representation {
  trimap,      ///< background, transition, foreground ("tt")
  foreground,  ///< background, foreground and transition together is the rest ("ft")
  background,  ///< ("bt")
};

/// What GFM's decoders and their fusion give, each [N, C, H, W].
struct GfmOutput {
  Tensor glance;  ///< sigmoid: 3 channels for trimap, 2 else
  Tensor focus;   ///< sigmoid, 1 channel
  Tensor fusion;  ///< alpha, 1 channel
};

/// GFM with ResNet-34 [li2022gfm]: a shared encoder, a glance decoder for where the foreground is
/// and a focus decoder for its details. Input [N, 3, H, W], RGB 0 to 255 without normalisation; H
/// and W multiples of 32. Names of JizhiziLi/GFM.
class GfmResNet34 : public torch::nn::Module {
 public:
  explicit GfmResNet34(Representation representation);
  [[nodiscard]] GfmOutput operator()(const Tensor& image) const;

 private:
  Representation representation_;
  std::shared_ptr<ResNet34> resnet_;
  std::shared_ptr<Sequence> encoder0_, encoder1_, encoder2_, encoder3_, encoder4_;
  std::shared_ptr<PyramidPooling> psp_module_;
  std::shared_ptr<Sequence> psp4_, psp3_, psp2_, psp1_;
  std::shared_ptr<Sequence> decoder4_g_, decoder3_g_, decoder2_g_, decoder1_g_;
  std::shared_ptr<Sequence> bridge_block_;
  std::shared_ptr<Sequence> decoder4_f_, decoder3_f_, decoder2_f_, decoder1_f_;
  std::shared_ptr<Sequence> decoder0_g_, decoder0_f_;
};

/// Alpha from glance and focus. The class of a pixel is the first channel with the largest value:
///     trimap:      0, focus, 1 for class 0, 1, 2
///     foreground:  min(class + focus, 1)
///     background:  max(class - focus, 0)
[[nodiscard]] Tensor gfm_fusion(const Tensor& glance, const Tensor& focus,
                                Representation representation);

}  // namespace mbench::deep
