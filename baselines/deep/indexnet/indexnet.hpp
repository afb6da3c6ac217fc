#pragma once
#include <array>
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/separable_aspp.hpp"

namespace mbench::deep {

/// IndexNet's indices [lu2019], depthwise, many to one, with context and non-linearity: for each of
/// the four pixels of a 2 x 2 block a map of its own from the block's 4 x 4 neighbourhood. With x_i
/// the maps, [N, C, H/2, W/2],
///     decoder: y_i = sigmoid(x_i)            encoder: z_i = exp(y_i) / sum_j exp(y_j)
/// each put back to its pixel: [N, C, H, W].
class IndexBlock : public torch::nn::Module {
 public:
  explicit IndexBlock(std::int64_t channels);
  struct Indices {
    Tensor encoder, decoder;
  };
  [[nodiscard]] Indices operator()(const Tensor& input) const;

 private:
  std::array<std::shared_ptr<Sequence>, 4> maps_;
};

/// One level of the decoder: x enlarged and multiplied by the level's indices if it has some,
/// joined with the encoder's features, 5 x 5 convolution.
class IndexedUpsampling : public torch::nn::Module {
 public:
  IndexedUpsampling(std::int64_t in, std::int64_t out);
  [[nodiscard]] Tensor operator()(const Tensor& input, const Tensor& features,
                                  const Tensor& indices) const;

 private:
  std::shared_ptr<Sequence> dconv_;
};

/// IndexNet Matting [lu2019] as released in poppinace/indexnet_matting: MobileNetV2 [sandler2018]
/// without strides, halved five times by indexed pooling, and a decoder that enlarges by the same
/// indices. Input [N, 4, H, W]: RGB normalised by ImageNet's statistics, trimap in [0, 1]; H and W
/// multiples of 32. Output [N, 1, H, W], not bounded.
class IndexNet : public torch::nn::Module {
 public:
  IndexNet();
  [[nodiscard]] Tensor operator()(const Tensor& input) const;

 private:
  static constexpr std::size_t kLevels = 7;
  std::array<std::shared_ptr<Sequence>, kLevels + 1> layers_;
  std::array<std::shared_ptr<IndexBlock>, kLevels> index_;  ///< null where nothing is halved
  std::shared_ptr<SeparableAspp> aspp_;
  std::array<std::shared_ptr<IndexedUpsampling>, kLevels> decoder_;
  std::shared_ptr<Sequence> pred_;
};

}  // namespace mbench::deep
