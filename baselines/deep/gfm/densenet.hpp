#pragma once
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// DenseNet-121 as torchvision names it [huang2017]: in a dense block every layer sees the outputs
/// of all layers before it, and a transition halves channels and size. A container: networks that
/// take it apart wrap its parts again under names of their own.
class DenseNet121 : public torch::nn::Module {
 public:
  DenseNet121();

  std::shared_ptr<Conv2d> conv0;  ///< 3 -> 64 channels, half the size
  std::shared_ptr<BatchNorm2d> norm0;
  std::shared_ptr<Relu> relu0;
  std::shared_ptr<Unit> denseblock1;   ///< 64 -> 256
  std::shared_ptr<Unit> transition1;   ///< 256 -> 128, half the size
  std::shared_ptr<Unit> denseblock2;   ///< 128 -> 512
  std::shared_ptr<Unit> transition2;   ///< 512 -> 256, half the size
  std::shared_ptr<Unit> denseblock3;   ///< 256 -> 1024
  std::shared_ptr<Unit> transition3;   ///< 1024 -> 512, half the size
  std::shared_ptr<Unit> denseblock4;   ///< 512 -> 1024
  std::shared_ptr<BatchNorm2d> norm5;  ///< only before the classifier
  std::shared_ptr<Linear> classifier;  ///< of ImageNet's classes; no matting network uses it
};

}  // namespace mbench::deep
