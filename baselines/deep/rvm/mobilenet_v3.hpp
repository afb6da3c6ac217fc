#pragma once
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// What the encoder hands on: 16, 24, 40 and 960 channels.
struct RvmFeatures {
  Tensor at_half{}, at_4th{}, at_8th{}, at_16th{};
};

inline constexpr std::int64_t kRvmDeepChannels = 960;

/// MobileNetV3-Large [howard2019] without its classifier, the last three blocks dilated instead of
/// strided. Names as torchvision has them: features.0 ... features.16.
class RvmEncoder : public torch::nn::Module {
 public:
  RvmEncoder();
  /// [N, 3, H, W] in [0, 1]; normalised here. Sides are halved rounding up.
  [[nodiscard]] RvmFeatures operator()(const Tensor& frame) const;

 private:
  std::shared_ptr<Sequence> features_;
};

}  // namespace mbench::deep
