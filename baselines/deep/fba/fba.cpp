#include "baselines/deep/fba/fba.hpp"

#include <string>
#include <vector>

#include "baselines/deep/blocks/decoder_parts.hpp"
#include "baselines/deep/blocks/normalised_bottleneck.hpp"
#include "baselines/deep/blocks/standardised_conv.hpp"
#include "baselines/deep/fba/fusion.hpp"

namespace mbench::deep {
namespace {

class GroupNorm32 : public GroupNorm {
 public:
  explicit GroupNorm32(std::int64_t channels) : GroupNorm{32, channels} {}
};

using FbaBottleneck = NormalisedBottleneck<FbaStandardisedConv2d, GroupNorm32,
                                           [](const Tensor& input) { return at::relu(input); }>;

/// `first`: what its first block is made of; the others keep the size and have the dilation.
std::shared_ptr<Sequence> fba_layer(NormalisedBottleneckShape first, int count,
                                    std::int64_t dilation = 1) {
  std::vector<UnitPointer> blocks{unit<FbaBottleneck>(first)};
  const NormalisedBottleneckShape next{
      .in = 4 * first.planes, .planes = first.planes, .dilation = dilation};
  for (int i = 1; i < count; ++i) blocks.push_back(unit<FbaBottleneck>(next));
  return sequence(std::move(blocks));
}

/// Standardised convolution with bias, group normalisation, leaky ReLU.
void append_level(std::vector<UnitPointer>& units, std::int64_t in, std::int64_t out,
                  std::int64_t kernel = 3) {
  units.push_back(unit<FbaStandardisedConv2d>(in, out, kernel, ConvOptions{.padding = kernel / 2}));
  units.push_back(unit<GroupNorm32>(out));
  units.push_back(unit<LeakyRelu>());
}

std::shared_ptr<Sequence> level(const std::vector<std::int64_t>& channels) {
  std::vector<UnitPointer> units;
  for (std::size_t i = 1; i < channels.size(); ++i) {
    append_level(units, channels[i - 1], channels[i]);
  }
  return sequence(std::move(units));
}

std::shared_ptr<Sequence> pooled_level(std::int64_t cells) {
  std::vector<UnitPointer> units{unit<AdaptiveAvgPool2d>(cells)};
  append_level(units, 2048, 256, 1);
  return sequence(std::move(units));
}

Tensor doubled(const Tensor& input) {
  return resize_bilinear(input, 2 * input.size(2), 2 * input.size(3));
}

}  // namespace

FbaEncoder::FbaEncoder() {
  conv1_ = register_module("conv1",
                           std::make_shared<FbaStandardisedConv2d>(
                               11, 64, 7, ConvOptions{.stride = 2, .padding = 3, .bias = false}));
  bn1_ = register_module("bn1", std::make_shared<GroupNorm32>(64));
  layer1_ = register_module("layer1", fba_layer({.in = 64, .planes = 64}, 3));
  layer2_ = register_module("layer2", fba_layer({.in = 256, .planes = 128, .stride = 2}, 4));
  layer3_ = register_module("layer3", fba_layer({.in = 512, .planes = 256}, 6, 2));
  layer4_ = register_module("layer4", fba_layer({.in = 1024, .planes = 512, .dilation = 2}, 3, 4));
}

FbaEncoder::Features FbaEncoder::operator()(const Tensor& input) const {
  Features features;
  features.half = at::relu((*bn1_)((*conv1_)(input)));                     // [N, 64, H/2, W/2]
  features.quarter = (*layer1_)(at::max_pool2d(features.half, 3, 2, 1));   // [N, 256, H/4, W/4]
  features.eighth = (*layer4_)((*layer3_)((*layer2_)(features.quarter)));  // [N, 2048, H/8, W/8]
  return features;
}

FbaDecoder::FbaDecoder() {
  ppm_ = register_module(
      "ppm", sequence({pooled_level(1), pooled_level(2), pooled_level(3), pooled_level(6)}));
  conv_up_ = {level({3072, 256, 256}), level({512, 256}), level({320, 64}),
              sequence({unit<Conv2d>(72, 32, 3, ConvOptions{.padding = 1}), unit<LeakyRelu>(),
                        unit<Conv2d>(32, 16, 3, ConvOptions{.padding = 1}), unit<LeakyRelu>(),
                        unit<Conv2d>(16, 7, 1)})};
  for (std::size_t i = 0; i < conv_up_.size(); ++i) {
    register_module("conv_up" + std::to_string(i + 1), conv_up_[i]);
  }
}

Tensor FbaDecoder::operator()(const FbaEncoder::Features& features, const Tensor& last) const {
  std::vector<Tensor> parts{features.eighth};
  for (std::size_t i = 0; i < ppm_->size(); ++i) {
    parts.push_back(resize_like((*(*ppm_)[i])(features.eighth), features.eighth));
  }
  Tensor value = (*conv_up_[0])(at::cat(parts, 1));                // [N, 256, H/8, W/8]
  value = (*conv_up_[1])(join(doubled(value), features.quarter));  // [N, 256, H/4, W/4]
  value = (*conv_up_[2])(join(doubled(value), features.half));     // [N, 64, H/2, W/2]
  return (*conv_up_[3])(join(doubled(value), last));               // [N, 7, H, W]
}

Fba::Fba()
    : encoder_{register_module("encoder", std::make_shared<FbaEncoder>())},
      decoder_{register_module("decoder", std::make_shared<FbaDecoder>())} {}

Tensor Fba::operator()(const Tensor& input) const {
  return (*this)(input, input.narrow(1, 11, 3).to(at::kFloat));
}

Tensor Fba::operator()(const Tensor& input, const Tensor& image) const {
  const Tensor normalised = input.narrow(1, 0, 3);
  const Tensor certain = input.narrow(1, 9, 2);
  const Tensor seen = input.narrow(1, 11, 3);
  const Tensor raw =
      (*decoder_)((*encoder_)(input.narrow(1, 0, 11)), at::cat({normalised, seen, certain}, 1))
          .to(at::kFloat);  // alpha is what is left of small differences
  return fba_fusion(raw.narrow(1, 0, 1).clamp(0.0, 1.0), image, at::sigmoid(raw.narrow(1, 1, 3)),
                    at::sigmoid(raw.narrow(1, 4, 3)));
}

}  // namespace mbench::deep
