#pragma once
#include <memory>

#include "baselines/deep/blocks/resnet.hpp"

namespace mbench::deep {

/// ResNet-34 as torchvision names it: conv1 bn1 layer1..4 fc. A container: networks that take it
/// apart wrap its parts again under names of their own, so their state dicts list them twice.
class ResNet34 : public torch::nn::Module {
 public:
  /// Strides of conv1 and of layers 2 to 4. Networks with strides of 1 put pools between.
  explicit ResNet34(std::int64_t stem_stride = 2, std::int64_t layer_stride = 2);

  std::shared_ptr<Conv2d> conv1;
  std::shared_ptr<BatchNorm2d> bn1;
  std::shared_ptr<Relu> relu;
  std::shared_ptr<MaxPool2d> maxpool;
  std::shared_ptr<Sequence> layer1, layer2, layer3, layer4;
  std::shared_ptr<Linear> fc;  ///< of ImageNet's classes; no matting network uses it
};

/// ResNet-101, as ResNet34.
class ResNet101 : public torch::nn::Module {
 public:
  ResNet101();

  std::shared_ptr<Conv2d> conv1;
  std::shared_ptr<BatchNorm2d> bn1;
  std::shared_ptr<Relu> relu;
  std::shared_ptr<MaxPool2d> maxpool;
  std::shared_ptr<Sequence> layer1, layer2, layer3, layer4;
  std::shared_ptr<Linear> fc;
};

}  // namespace mbench::deep
