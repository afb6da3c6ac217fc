#pragma once
#include <array>
#include <cstdint>
#include <memory>

#include "baselines/deep/a2u/affinity.hpp"
#include "baselines/deep/blocks/separable_aspp.hpp"

namespace mbench::deep {

/// A block of the encoder that halves [dai2021]: the first convolution at full size, weighted
/// down-sampling, the second one; the shortcut by a strided 1 x 1.
class HalvingBlock : public torch::nn::Module {
 public:
  HalvingBlock(std::int64_t in, std::int64_t out, Filters filters);
  struct Output {
    Tensor features;  ///< [N, out, H/2, W/2]
    Tensor up;        ///< Affinity::Weights::up: [N, 9, H, W]
  };
  [[nodiscard]] Output operator()(const Tensor& input) const;

 private:
  UnitPointer layer1_, layer2_;
  std::shared_ptr<Affinity> affinity_;
  std::shared_ptr<Conv2d> proj_conv_;
  UnitPointer proj_bn_;
};

/// A level of the decoder: weighted up-sampling, the shortcut added, two residual blocks.
class AffinityDecoder : public torch::nn::Module {
 public:
  AffinityDecoder(std::int64_t in, std::int64_t out);
  [[nodiscard]] Tensor operator()(const Tensor& input, const Tensor& shortcut,
                                  const Tensor& up) const;

 private:
  UnitPointer dconv_, dconv1_;
};

/// A2U Matting [dai2021] as released in dongdong93/a2u_matting: three stages of ResNet-34
/// [he2016], each halving by learnt weights that the decoder's doubling shares. Input [N, 4, H, W]:
/// RGB normalised by ImageNet's statistics, trimap in [0, 1]; H and W multiples of 16. Output
/// [N, 1, H, W], not bounded.
class A2u : public torch::nn::Module {
 public:
  explicit A2u(Filters filters);
  [[nodiscard]] Tensor operator()(const Tensor& input) const;

 private:
  std::shared_ptr<Sequence> layer0_;
  std::shared_ptr<Affinity> affinity0_, affinity1_;
  UnitPointer layer1_;
  std::shared_ptr<HalvingBlock> layer2_1_;
  UnitPointer layer2_2_;
  std::shared_ptr<HalvingBlock> layer3_1_;
  UnitPointer layer3_2_;
  std::shared_ptr<SeparableAspp> aspp_;
  std::array<std::shared_ptr<AffinityDecoder>, 4> decoder_;  ///< coarsest first
  std::array<std::shared_ptr<Sequence>, 4> short_;           ///< coarsest first
  std::shared_ptr<Sequence> pred_;
};

}  // namespace mbench::deep
