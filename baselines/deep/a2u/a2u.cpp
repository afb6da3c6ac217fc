#include "baselines/deep/a2u/a2u.hpp"

#include <string>
#include <utility>

namespace mbench::deep {
namespace {

constexpr double kSlope = 0.01;
constexpr ConvOptions kSame{.padding = 1, .bias = false};

enum class Activation { leaky, none };

/// Batch normalisation with the scale |weight| + epsilon, then leaky ReLU, as the library
/// inplace_abn computes it [bulo2018]; without a counter of batches.
class ActivatedBatchNorm : public Unit {
 public:
  explicit ActivatedBatchNorm(std::int64_t channels, Activation activation = Activation::leaky)
      : activation_{activation},
        weight_{register_parameter("weight", at::empty({channels}))},
        bias_{register_parameter("bias", at::empty({channels}))},
        running_mean_{register_buffer("running_mean", at::empty({channels}))},
        running_var_{register_buffer("running_var", at::empty({channels}))} {}

 protected:
  Tensor forward(const Tensor& input) override {
    constexpr double kEpsilon = 1e-5;
    Tensor normalised = at::batch_norm(input, weight_.abs() + kEpsilon, bias_, running_mean_,
                                       running_var_, false, 0.0, kEpsilon, true);
    return activation_ == Activation::leaky ? at::leaky_relu_(normalised, kSlope) : normalised;
  }

 private:
  Activation activation_;
  Tensor weight_, bias_, running_mean_, running_var_;
};

void append_norm(std::vector<UnitPointer>& units, std::int64_t channels) {
  units.push_back(unit<ActivatedBatchNorm>(channels));
}

/// Convolution without bias, normalisation, activation.
std::shared_ptr<Sequence> conv_norm(std::int64_t in, std::int64_t out, std::int64_t kernel) {
  return sequence({unit<Conv2d>(in, out, kernel, ConvOptions{.padding = kernel / 2, .bias = false}),
                   unit<ActivatedBatchNorm>(out)});
}

/// Units one after the other under names of their own.
class NamedSequence : public Unit {
 public:
  explicit NamedSequence(std::vector<std::pair<std::string, UnitPointer>> units) {
    for (auto& [name, unit] : units) units_.push_back(register_module(name, std::move(unit)));
  }

 protected:
  Tensor forward(const Tensor& input) override {
    Tensor value = input;
    for (const UnitPointer& unit : units_) value = (*unit)(value);
    return value;
  }

 private:
  std::vector<UnitPointer> units_;
};

/// "conv1", "bn1" of number 1.
std::vector<std::pair<std::string, UnitPointer>> numbered(int number, std::int64_t in,
                                                          std::int64_t out, Activation activation) {
  return {{"conv" + std::to_string(number), unit<Conv2d>(in, out, 3, kSame)},
          {"bn" + std::to_string(number), unit<ActivatedBatchNorm>(out, activation)}};
}

/// Two 3 x 3 convolutions added to the input, or to its 1 x 1 projection where channels change.
class ResidualBlock : public Unit {
 public:
  /// `convolutions`: the name of both, "convs" in the encoder, "dep_sep_conv" in the decoder.
  ResidualBlock(const std::string& convolutions, std::int64_t in, std::int64_t out) {
    auto units = numbered(1, in, out, Activation::leaky);
    for (auto& unit : numbered(2, out, out, Activation::none)) units.push_back(std::move(unit));
    convolutions_ = add<NamedSequence>(convolutions, std::move(units));
    if (in == out) return;
    proj_conv_ = add<Conv2d>("proj_conv", in, out, 1, ConvOptions{.bias = false});
    proj_bn_ = add<ActivatedBatchNorm>("proj_bn", out, Activation::none);
  }

 protected:
  Tensor forward(const Tensor& input) override {
    const Tensor shortcut = proj_conv_ ? (*proj_bn_)((*proj_conv_)(input)) : input;
    Tensor sum = (*convolutions_)(input) + shortcut;
    return at::leaky_relu_(sum, kSlope);
  }

