#include "baselines/deep/hattmatting/hattmatting_rx50.hpp"

#include <string>

#include "baselines/deep/blocks/resnet.hpp"

namespace mbench::deep {
namespace {

using Pair = std::array<std::int64_t, 2>;

/// Convolution, batch normalisation, ReLU. "bacthnorm" is the published spelling.
class NormalisedConv : public Unit {
 public:
  NormalisedConv(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride)
      : conv_{add<Conv2d>("0", in, out, kernel,
                          ConvOptions{.stride = stride, .padding = kernel / 2})},
        norm_{add<BatchNorm2d>("bacthnorm", out)} {}

 protected:
  Tensor forward(const Tensor& input) override { return at::relu((*norm_)((*conv_)(input))); }

 private:
  std::shared_ptr<Conv2d> conv_;
  std::shared_ptr<BatchNorm2d> norm_;
};

class Cbr : public Unit {
 public:
  Cbr(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1)
      : cbr_{add<NormalisedConv>("cbr", in, out, kernel, stride)} {}

 protected:
  Tensor forward(const Tensor& input) override { return (*cbr_)(input); }

 private:
  std::shared_ptr<NormalisedConv> cbr_;
};

/// Two convolutions along one axis each, nothing between them: 256 channels to 1.
std::shared_ptr<Sequence> path(Pair first, Pair second) {
  return sequence({unit<Conv2d>(256, 128, first, Pair{first[0] / 2, first[1] / 2}),
                   unit<Conv2d>(128, 1, second, Pair{second[0] / 2, second[1] / 2})});
}

/// The published training's judge of mattes, in the state dict and otherwise unused.
std::shared_ptr<torch::nn::Module> discriminator() {
  std::vector<UnitPointer> units;
  std::int64_t in = 4;
  for (const std::int64_t out : {16, 32, 64, 128, 256}) {
    units.push_back(sequence({unit<Cbr>(in, out, 3), unit<Cbr>(out, out, 3, 2)}));
    in = out;
  }
  units.push_back(unit<Conv2d>(256, 1, 1));
  auto module = std::make_shared<torch::nn::Module>("discriminator");
  module->register_module("sequential", sequence(std::move(units)));
  return module;
}

/// Weights each channel [woo2018]: sigmoid(mlp(mean) + mlp(maximum)) over the image.
class ChannelGate : public Unit {
 public:
  ChannelGate() {
    mlp_ = register_module("mlp", std::make_shared<torch::nn::Module>("mlp"));
    fc1_ = mlp_->register_module("fc1", std::make_shared<Linear>(256, 16));
    fc2_ = mlp_->register_module("fc2", std::make_shared<Linear>(16, 256));
  }

 protected:
  Tensor forward(const Tensor& input) override {
    const auto mlp = [this](const Tensor& value) {
      return (*fc2_)(at::relu((*fc1_)(value)));  // [N, 256]
    };
    const Tensor gate = at::sigmoid(mlp(input.mean({2, 3})) + mlp(input.amax({2, 3})));
    return input * gate.unsqueeze(2).unsqueeze(3);
  }

 private:
  std::shared_ptr<torch::nn::Module> mlp_;
  std::shared_ptr<Linear> fc1_, fc2_;
};

class FeaturesDistillation : public Unit {
 public:
  FeaturesDistillation() : channel_gate_{add<ChannelGate>("channel_gate")} {}

 protected:
  Tensor forward(const Tensor& input) override { return (*channel_gate_)(input); }

 private:
  std::shared_ptr<ChannelGate> channel_gate_;
};

class CueFiltration : public torch::nn::Module {
 public:
  CueFiltration()
      : high_conv3x3_{register_module("high_conv3x3", std::make_shared<Cbr>(256, 256, 3))},
        path_1_{register_module("path_1", path({1, 7}, {7, 1}))},
        path_2_{register_module("path_2", path({7, 1}, {1, 7}))},
        high_conv1x1_{register_module("high_conv1x1", std::make_shared<Cbr>(2, 1, 1))},
        conv3x3_{register_module("conv3x3", std::make_shared<Cbr>(64, 256, 3))},
        last_conv3x3_{register_module("last_conv3x3", std::make_shared<Cbr>(512, 1, 3))} {}

