#pragma once
#include <array>
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/pooling_encoder.hpp"

namespace mbench::deep {

/// Tripartite integration [li2021p3m]: what the semantic decoder, the matting decoder and the
/// encoder have at one level, [N, C, H, W] each, reduced by one common convolution 1 x 1 to
/// C/2 channels, joined and brought back to C.
class TripartiteIntegration : public torch::nn::Module {
 public:
  explicit TripartiteIntegration(std::int64_t channels);
  [[nodiscard]] Tensor operator()(const Tensor& semantic, const Tensor& detail,
                                  const Tensor& encoded) const;

 private:
  std::shared_ptr<Conv2d> transform_, conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<Relu> relu_;
};

/// Shallow integration: adds to the matting decoder's maps at 1/stride what they and the encoder's
/// first maps, pooled, make together.
class ShallowIntegration : public torch::nn::Module {
 public:
  ShallowIntegration(std::int64_t channels, std::int64_t stride);
  [[nodiscard]] Tensor operator()(const Tensor& detail, const Tensor& first) const;

 private:
  std::shared_ptr<Conv2d> transform1_, transform2_;
  std::shared_ptr<MaxPool2d> maxpool_;
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<Relu> relu_;
};

/// Deep integration: adds to the semantic decoder's maps at factor/32 what they and the encoder's
/// last maps, enlarged by the factor, make together.
class DeepIntegration : public torch::nn::Module {
 public:
  DeepIntegration(std::int64_t channels, std::int64_t factor);
  [[nodiscard]] Tensor operator()(const Tensor& semantic, const Tensor& last) const;
  /// Classes at the size of the image, [N, 3, H, W], from what operator() gave: for training.
  [[nodiscard]] Tensor side(const Tensor& integrated) const;

 private:
  std::shared_ptr<Conv2d> transform1_, transform2_;
  std::shared_ptr<Upsample> upsample_;
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<Relu> relu_;
  std::shared_ptr<Conv2d> conv2_;
  std::shared_ptr<Upsample> upsample2_;
};

/// What was not wanted is undefined.
struct P3mNetOutput {
  Tensor semantic;              ///< [N, 3, H, W]: background, transition, foreground; not sigmoids
  Tensor detail;                ///< [N, 1, H, W], sigmoid
  std::array<Tensor, 3> sides;  ///< of dbfi_2, dbfi_1, dbfi_0: [N, 3, H, W], not sigmoids
};

/// P3M-Net [li2021p3m] with the ResNet-34 of AIM-Net: a semantic and a matting decoder that
/// exchange maps with each other and the encoder at every level. Input [N, 3, H, W], normalised
/// RGB; H and W multiples of 32. Names of JizhiziLi/P3M.
class P3mNet : public torch::nn::Module {
 public:
  enum class Wanted { everything, alpha, semantic, detail };

  P3mNet();
  [[nodiscard]] P3mNetOutput operator()(const Tensor& image,
                                        Wanted wanted = Wanted::everything) const;

 private:
  [[nodiscard]] Tensor decode_detail(const PoolingEncoder::Output& encoded,
                                     const std::array<Tensor, 4>& semantic) const;

  PoolingEncoder encoder_;
  std::array<std::shared_ptr<TripartiteIntegration>, 4> tfi_{};  ///< from coarse to fine: tfi_3 ...
  std::array<std::shared_ptr<ShallowIntegration>, 3> sbfi_{};    ///< sbfi_2, sbfi_1, sbfi_0
  std::array<std::shared_ptr<DeepIntegration>, 3> dbfi_{};       ///< dbfi_2, dbfi_1, dbfi_0
  std::array<std::shared_ptr<Sequence>, 5> decoder_g_{};         ///< decoder4_g to decoder0_g
  std::array<std::shared_ptr<Sequence>, 5> decoder_l_{};         ///< decoder4_l to decoder0_l
  std::shared_ptr<Conv2d> final_l_;
};

}  // namespace mbench::deep
