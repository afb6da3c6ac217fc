#pragma once
#include <array>
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// FBA's ResNet-50 on eleven channels: convolutions with standardised filters [qiao2019ws], group
/// normalisation [wu2018], and dilation instead of stride in the last two layers. [N, 11, H, W] ->
/// features of 64, 256 and 2048 channels at 1/2, 1/4 and 1/8.
class FbaEncoder : public torch::nn::Module {
 public:
  FbaEncoder();
  struct Features {
    Tensor half, quarter, eighth;
  };
  [[nodiscard]] Features operator()(const Tensor& input) const;

 private:
  std::shared_ptr<Unit> conv1_, bn1_, layer1_, layer2_, layer3_, layer4_;
};

/// Pyramid pooling and a decoder of four levels: alpha, foreground and background before their
/// activations, [N, 7, H, W].
class FbaDecoder : public torch::nn::Module {
 public:
  FbaDecoder();
  /// `last`: what the last level sees beside its feature, [N, 8, H, W].
  [[nodiscard]] Tensor operator()(const FbaEncoder::Features& features, const Tensor& last) const;

 private:
  std::shared_ptr<Sequence> ppm_;
  std::array<std::shared_ptr<Sequence>, 4> conv_up_{};
};

/// The network of F, B, Alpha Matting [forte2020]. Input [N, 14, H, W]: normalised RGB (3),
/// nearness to background and foreground (6), certain background and foreground (2), RGB in [0, 1]
/// (3); H and W multiples of 8. Output [N, 7, H, W]: alpha, foreground, background, all in [0, 1].
/// Names of MarcoForte/FBA_Matting.
class Fba : public torch::nn::Module {
 public:
  static constexpr std::int64_t kChannels = 14;

  Fba();
  /// `image`: RGB in [0, 1] in single precision, [N, 3, H, W], which the answer is brought in line
  /// with; what the network sees of it may be rounded to half precision.
  [[nodiscard]] Tensor operator()(const Tensor& input, const Tensor& image) const;
  [[nodiscard]] Tensor operator()(const Tensor& input) const;

 private:
  std::shared_ptr<FbaEncoder> encoder_;
  std::shared_ptr<FbaDecoder> decoder_;
};

}  // namespace mbench::deep
