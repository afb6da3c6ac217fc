#pragma once
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "baselines/deep/blocks/layers.hpp"

// Deep Image Matting [xu2017] by the two public programs that re-implement it; the authors
// published none. Both put values back where the maxima of the encoder's pools were.

namespace mbench::deep {

/// Whether the small second network of the paper refines alpha: its stages 2 and 3.
enum class DimRefinement { none, refined };

struct DimOutput {
  Tensor alpha;    ///< [N, 1, H, W], sigmoid
  Tensor refined;  ///< the same after refinement; undefined without it
};

/// DIM of huochaitiantang/pytorch-deep-image-matting: the convolutions of VGG-16
/// [simonyan2015] and one decoder convolution per level, to which the encoder's feature before the
/// pool is added (the paper has no such shortcuts, and a sixth stage of 4096 channels).
/// Input [N, 4, H, W]: RGB normalised as for ImageNet, trimap in [0, 1]; H and W multiples of 32.
class Dim : public torch::nn::Module {
 public:
  explicit Dim(DimRefinement refinement);
  [[nodiscard]] DimOutput operator()(const Tensor& input) const;

 private:
  [[nodiscard]] Tensor raw_alpha(const Tensor& input) const;

  std::array<std::vector<std::shared_ptr<Conv2d>>, 5> encoder_{};  ///< conv1_1 ... conv5_3
  std::shared_ptr<Conv2d> conv6_1_, deconv6_1_;
  std::array<std::shared_ptr<Conv2d>, 5> decoder_{};  ///< deconv5_1 to deconv1_1
  std::shared_ptr<Conv2d> deconv1_;
  std::vector<std::shared_ptr<Conv2d>> refine_{};  ///< refine_conv1 to 3, refine_pred
};

/// DIM of foamliu/Deep-Image-Matting-PyTorch: VGG-16 with batch normalisation, and one convolution
/// with batch normalisation and without ReLU per decoder level; no shortcuts, no refinement.
/// Input as Dim's, of any H and W from 32 on: [N, 4, H, W] -> [N, 1, H, W], sigmoid.
class DimFoamliu : public torch::nn::Module {
 public:
  DimFoamliu();
  [[nodiscard]] Tensor operator()(const Tensor& input) const;

 private:
  std::array<std::vector<std::shared_ptr<Unit>>, 5> encoder_{};  ///< down1 ... down5
  std::array<std::shared_ptr<Unit>, 5> decoder_{};               ///< up5 ... up1
};

}  // namespace mbench::deep
