#include "baselines/deep/hattmatting/ham.hpp"

#include "baselines/deep/blocks/normalised_bottleneck.hpp"
#include "baselines/deep/blocks/resnet.hpp"

namespace mbench::deep {
namespace {

constexpr std::int64_t kGroups = 32;  // of every group normalisation

/// HAM's wrapper of a group normalisation, which its backbone's names show.
class NamedGroupNorm : public Unit {
 public:
  explicit NamedGroupNorm(std::int64_t channels) : gn_{add<GroupNorm>("gn", kGroups, channels)} {}

 protected:
  Tensor forward(const Tensor& input) override { return (*gn_)(input); }

 private:
  std::shared_ptr<GroupNorm> gn_;
};

/// Of HAM's own ResNet-50.
using StandardisedBottleneck =
    NormalisedBottleneck<StandardisedConv2d, NamedGroupNorm,
                         [](const Tensor& input) { return at::elu(input); }>;

struct LayerShape {
  std::int64_t in, planes;
  int count;
  std::int64_t stride{1}, dilation{1};
};

/// Here every block of a layer has its dilation.
std::shared_ptr<Sequence> standardised_layer(const LayerShape& shape) {
  NormalisedBottleneckShape block{
      .in = shape.in, .planes = shape.planes, .stride = shape.stride, .dilation = shape.dilation};
  std::vector<UnitPointer> blocks{unit<StandardisedBottleneck>(block)};
  block.in = 4 * shape.planes;
  block.stride = 1;
  for (int i = 1; i < shape.count; ++i) blocks.push_back(unit<StandardisedBottleneck>(block));
  return sequence(std::move(blocks));
}

/// Here, as in torchvision, the first block of a layer still has the dilation of the layer before,
/// which is 1 throughout.
std::shared_ptr<Sequence> resnext_layer(const LayerShape& shape) {
  BottleneckOptions options{.stride = shape.stride, .groups = 32, .group_width = 8};
  std::vector<UnitPointer> blocks{unit<Bottleneck>(shape.in, shape.planes, options)};
  options.stride = 1;
  options.dilation = shape.dilation;
  for (int i = 1; i < shape.count; ++i) {
    blocks.push_back(unit<Bottleneck>(4 * shape.planes, shape.planes, options));
  }
  return sequence(std::move(blocks));
}

struct Kernel {
  std::int64_t height, width;
};

/// A standardised convolution that keeps the size, group normalisation and ELU.
void append_convolution(std::vector<UnitPointer>& units, std::int64_t in, std::int64_t out,
                        Kernel kernel, ConvOptions options = {}) {
  const std::array<std::int64_t, 2> size{kernel.height, kernel.width};
  const std::array<std::int64_t, 2> padding{kernel.height / 2 * options.dilation,
                                            kernel.width / 2 * options.dilation};
  units.push_back(unit<StandardisedConv2d>(in, out, size, padding, options));
  units.push_back(unit<GroupNorm>(kGroups, out));
  units.push_back(unit<Elu>());
}

std::shared_ptr<Sequence> convolution(std::int64_t in, std::int64_t out, Kernel kernel,
                                      ConvOptions options = {}) {
  std::vector<UnitPointer> units;
  append_convolution(units, in, out, kernel, options);
  return sequence(std::move(units));
}

/// Two convolutions along one axis each: half of the spatial attention.
std::shared_ptr<Sequence> separable(Kernel first, Kernel second) {
  std::vector<UnitPointer> units;
  append_convolution(units, 256, 256, first);
  append_convolution(units, 256, 128, second);
  return sequence(std::move(units));
}

std::shared_ptr<Sequence> image_branch() {
  std::vector<UnitPointer> units{unit<AdaptiveAvgPool2d>(1)};
  append_convolution(units, 2048, 256, {1, 1});
  return sequence(std::move(units));
}

class GlobalMaxPool : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return input.amax({2, 3}, true); }
};

}  // namespace

HamEncoder::HamEncoder(HamBackbone backbone)
    : conv1_{register_module(
          "conv1", std::make_shared<Conv2d>(
                       3, 64, 7, ConvOptions{.stride = 2, .padding = 3, .bias = false}))} {
  const bool resnext = backbone == HamBackbone::resnext101;
  const auto layer = resnext ? resnext_layer : standardised_layer;
  bn1_ = register_module("bn1", resnext ? unit<BatchNorm2d>(64) : unit<NamedGroupNorm>(64));
  relu_ = register_module("relu", resnext ? unit<Relu>() : unit<Elu>());
  layer1_ = register_module("layer1", layer({.in = 64, .planes = 64, .count = 3}));
  layer2_ = register_module("layer2", layer({.in = 256, .planes = 128, .count = 4, .stride = 2}));
  layer3_ = register_module(
      "layer3", layer({.in = 512, .planes = 256, .count = resnext ? 23 : 6, .stride = 2}));
  layer4_ =
      register_module("layer4", layer({.in = 1024, .planes = 512, .count = 3, .dilation = 2}));
  fc_ = register_module("fc", std::make_shared<Linear>(2048, 1000));
}