 private:
  UnitPointer convolutions_, proj_conv_, proj_bn_;
};

/// block1, block2, block3.
UnitPointer three_blocks(std::int64_t channels) {
  std::vector<std::pair<std::string, UnitPointer>> blocks;
  for (const char* name : {"block1", "block2", "block3"}) {
    blocks.emplace_back(name, unit<ResidualBlock>("convs", channels, channels));
  }
  return std::make_shared<NamedSequence>(std::move(blocks));
}

}  // namespace

HalvingBlock::HalvingBlock(std::int64_t in, std::int64_t out, Filters filters)
    : layer1_{register_module(
          "layer1", std::make_shared<NamedSequence>(numbered(1, in, out, Activation::leaky)))},
      layer2_{register_module(
          "layer2", std::make_shared<NamedSequence>(numbered(2, out, out, Activation::none)))},
      affinity_{register_module("bilinear", std::make_shared<Affinity>(out, filters))},
      proj_conv_{register_module(
          "proj_conv",
          std::make_shared<Conv2d>(in, out, 1, ConvOptions{.stride = 2, .bias = false}))},
      proj_bn_{register_module("proj_bn",
                               std::make_shared<ActivatedBatchNorm>(out, Activation::none))} {}

HalvingBlock::Output HalvingBlock::operator()(const Tensor& input) const {
  const Tensor full = (*layer1_)(input);  // [N, out, H, W]
  const Affinity::Weights weights = (*affinity_)(full);
  const Tensor residual = (*layer2_)(weighted_down(full, weights.down));
  const Tensor shortcut = (*proj_bn_)((*proj_conv_)(input));
  Tensor sum = residual + shortcut;
  return {.features = at::leaky_relu_(sum, kSlope), .up = weights.up};
}

AffinityDecoder::AffinityDecoder(std::int64_t in, std::int64_t out)
    : dconv_{register_module("dconv", unit<ResidualBlock>("dep_sep_conv", in, out))},
      dconv1_{register_module("dconv1", unit<ResidualBlock>("dep_sep_conv", out, out))} {}

Tensor AffinityDecoder::operator()(const Tensor& input, const Tensor& shortcut,
                                   const Tensor& up) const {
  return (*dconv1_)((*dconv_)(weighted_up(input, up).add_(shortcut)));
}

A2u::A2u(Filters filters)
    : layer0_{register_module("layer0", conv_norm(4, 64, 7))},
      affinity0_{register_module("bilinear0", std::make_shared<Affinity>(64, filters))},
      affinity1_{register_module("bilinear1", std::make_shared<Affinity>(64, filters))},
      layer1_{register_module("layer1", three_blocks(64))},
      layer2_1_{register_module("layer2_1", std::make_shared<HalvingBlock>(64, 128, filters))},
      layer2_2_{register_module("layer2_2", three_blocks(128))},
      layer3_1_{register_module("layer3_1", std::make_shared<HalvingBlock>(128, 256, filters))},
      layer3_2_{register_module("layer3_2", three_blocks(256))},
      aspp_{register_module("dconv_pp",
                            std::make_shared<SeparableAspp>(
                                256, 256, std::array<std::int64_t, 3>{6, 12, 18}, append_norm))},
      decoder_{register_module("decoder_layer4", std::make_shared<AffinityDecoder>(256, 128)),
               register_module("decoder_layer3", std::make_shared<AffinityDecoder>(128, 64)),
               register_module("decoder_layer2", std::make_shared<AffinityDecoder>(64, 64)),
               register_module("decoder_layer1", std::make_shared<AffinityDecoder>(64, 32))},
      short_{register_module("short3", conv_norm(128, 256, 3)),
             register_module("short2", conv_norm(64, 128, 3)),
             register_module("short1", conv_norm(64, 64, 3)),
             register_module("short0", conv_norm(4, 64, 3))},
      pred_{
          register_module("pred", sequence({conv_norm(32, 1, 3), unit<Conv2d>(1, 1, 3, kSame)}))} {}

Tensor A2u::operator()(const Tensor& input) const {
  Tensor full = (*layer0_)(input);  // [N, 64, H, W]
  const Affinity::Weights weights0 = (*affinity0_)(full);
  const Tensor half = weighted_down(full, weights0.down);  // [N, 64, H/2, W/2]
  full.reset();                                            // the largest by far, and not used again
  const Affinity::Weights weights1 = (*affinity1_)(half);
  const Tensor quarter = (*layer1_)(weighted_down(half, weights1.down));  // [N, 64, H/4, W/4]
  const HalvingBlock::Output second = (*layer2_1_)(quarter);
  const Tensor eighth = (*layer2_2_)(second.features);  // [N, 128, H/8, W/8]
  const HalvingBlock::Output third = (*layer3_1_)(eighth);

  Tensor x = (*aspp_)((*layer3_2_)(third.features));        // [N, 256, H/16, W/16]
  x = (*decoder_[0])(x, (*short_[0])(eighth), third.up);    // [N, 128, H/8, W/8]
  x = (*decoder_[1])(x, (*short_[1])(quarter), second.up);  // [N, 64, H/4, W/4]
  x = (*decoder_[2])(x, (*short_[2])(half), weights1.up);   // [N, 64, H/2, W/2]
  x = (*decoder_[3])(x, (*short_[3])(input), weights0.up);  // [N, 32, H, W]
  return (*pred_)(x);                                       // [N, 1, H, W]
}

}  // namespace mbench::deep
