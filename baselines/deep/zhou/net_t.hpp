#pragma once
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/resnet.hpp"

namespace mbench::deep {

/// ResNet-50 on five channels with a last layer of stride 1 and dilations 1, 2, 1. Names conv1 bn1
/// layer1 ... layer4.
class AtrousResNet50 : public torch::nn::Module {
 public:
  AtrousResNet50();
  struct Features {
    Tensor layer1;  ///< [N, 256, H/4, W/4]
    Tensor layer2;  ///< [N, 512, H/8, W/8]
    Tensor layer4;  ///< [N, 2048, H/16, W/16]
  };
  [[nodiscard]] Features operator()(const Tensor& input) const;

 private:
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<Sequence> layer1_, layer2_, layer3_, layer4_;
};

/// Atrous spatial pyramid pooling [chen2017]: 1 x 1, three dilated 3 x 3 and the mean over the
/// image, joined and reduced: [N, 2048, H, W] -> [N, 256, H, W]. Names branch1 ... branch4,
/// branch5_conv, branch5_bn, conv_cat.
class Aspp : public Unit {
 public:
  Aspp();

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::vector<std::shared_ptr<Sequence>> branches_;
  std::shared_ptr<Conv2d> branch5_conv_;
  std::shared_ptr<BatchNorm2d> branch5_bn_;
  std::shared_ptr<Sequence> conv_cat_;
};

/// Net-T [zhou2021, Table S3], which finds a trimap, as we read the paper: its authors published
/// neither program nor weights. DeepLab v3 with a decoder of its own; the table's details are those
/// of YudeWang/deeplabv3plus-pytorch, whose names the encoder has.
/// Input [N, 5, H, W]: RGB normalised by ImageNet's statistics, then 1 - s and s of the
/// segmentation s in [0, 1]; H and W multiples of 16. Gives scores [N, 3, H, W] of background,
/// unknown and foreground, in this order, whose softmax are probabilities.
class NetT : public torch::nn::Module {
 public:
  /// `corners`: of all enlargements. The paper says "bilinear"; the code above aligns corners.
  explicit NetT(Corners corners = Corners::aligned);
  [[nodiscard]] Tensor operator()(const Tensor& input) const;

 private:
  [[nodiscard]] Tensor enlarge(const Tensor& input, std::int64_t factor) const;

  Corners corners_;
  std::shared_ptr<AtrousResNet50> backbone_;
  std::shared_ptr<Aspp> aspp_;
  std::shared_ptr<Sequence> shortcut1_, shortcut2_, cat_conv_;
  std::shared_ptr<Conv2d> cls_conv_;
};

/// Multiply-accumulates for 800 x 800 pixels.
inline constexpr std::int64_t kNetTMacs = 175'688'204'288;

}  // namespace mbench::deep
