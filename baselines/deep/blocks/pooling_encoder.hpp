#pragma once
#include <array>
#include <memory>

#include "baselines/deep/blocks/max_unpool.hpp"
#include "baselines/deep/blocks/resnet_backbone.hpp"

namespace mbench::deep {

/// The encoder of AIM-Net and P3M-Net: a ResNet-34 with strides of 1 and five pools, which keep
/// where their maxima were. Two of them come before the first layer.
class PoolingEncoder {
 public:
  struct Output {
    std::array<Tensor, 5> features;  ///< of encoder0 to encoder4
    std::array<Tensor, 5> indices;   ///< of the five pools
    Tensor pooled;                   ///< features[0] after the first pool
  };

  /// Registers resnet and encoder0 to encoder4 with the network.
  explicit PoolingEncoder(torch::nn::Module& network);

  /// H and W multiples of 32.
  [[nodiscard]] Output operator()(const Tensor& image) const;

 private:
  std::shared_ptr<ResNet34> resnet_;
  std::array<std::shared_ptr<Sequence>, 5> encoder_;
};

}  // namespace mbench::deep
