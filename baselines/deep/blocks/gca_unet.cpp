#include "baselines/deep/blocks/gca_unet.hpp"

namespace mbench::deep {
namespace {

constexpr double kSlope = 0.2;
constexpr ConvOptions kSame{.padding = 1, .bias = false};
constexpr ConvOptions kHalve{.stride = 2, .padding = 1, .bias = false};
constexpr ConvOptions kDouble{.stride = 2, .padding = 1, .bias = false};  // of a 4 x 4 kernel

class AveragePool : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return at::avg_pool2d(input, 2, 2); }
};

class NearestUpsample : public Unit {
 protected:
  Tensor forward(const Tensor& input) override {
    return at::upsample_nearest2d(input, {2 * input.size(2), 2 * input.size(3)}, 2.0, 2.0);
  }
};

class ReflectionPad : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return at::reflection_pad2d(input, {1, 1, 1, 1}); }
};

/// [N, in, H, W] -> [N, out, H / stride, W / stride]
class EncoderBlock : public Unit {
 public:
  EncoderBlock(std::int64_t in, std::int64_t out, std::int64_t stride)
      : conv1_{add<SpectralConv2d>("conv1", in, out, 3, stride == 1 ? kSame : kHalve)},
        bn1_{add<BatchNorm2d>("bn1", out)},
        conv2_{add<SpectralConv2d>("conv2", out, out, 3, kSame)},
        bn2_{add<BatchNorm2d>("bn2", out)} {
    if (stride == 1) return;
    downsample_ = register_module(
        "downsample",
        sequence({unit<AveragePool>(), unit<SpectralConv2d>(in, out, 1), unit<BatchNorm2d>(out)}));
  }

 protected:
  Tensor forward(const Tensor& input) override {
    const Tensor middle = at::relu((*bn1_)((*conv1_)(input)));
    const Tensor residual = (*bn2_)((*conv2_)(middle));
    return at::relu(residual + (downsample_ ? (*downsample_)(input) : input));
  }

 private:
  std::shared_ptr<SpectralConv2d> conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<SpectralConv2d> conv2_;
  std::shared_ptr<BatchNorm2d> bn2_;
  std::shared_ptr<Sequence> downsample_;  ///< null where the identity fits
};

/// [N, in, H, W] -> [N, out, H * factor, W * factor], factor 1 or 2. The first convolution keeps
/// the number of channels.
class DecoderBlock : public Unit {
 public:
  DecoderBlock(std::int64_t in, std::int64_t out, std::int64_t factor)
      : conv1_{factor == 1
                   ? UnitPointer{add<SpectralConv2d>("conv1", in, in, 3, kSame)}
                   : UnitPointer{add<SpectralConvTranspose2d>("conv1", in, in, 4, kDouble)}},
        bn1_{add<BatchNorm2d>("bn1", in)},
        conv2_{add<SpectralConv2d>("conv2", in, out, 3, kSame)},
        bn2_{add<BatchNorm2d>("bn2", out)} {
    if (factor == 1) return;
    upsample_ = register_module("upsample",
                                sequence({unit<NearestUpsample>(), unit<SpectralConv2d>(in, out, 1),
                                          unit<BatchNorm2d>(out)}));
  }

 protected:
  Tensor forward(const Tensor& input) override {
    const Tensor middle = at::leaky_relu((*bn1_)((*conv1_)(input)), kSlope);
    const Tensor residual = (*bn2_)((*conv2_)(middle));
    return at::leaky_relu(residual + (upsample_ ? (*upsample_)(input) : input), kSlope);
  }

 private:
  UnitPointer conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<SpectralConv2d> conv2_;
  std::shared_ptr<BatchNorm2d> bn2_;
  std::shared_ptr<Sequence> upsample_;  ///< null where the identity fits
};

std::shared_ptr<Sequence> encoder_layer(std::int64_t in, std::int64_t out, int count,
                                        std::int64_t stride) {
  std::vector<UnitPointer> blocks{unit<EncoderBlock>(in, out, stride)};
  for (int i = 1; i < count; ++i) blocks.push_back(unit<EncoderBlock>(out, out, 1));
  return sequence(std::move(blocks));
}

std::shared_ptr<Sequence> decoder_layer(std::int64_t in, std::int64_t out, int count) {
  std::vector<UnitPointer> blocks{unit<DecoderBlock>(in, out, 2)};
  for (int i = 1; i < count; ++i) blocks.push_back(unit<DecoderBlock>(out, out, 1));
  return sequence(std::move(blocks));
}

/// Twice convolution, ReLU, normalisation, in this order.
UnitPointer shortcut(std::int64_t in, std::int64_t out) {
  return sequence({unit<SpectralConv2d>(in, out, 3, kSame), unit<Relu>(), unit<BatchNorm2d>(out),
                   unit<SpectralConv2d>(out, out, 3, kSame), unit<Relu>(), unit<BatchNorm2d>(out)});
}

