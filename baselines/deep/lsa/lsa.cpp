#include "baselines/deep/lsa/lsa.hpp"

namespace mbench::deep {
namespace {

/// 3 x 3 convolution, batch normalisation, ReLU. Names conv bn.
class StemLayer : public Unit {
 public:
  StemLayer(std::int64_t in, std::int64_t out, std::int64_t stride)
      : conv_{add<Conv2d>("conv", in, out, 3,
                          ConvOptions{.stride = stride, .padding = 1, .bias = false})},
        bn_{add<BatchNorm2d>("bn", out)} {}

 protected:
  Tensor forward(const Tensor& input) override { return at::relu((*bn_)((*conv_)(input))); }

 private:
  std::shared_ptr<Conv2d> conv_;
  std::shared_ptr<BatchNorm2d> bn_;
};

/// A module that only holds others, for their names.
struct Group : torch::nn::Module {};

constexpr std::array<std::int64_t, 6> kEncoderChannels{4, 64, 256, 512, 1024, 2048};

Tensor adjusted(const Tensor& value, const LsaAdjustment& adjustment) {
  const auto to_size = [&](const Tensor& grid) {
    return at::upsample_bicubic2d(grid, {value.size(2), value.size(3)}, false);
  };
  return value * at::exp(to_size(adjustment.factor)) + to_size(adjustment.offset);
}

}  // namespace

LsaDecoderLevel::LsaDecoderLevel(std::int64_t in, std::int64_t out)
    : conv1_{add<Conv2d>("conv1", in, out, 3, ConvOptions{.padding = 1, .bias = false})},
      norm1_{add<BatchNorm2d>("norm1", out)},
      fc_{add<Conv2d>("fc", out, out, 1)} {}

Tensor LsaDecoderLevel::forward(const Tensor& input) {
  const Tensor value = at::relu((*norm1_)((*conv1_)(input)));   // [N, out, H, W]
  const Tensor means = at::adaptive_avg_pool2d(value, {1, 1});  // [N, out, 1, 1]
  return value * (at::relu6((*fc_)(means) + 3.0) / 6.0);
}

LsaNet::LsaNet() {
  const auto backbone = register_module("backbone", std::make_shared<Group>());
  stem_ = backbone->register_module("stem",
                                    sequence({unit<StemLayer>(4, 32, 2), unit<StemLayer>(32, 32, 1),
                                              unit<StemLayer>(32, 64, 1)}));
  maxpool_ = backbone->register_module("maxpool", std::make_shared<MaxPool2d>());
  const auto layer = [&](const char* name, std::int64_t in, std::int64_t planes, int count,
                         std::int64_t stride) {
    return backbone->register_module(
        name, bottleneck_layer(in, planes, count, {.stride = stride, .pooled_identity = true}));
  };
  layer1_ = layer("layer1", 64, 64, 3, 1);
  layer2_ = layer("layer2", 256, 128, 4, 2);
  layer3_ = layer("layer3", 512, 256, 6, 2);
  layer4_ = layer("layer4", 1024, 512, 3, 2);

  const auto decoder = register_module("decoder", std::make_shared<Group>());
  for (std::size_t level = 1; level <= kCoarsest; ++level) {
    const std::int64_t below = level == kCoarsest ? 0 : kLsaDecoderChannels[level + 1];
    levels_[level] =
        decoder->register_module("decoder_" + std::to_string(level),
                                 std::make_shared<LsaDecoderLevel>(kEncoderChannels[level] + below,
                                                                   kLsaDecoderChannels[level]));
  }
  const auto last = decoder->register_module("final_final", std::make_shared<Group>());
  const auto convolution = [&](const char* name, std::int64_t in, std::int64_t out) {
    return last->register_module(name,
                                 std::make_shared<Conv2d>(in, out, 3, ConvOptions{.padding = 1}));
  };
  final1_ = convolution("conv1", kEncoderChannels[0] + kLsaDecoderChannels[1], 32);
  final2_ = convolution("conv2", 32, 32);
  final3_ = convolution("conv3", 32, 1);
}

LsaFeatures LsaNet::encode(const Tensor& input) const {
  const Tensor half = (*stem_)(input);                                      // [N, 64, H/2, W/2]
  const Tensor quarter = (*layer1_)((*maxpool_)(half));                     // [N, 256, H/4, W/4]
  const Tensor eighth = (*layer2_)(quarter);                                // [N, 512, H/8, W/8]
  const Tensor sixteenth = (*layer3_)(eighth);                              // [N, 1024, H/16, W/16]
  return {input, half, quarter, eighth, sixteenth, (*layer4_)(sixteenth)};  // [N, 2048, H/32, W/32]
}

Tensor LsaNet::decode(const LsaFeatures& features,
                      std::span<const LsaAdjustment> adjustments) const {
  Tensor value;  // [N, 512, H/32, W/32], [N, 256, H/16, W/16] ... [N, 64, H/2, W/2]
  for (int level = kCoarsest; level >= 1; --level) {
    const auto index = static_cast<std::size_t>(level);
    const Tensor& feature = features[index];
    if (level < kCoarsest) {
      const Tensor larger = at::upsample_nearest2d(value, {feature.size(2), feature.size(3)});
      value = at::cat({feature, larger}, 1);
    } else {
      value = feature;
    }
    value = (*levels_[index])(value);
    if (level >= kFinestAdjusted && !adjustments.empty()) {
      value = adjusted(value, adjustments[index - kFinestAdjusted]);
    }
  }
  value = at::cat({features[0], resize_like(value, features[0])}, 1);  // [N, 68, H, W]
  value = at::relu((*final1_)(value));                                 // [N, 32, H, W]
  value = at::relu((*final2_)(value));                                 // [N, 32, H, W]
  return (*final3_)(value);                                            // [N, 1, H, W]
}

}  // namespace mbench::deep
