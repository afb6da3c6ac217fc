#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "baselines/deep/blocks/layers.hpp"
#include "baselines/deep/torch.hpp"

namespace mbench::deep {

/// Widths of a published model: s has 384 channels and 6 heads, b 768 and 12.
struct VitMatteWidths {
  std::int64_t channels, heads;
};

class VitBackbone;
class VitDetailDecoder;

/// ViTMatte [yao2024]: a plain vision transformer over patches of 16 x 16 pixels, attention in
/// windows in two of three blocks and over the whole image in every third; a small stream of
/// convolutions brings the details back.
class VitMatte : public torch::nn::Module {
 public:
  explicit VitMatte(VitMatteWidths widths);

  /// Alpha, [N, 1, H, W], and what the transformer gave, [N, C, H/16, W/16].
  struct Output {
    Tensor alpha, features;
  };
  /// input: what vitmatte_input() makes, sides multiples of 16.
  [[nodiscard]] Output operator()(const Tensor& input) const;

 private:
  std::shared_ptr<VitBackbone> backbone_;
  std::shared_ptr<VitDetailDecoder> decoder_;
};

/// rgb [1, 3, H, W] in [0, 1] normalised, trimap [1, 1, H, W] in [0, 1] as it is, zeros at the
/// right and bottom: [1, 4, H', W']. As in the published program, if either side is no multiple of
/// 32, both grow to the next one: a side that is a multiple grows by 32 too.
[[nodiscard]] Tensor vitmatte_input(const Tensor& rgb, const Tensor& trimap);

}  // namespace mbench::deep
