#pragma once
#include <array>
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/spectral_conv.hpp"

// The encoder and decoder of GCA-Matting [li2020gca] without its attention, which networks fill in
// on their own. Names of Yaoyi-Li/GCA-Matting.

namespace mbench::deep {

/// Attention at 1/8 of the image's size: changes the features of alpha by what the image's features
/// say of which pixels are alike.
class GuidedAttention : public torch::nn::Module {
 public:
  /// `guidance` and `alpha` [N, 128, H/8, W/8], `unknown` [N, 1, H/8, W/8] with 1 where the trimap
  /// is unknown; gives the new alpha features.
  [[nodiscard]] virtual Tensor operator()(const Tensor& guidance, const Tensor& alpha,
                                          const Tensor& unknown) const = 0;
};

/// An attention and the name it has in the state dict. None: the network has no guidance head.
struct NamedAttention {
  const char* name{""};
  std::shared_ptr<GuidedAttention> attention{};  // shared: LibTorch's modules own each other so
};

/// What the encoder hands to the decoder.
struct GcaFeatures {
  std::array<Tensor, 5> shortcuts{};  ///< [N, 32 32 64 128 256, H/2^i, W/2^i], i = 0 ... 4
  Tensor bottleneck{};                ///< [N, 512, H/32, W/32]
  Tensor guidance{};                  ///< [N, 128, H/8, W/8]; only with attention
  Tensor unknown{};                   ///< [N, 1, H/8, W/8]; only with attention
};

/// Residual encoder of 29 layers. Input [N, 6, H, W]: RGB normalised by ImageNet's statistics, then
/// background, unknown and foreground of the trimap, each 0 or 1; H and W multiples of 32.
class GcaEncoder : public torch::nn::Module {
 public:
  explicit GcaEncoder(const NamedAttention& attention = {});
  [[nodiscard]] GcaFeatures operator()(const Tensor& input) const;

 private:
  std::shared_ptr<SpectralConv2d> conv1_, conv2_, conv3_;
  std::shared_ptr<BatchNorm2d> bn1_, bn2_, bn3_;
  std::shared_ptr<Sequence> layer1_, layer2_, layer3_, layer_bottleneck_;
  std::shared_ptr<Sequence> shortcut_;  ///< five paths beside each other
  std::shared_ptr<Sequence> guidance_head_;
  std::shared_ptr<GuidedAttention> attention_;
};

/// Residual decoder of 22 layers; alpha [N, 1, H, W] in [0, 1].
class GcaDecoder : public torch::nn::Module {
 public:
  explicit GcaDecoder(const NamedAttention& attention = {});
  [[nodiscard]] Tensor operator()(const GcaFeatures& features) const;

 private:
  std::shared_ptr<SpectralConvTranspose2d> conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<Conv2d> conv2_;
  std::shared_ptr<Sequence> layer1_, layer2_, layer3_, layer4_;
  std::shared_ptr<GuidedAttention> attention_;
};

}  // namespace mbench::deep