  /// cues [N, 64, H, W], semantics [N, 256, H, W] -> [N, 1, H, W]
  [[nodiscard]] Tensor operator()(const Tensor& cues, const Tensor& semantics) const {
    const Tensor high = (*high_conv3x3_)(semantics);
    const Tensor paths = at::cat({(*path_1_)(high), (*path_2_)(high)}, 1);  // [N, 2, H, W]
    const Tensor attention = at::sigmoid((*high_conv1x1_)(paths));          // [N, 1, H, W]
    const Tensor filtered = (*conv3x3_)(cues * attention);                  // [N, 256, H, W]
    Tensor output = (*last_conv3x3_)(at::cat({filtered, high}, 1));
    trace(*this, output);
    return output;
  }

 private:
  std::shared_ptr<Cbr> high_conv3x3_;
  std::shared_ptr<Sequence> path_1_, path_2_;
  std::shared_ptr<Cbr> high_conv1x1_, conv3x3_, last_conv3x3_;
};

std::shared_ptr<Sequence> resnext_layer(std::int64_t in, std::int64_t planes, int count,
                                        std::int64_t stride) {
  return bottleneck_layer(in, planes, count, {.stride = stride, .groups = 32, .group_width = 4});
}

}  // namespace

class Rx50Features : public torch::nn::Module {
 public:
  Rx50Features()
      : conv1_{register_module(
            "conv1", std::make_shared<Conv2d>(
                         3, 64, 7, ConvOptions{.stride = 2, .padding = 3, .bias = false}))},
        bn1_{register_module("bn1", std::make_shared<BatchNorm2d>(64))},
        relu_{register_module("relu", std::make_shared<Relu>())},
        maxpool_{register_module("maxpool", std::make_shared<MaxPool2d>())},
        layer1_{register_module("layer1", resnext_layer(64, 64, 3, 1))},
        layer2_{register_module("layer2", resnext_layer(256, 128, 4, 2))},
        layer3_{register_module("layer3", resnext_layer(512, 256, 6, 2))},
        layer4_{register_module("layer4", resnext_layer(1024, 512, 3, 2))} {}

  struct Output {
    Tensor cues;       ///< [N, 64, H/4, W/4]
    Tensor semantics;  ///< [N, 1024, H/16, W/16]
  };
  [[nodiscard]] Output operator()(const Tensor& image) const {
    const Tensor cues = (*maxpool_)((*relu_)((*bn1_)((*conv1_)(image))));  // [N, 64, H/4, W/4]
    Tensor value = (*layer1_)(cues);                                       // [N, 256, H/4, W/4]
    value = (*layer2_)(value);                                             // [N, 512, H/8, W/8]
    value = (*layer3_)(value);                                             // [N, 1024, H/16, W/16]
    trace(*this, cues);
    return {.cues = cues, .semantics = value};
  }

 private:
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<BatchNorm2d> bn1_;
  std::shared_ptr<Relu> relu_;
  std::shared_ptr<MaxPool2d> maxpool_;
  std::shared_ptr<Sequence> layer1_, layer2_, layer3_;
  std::shared_ptr<Sequence> layer4_;  ///< in the state dict, never used
};

class Rx50Attention : public torch::nn::Module {
 public:
  Rx50Attention()
      : filtration_{register_module("appearance_cue_filtration",
                                    std::make_shared<CueFiltration>())},
        distillation_{register_module("pyramidal_features_distillation",
                                      std::make_shared<FeaturesDistillation>())} {}

  [[nodiscard]] Tensor operator()(const Tensor& cues, const Tensor& semantics) const {
    Tensor output = (*filtration_)(cues, (*distillation_)(semantics));
    trace(*this, output);
    return output;
  }

 private:
  std::shared_ptr<CueFiltration> filtration_;
  std::shared_ptr<FeaturesDistillation> distillation_;
};

HattMattingRx50::HattMattingRx50()
    : feature_extraction_{register_module("feature_extraction", std::make_shared<Rx50Features>())},
      aspp_{register_module("aspp", std::make_shared<AtrousPyramid>(
                                        1024, 256, std::array<std::int64_t, 3>{12, 24, 36}))},
      hierarchical_attention_{
          register_module("hierarchical_attention", std::make_shared<Rx50Attention>())} {
  register_module("discriminator", discriminator());
}

Tensor HattMattingRx50::operator()(const Tensor& image) const {
  const Rx50Features::Output features = (*feature_extraction_)(image);
  Tensor semantics = (*aspp_)(features.semantics);                      // [N, 256, H/16, W/16]
  semantics = resize_like(semantics, features.cues, Corners::aligned);  // [N, 256, H/4, W/4]
  const Tensor alpha = (*hierarchical_attention_)(features.cues, semantics);  // [N, 1, H/4, W/4]
  return resize_like(alpha, image, Corners::aligned);                         // [N, 1, H, W]
}

}  // namespace mbench::deep
