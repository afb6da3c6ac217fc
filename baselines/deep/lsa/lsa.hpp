#pragma once
#include <array>
#include <memory>
#include <span>

#include "baselines/deep/blocks/resnet.hpp"

namespace mbench::deep {

/// What LSA's encoder gives: [0] its input, [1] ... [5] at 1/2 ... 1/32 of the input's size.
using LsaFeatures = std::array<Tensor, 6>;

/// What backpropagating refinement inserts after one level of the decoder:
///     x * exp(J(factor)) + J(offset),  J: bicubic resize to the size of x
struct LsaAdjustment {
  Tensor factor;  ///< [1, C, n, n]
  Tensor offset;  ///< [1, C, n, n]
};

/// A level of LSA's decoder: 3 x 3 convolution, batch normalisation, ReLU, and every channel
/// weighted by hard_sigmoid(1 x 1 convolution of the channels' means) (eSE [lee2020]). Names conv1
/// norm1 fc.
class LsaDecoderLevel : public Unit {
 public:
  LsaDecoderLevel(std::int64_t in, std::int64_t out);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<BatchNorm2d> norm1_;
  std::shared_ptr<Conv2d> fc_;
};

/// LSA-Matting's network [wang2022]: ResNetV1d-50 and a decoder of five levels. Input [N, 4, H, W]:
/// RGB normalised as for ImageNet, trimap in [0, 1]. Output [N, 1, H, W]: alpha, not clipped. Names
/// of kfeng123/LSA-Matting.
class LsaNet : public torch::nn::Module {
 public:
  /// Levels of the decoder that refinement adjusts: 5, 4, 3, 2.
  static constexpr int kCoarsest = 5, kFinestAdjusted = 2;

  LsaNet();
  [[nodiscard]] Tensor operator()(const Tensor& input) const { return decode(encode(input)); }
  [[nodiscard]] LsaFeatures encode(const Tensor& input) const;
  /// `adjustments`: none, or those after levels 2, 3, 4, 5.
  [[nodiscard]] Tensor decode(const LsaFeatures& features,
                              std::span<const LsaAdjustment> adjustments = {}) const;

 private:
  std::shared_ptr<Sequence> stem_, layer1_, layer2_, layer3_, layer4_;
  std::shared_ptr<MaxPool2d> maxpool_;
  std::array<std::shared_ptr<LsaDecoderLevel>, 6> levels_;  ///< [1] ... [5]
  std::shared_ptr<Conv2d> final1_, final2_, final3_;
};

/// Channels after level 1 ... 5 of the decoder.
inline constexpr std::array<std::int64_t, 6> kLsaDecoderChannels{0, 64, 64, 128, 256, 512};

}  // namespace mbench::deep
