#pragma once
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

// Residual networks with the names and arithmetic of torchvision [he2016].

namespace mbench::deep {

/// Two 3 x 3 convolutions with batch normalisation beside the identity: [N, in, H, W] ->
/// [N, out, H / stride, W / stride]. Names conv1 bn1 conv2 bn2 downsample.0 downsample.1.
class BasicBlock : public Unit {
 public:
  BasicBlock(std::int64_t in, std::int64_t out, std::int64_t stride = 1);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<Conv2d> conv2_;
  std::shared_ptr<BatchNorm2d> bn2_;
  std::shared_ptr<Sequence> downsample_;  ///< null where the identity fits
};

struct BottleneckOptions {
  std::int64_t stride{1};    ///< of the 3 x 3 convolution
  std::int64_t dilation{1};  ///< of the 3 x 3 convolution
  std::int64_t groups{1};
  std::int64_t group_width{64};  ///< channels per group of a block with 64 planes
  bool bias{false};              ///< whether the convolutions have biases
  /// Where the block has a stride, its identity path takes the mean of 2 x 2 pixels before a
  /// convolution without stride, as in ResNet-D [he2019]; its names are then downsample.1 and
  /// downsample.2.
  bool pooled_identity{false};
};

/// 1 x 1, 3 x 3 and 1 x 1 convolution with batch normalisation beside the identity: [N, in, H, W]
/// -> [N, 4 planes, H / stride, W / stride]. Names conv1 bn1 ... conv3 bn3 downsample.0
/// downsample.1.
class Bottleneck : public Unit {
 public:
  Bottleneck(std::int64_t in, std::int64_t planes, BottleneckOptions options = {});

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<Conv2d> conv2_;
  std::shared_ptr<BatchNorm2d> bn2_;
  std::shared_ptr<Conv2d> conv3_;
  std::shared_ptr<BatchNorm2d> bn3_;
  std::shared_ptr<Sequence> downsample_;
};

/// `count` blocks one after the other, the first with the stride.
[[nodiscard]] std::shared_ptr<Sequence> basic_layer(std::int64_t in, std::int64_t out, int count,
                                                    std::int64_t stride = 1);
[[nodiscard]] std::shared_ptr<Sequence> bottleneck_layer(std::int64_t in, std::int64_t planes,
                                                         int count, BottleneckOptions options = {});

}  // namespace mbench::deep
