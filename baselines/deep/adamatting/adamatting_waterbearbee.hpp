#pragma once
#include <memory>

#include "baselines/deep/adamatting/adamatting.hpp"

namespace mbench::deep {

class RepeatedUnit;

/// AdaMatting [cai2019] as the public re-implementation waterbearbee/AdaMatting has it. Smaller
/// than the paper says, and its recurrences all see the same input: the refined alpha is not fed
/// back. Input as AdaMatting's; H and W multiples of 16. Alpha comes out in (-1, 1).
class AdaMattingWaterbearbee : public torch::nn::Module {
 public:
  AdaMattingWaterbearbee();
  [[nodiscard]] AdaMattingOutput operator()(const Tensor& input) const;

 private:
  /// Weights of the two losses in training.
  Tensor log_sigma_t_sqr_, log_sigma_a_sqr_;
  std::shared_ptr<Sequence> encoder_conv_;
  std::shared_ptr<MaxPool2d> encoder_maxpool_;
  std::shared_ptr<Sequence> encoder_resblock1_, encoder_resblock2_, encoder_resblock3_;
  std::shared_ptr<GlobalConvolution> shortcut_shallow_, shortcut_middle_, shortcut_deep_;
  std::shared_ptr<Sequence> t_decoder_upscale1_, t_decoder_upscale2_, t_decoder_upscale3_,
      t_decoder_upscale4_;
  std::shared_ptr<Sequence> a_decoder_upscale1_, a_decoder_upscale2_, a_decoder_upscale3_,
      a_decoder_upscale4_;
  std::shared_ptr<RepeatedUnit> propunit_;
};

}  // namespace mbench::deep