HamFeatures HamEncoder::operator()(const Tensor& image) const {
  const Tensor stem = (*relu_)((*bn1_)((*conv1_)(image)));  // [N, 64, H/2, W/2]
  const Tensor cues = (*layer1_)(stem);                     // [N, 256, H/2, W/2]
  Tensor value = (*layer2_)(cues);                          // [N, 512, H/4, W/4]
  value = (*layer3_)(value);                                // [N, 1024, H/8, W/8]
  value = (*layer4_)(value);                                // [N, 2048, H/8, W/8]
  trace(*this, stem);
  return {.cues = cues, .semantics = value};
}

Ham::Ham(HamBackbone backbone)
    : backb_{register_module("backb", std::make_shared<HamEncoder>(backbone))},
      aspp_1_{register_module("aspp_1", image_branch())},
      aspp_2_{register_module("aspp_2",
                              convolution(2048, 256, {3, 3}, {.padding = 18, .dilation = 18}))},
      aspp_3_{
          register_module("aspp_3", convolution(2048, 256, {3, 3}, {.padding = 6, .dilation = 6}))},
      aspp_4_{
          register_module("aspp_4", convolution(2048, 256, {3, 3}, {.padding = 3, .dilation = 3}))},
      aspp_5_{register_module("aspp_5", convolution(2048, 256, {1, 1}))},
      aspp_o_{register_module("aspp_o", convolution(1280, 256, {3, 3}))},
      up4x_{register_module("up4x", unit<Upsample>(4, Corners::aligned))},
      maxpool_{register_module("maxpool", unit<GlobalMaxPool>())},
      se_{register_module("se", sequence({unit<Conv2d>(256, 128, 1), unit<Relu>(),
                                          unit<Conv2d>(128, 256, 1), unit<Sigmoid>()}))},
      hamin_{register_module("hamin", convolution(256, 256, {3, 3}))},
      ham1_{register_module("ham1", separable({1, 7}, {7, 1}))},
      ham2_{register_module("ham2", separable({7, 1}, {1, 7}))},
      hamse_{register_module("hamse",
                             sequence({unit<StandardisedConv2d>(256, 256, 1), unit<Sigmoid>()}))},
      ham3x3_{register_module("ham3x3", convolution(256, 256, {3, 3}, {.bias = false}))},
      hamo_{register_module(
          "hamo", sequence({unit<StandardisedConv2d>(512, 1, 3, ConvOptions{.padding = 1})}))},
      up2x_{register_module("up2x", unit<Upsample>(2, Corners::aligned))} {}

Tensor Ham::operator()(const Tensor& image) const {
  const HamFeatures features = (*backb_)(image);
  const Tensor& deep = features.semantics;
  const Tensor whole = (*aspp_1_)(deep);  // [N, 256, 1, 1]
  const Tensor rate18 = (*aspp_2_)(deep), rate6 = (*aspp_3_)(deep), rate3 = (*aspp_4_)(deep);
  const Tensor point = (*aspp_5_)(deep);  // [N, 256, H/8, W/8]
  Tensor pyramid = (*aspp_o_)(at::cat({whole.expand_as(point), rate18, rate6, rate3, point}, 1));
  pyramid = (*up4x_)(pyramid);                       // [N, 256, H/2, W/2]
  pyramid = pyramid * (*se_)((*maxpool_)(pyramid));  // weighted by channel
  pyramid = (*hamin_)(pyramid);                      // [N, 256, H/2, W/2]

  const Tensor across = (*ham1_)(pyramid), along = (*ham2_)(pyramid);   // [N, 128, H/2, W/2]
  const Tensor attention = (*hamse_)(at::cat({across, along}, 1));      // [N, 256, H/2, W/2]
  const Tensor cues = (*ham3x3_)(attention * features.cues);            // [N, 256, H/2, W/2]
  return at::sigmoid((*up2x_)((*hamo_)(at::cat({pyramid, cues}, 1))));  // [N, 1, H, W]
}

}  // namespace mbench::deep
