#pragma once
#include <array>
#include <memory>

#include "baselines/deep/blocks/pooling_encoder.hpp"
#include "baselines/deep/blocks/pyramid_pooling.hpp"
#include "baselines/deep/blocks/squeeze_excitation.hpp"

namespace mbench::deep {

struct AimNetOutput {
  Tensor semantic;  ///< [N, 3, H, W], sigmoid: background, transition, foreground ("global")
  Tensor detail;    ///< [N, 1, H, W], sigmoid; undefined if it was not wanted ("local")
};

/// AIM-Net [li2021]: a ResNet-34 that pools instead of striding and keeps where its maxima were; a
/// semantic decoder with pyramid pooling and squeeze-and-excitation; a matting decoder that puts
/// values back where the maxima were, guided by a spatial attention map from the semantic decoder.
/// Input [N, 3, H, W], normalised RGB; H and W multiples of 32. Names of JizhiziLi/AIM.
class AimNet : public torch::nn::Module {
 public:
  enum class Decoders { both, semantic };

  AimNet();
  [[nodiscard]] AimNetOutput operator()(const Tensor& image,
                                        Decoders decoders = Decoders::both) const;

 private:
  struct Semantic {
    Tensor classes;    ///< [N, 3, H, W], sigmoid
    Tensor attention;  ///< [N, 1, H, W], sigmoid
  };
  [[nodiscard]] Semantic decode_semantic(const Tensor& top) const;
  [[nodiscard]] Tensor decode_detail(const PoolingEncoder::Output& encoded,
                                     const Tensor& attention) const;

  PoolingEncoder encoder_;
  std::shared_ptr<PyramidPooling> psp_module_;
  std::array<std::shared_ptr<Sequence>, 4> psp_{};          ///< from coarse to fine: psp4 to psp1
  std::array<std::shared_ptr<Sequence>, 5> decoder_g_{};    ///< decoder4_g to decoder0_g
  std::array<std::shared_ptr<SqueezeExcitation>, 5> se_{};  ///< decoder4_g_se to decoder0_g_se
  std::shared_ptr<Conv2d> spatial_, final_g_, final_l_;
  std::shared_ptr<Sequence> bridge_block_;
  std::array<std::shared_ptr<Sequence>, 5> decoder_l_{};  ///< decoder4_l to decoder0_l
};

/// Alpha as the published program fuses: the class of a pixel is the first channel of `semantic`
/// with the largest value; 0, detail, 1 for background, transition, foreground.
[[nodiscard]] Tensor aimnet_fusion(const Tensor& semantic, const Tensor& detail);

/// U of the paper from the three sigmoids: (0.5 transition + foreground) / (background + transition
/// + foreground). The paper gives U by its ground truth in {0, 0.5, 1} and says nothing of values
/// between; dividing by the sum is our reading.
[[nodiscard]] Tensor aimnet_unified(const Tensor& semantic);

/// Alpha as the paper fuses [li2021, equation 2]; the same as aimnet_fusion() for U in {0, 0.5, 1}:
///     alpha = (1 - 2 |U - 0.5|) M + 2 |U - 0.5| U
[[nodiscard]] Tensor aimnet_soft_fusion(const Tensor& unified, const Tensor& detail);

}  // namespace mbench::deep