/// RGB [N, 3, H, W] -> [N, 128, H/8, W/8]
std::shared_ptr<Sequence> guidance_head() {
  constexpr std::array<std::int64_t, 4> kChannels{3, 16, 32, 128};
  std::vector<UnitPointer> units;
  for (std::size_t i = 0; i < 3; ++i) {
    units.push_back(unit<ReflectionPad>());
    units.push_back(
        unit<SpectralConv2d>(kChannels[i], kChannels[i + 1], 3, ConvOptions{.stride = 2}));
    units.push_back(unit<Relu>());
    units.push_back(unit<BatchNorm2d>(kChannels[i + 1]));
  }
  return sequence(std::move(units));
}

/// The nearest pixel of every 8 x 8 block is the first.
Tensor every_eighth(const Tensor& input) { return input.slice(2, 0, {}, 8).slice(3, 0, {}, 8); }

}  // namespace

GcaEncoder::GcaEncoder(const NamedAttention& attention)
    : conv1_{register_module("conv1", std::make_shared<SpectralConv2d>(6, 32, 3, kHalve))},
      conv2_{register_module("conv2", std::make_shared<SpectralConv2d>(32, 32, 3, kSame))},
      conv3_{register_module("conv3", std::make_shared<SpectralConv2d>(32, 64, 3, kHalve))},
      bn1_{register_module("bn1", std::make_shared<BatchNorm2d>(32))},
      bn2_{register_module("bn2", std::make_shared<BatchNorm2d>(32))},
      bn3_{register_module("bn3", std::make_shared<BatchNorm2d>(64))},
      layer1_{register_module("layer1", encoder_layer(64, 64, 3, 1))},
      layer2_{register_module("layer2", encoder_layer(64, 128, 4, 2))},
      layer3_{register_module("layer3", encoder_layer(128, 256, 4, 2))},
      layer_bottleneck_{register_module("layer_bottleneck", encoder_layer(256, 512, 2, 2))},
      shortcut_{
          register_module("shortcut", sequence({shortcut(6, 32), shortcut(32, 32), shortcut(64, 64),
                                                shortcut(128, 128), shortcut(256, 256)}))} {
  if (!attention.attention) return;
  guidance_head_ = register_module("guidance_head", guidance_head());
  attention_ = register_module(attention.name, attention.attention);
}

GcaFeatures GcaEncoder::operator()(const Tensor& input) const {
  const Tensor half = at::relu((*bn1_)((*conv1_)(input)));
  const Tensor x1 = at::relu((*bn2_)((*conv2_)(half)));  // [N, 32, H/2, W/2]
  const Tensor stem = at::relu((*bn3_)((*conv3_)(x1)));  // [N, 64, H/4, W/4]
  const Tensor x2 = (*layer1_)(stem);                    // [N, 64, H/4, W/4]
  Tensor x3 = (*layer2_)(x2);                            // [N, 128, H/8, W/8]
  GcaFeatures features;
  if (attention_) {
    features.guidance = (*guidance_head_)(input.narrow(1, 0, 3));  // [N, 128, H/8, W/8]
    features.unknown = every_eighth(input.narrow(1, 4, 1));        // [N, 1, H/8, W/8]
    x3 = (*attention_)(features.guidance, x3, features.unknown);
  }
  const Tensor x4 = (*layer3_)(x3);                // [N, 256, H/16, W/16]
  features.bottleneck = (*layer_bottleneck_)(x4);  // [N, 512, H/32, W/32]
  const std::array<Tensor, 5> sources{input, x1, x2, x3, x4};
  for (std::size_t i = 0; i < sources.size(); ++i) {
    features.shortcuts[i] = (*(*shortcut_)[i])(sources[i]);
  }
  return features;
}

GcaDecoder::GcaDecoder(const NamedAttention& attention)
    : conv1_{register_module("conv1",
                             std::make_shared<SpectralConvTranspose2d>(32, 32, 4, kDouble))},
      bn1_{register_module("bn1", std::make_shared<BatchNorm2d>(32))},
      conv2_{
          register_module("conv2", std::make_shared<Conv2d>(32, 1, 3, ConvOptions{.padding = 1}))},
      layer1_{register_module("layer1", decoder_layer(512, 256, 2))},
      layer2_{register_module("layer2", decoder_layer(256, 128, 3))},
      layer3_{register_module("layer3", decoder_layer(128, 64, 3))},
      layer4_{register_module("layer4", decoder_layer(64, 32, 2))} {
  if (attention.attention) attention_ = register_module(attention.name, attention.attention);
}

Tensor GcaDecoder::operator()(const GcaFeatures& features) const {
  Tensor x = (*layer1_)(features.bottleneck) + features.shortcuts[4];  // [N, 256, H/16, W/16]
  x = (*layer2_)(x) + features.shortcuts[3];                           // [N, 128, H/8, W/8]
  if (attention_) x = (*attention_)(features.guidance, x, features.unknown);
  x = (*layer3_)(x) + features.shortcuts[2];                                  // [N, 64, H/4, W/4]
  x = (*layer4_)(x) + features.shortcuts[1];                                  // [N, 32, H/2, W/2]
  x = at::leaky_relu((*bn1_)((*conv1_)(x)), kSlope) + features.shortcuts[0];  // [N, 32, H, W]
  return (at::tanh((*conv2_)(x)) + 1.0) / 2.0;                                // [N, 1, H, W]
}

}  // namespace mbench::deep
