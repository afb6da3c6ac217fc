#include "baselines/deep/zhou/net_t.hpp"

namespace mbench::deep {
namespace {

/// Convolution with bias, normalisation, ReLU.
std::vector<UnitPointer> conv_bn_relu(std::int64_t in, std::int64_t out, std::int64_t kernel,
                                      std::int64_t dilation = 1) {
  const ConvOptions options{.padding = kernel / 2 * dilation, .dilation = dilation};
  return {unit<Conv2d>(in, out, kernel, options), unit<BatchNorm2d>(out), unit<Relu>()};
}

std::shared_ptr<Sequence> atrous_layer() {
  return sequence({unit<Bottleneck>(1024, 512, BottleneckOptions{}),
                   unit<Bottleneck>(2048, 512, BottleneckOptions{.dilation = 2}),
                   unit<Bottleneck>(2048, 512, BottleneckOptions{})});
}

/// Two convolutions, each followed by the place of its dropout.
std::shared_ptr<Sequence> joining_convolutions() {
  std::vector<UnitPointer> units = conv_bn_relu(352, 256, 3);
  units.push_back(unit<Identity>());
  for (UnitPointer& next : conv_bn_relu(256, 256, 3)) units.push_back(std::move(next));
  units.push_back(unit<Identity>());
  return sequence(std::move(units));
}

}  // namespace

AtrousResNet50::AtrousResNet50()
    : conv1_{register_module("conv1",
                             std::make_shared<Conv2d>(
                                 5, 64, 7, ConvOptions{.stride = 2, .padding = 3, .bias = false}))},
      bn1_{register_module("bn1", std::make_shared<BatchNorm2d>(64))},
      layer1_{register_module("layer1", bottleneck_layer(64, 64, 3))},
      layer2_{register_module("layer2", bottleneck_layer(256, 128, 4, {.stride = 2}))},
      layer3_{register_module("layer3", bottleneck_layer(512, 256, 6, {.stride = 2}))},
      layer4_{register_module("layer4", atrous_layer())} {}

AtrousResNet50::Features AtrousResNet50::operator()(const Tensor& input) const {
  const Tensor stem = at::relu((*bn1_)((*conv1_)(input)));  // [N, 64, H/2, W/2]
  Features features;
  features.layer1 = (*layer1_)(at::max_pool2d(stem, 3, 2, 1));
  features.layer2 = (*layer2_)(features.layer1);
  features.layer4 = (*layer4_)((*layer3_)(features.layer2));
  return features;
}

Aspp::Aspp() {
  constexpr std::int64_t kIn = 2048;
  constexpr std::int64_t kOut = 256;
  const auto branch = [this](const char* name, std::int64_t kernel, std::int64_t dilation) {
    branches_.push_back(register_module(name, sequence(conv_bn_relu(kIn, kOut, kernel, dilation))));
  };
  branch("branch1", 1, 1);
  branch("branch2", 3, 6);
  branch("branch3", 3, 12);
  branch("branch4", 3, 18);
  branch5_conv_ = add<Conv2d>("branch5_conv", kIn, kOut, 1);
  branch5_bn_ = add<BatchNorm2d>("branch5_bn", kOut);
  conv_cat_ = register_module("conv_cat", sequence(conv_bn_relu(5 * kOut, kOut, 1)));
}

Tensor Aspp::forward(const Tensor& input) {
  std::vector<Tensor> maps;
  for (const std::shared_ptr<Sequence>& branch : branches_) maps.push_back((*branch)(input));
  const Tensor mean = input.mean({2, 3}, true);                            // [N, 2048, 1, 1]
  const Tensor global = at::relu((*branch5_bn_)((*branch5_conv_)(mean)));  // [N, 256, 1, 1]
  maps.push_back(global.expand_as(maps.front()));
  return (*conv_cat_)(at::cat(maps, 1));
}

NetT::NetT(Corners corners)
    : corners_{corners},
      backbone_{register_module("backbone", std::make_shared<AtrousResNet50>())},
      aspp_{register_module("aspp", std::make_shared<Aspp>())},
      shortcut1_{register_module("shortcut1", sequence(conv_bn_relu(256, 48, 1)))},
      shortcut2_{register_module("shortcut2", sequence(conv_bn_relu(512, 48, 1)))},
      cat_conv_{register_module("cat_conv", joining_convolutions())},
      cls_conv_{register_module("cls_conv", std::make_shared<Conv2d>(256, 3, 1))} {}

Tensor NetT::enlarge(const Tensor& input, std::int64_t factor) const {
  return resize_bilinear(input, factor * input.size(2), factor * input.size(3), corners_);
}

Tensor NetT::operator()(const Tensor& input) const {
  const AtrousResNet50::Features features = (*backbone_)(input);
  const Tensor high = enlarge((*aspp_)(features.layer4), 4);            // [N, 256, H/4, W/4]
  const Tensor middle = (*shortcut2_)(enlarge(features.layer2, 2));     // [N, 48, H/4, W/4]
  const Tensor low = (*shortcut1_)(features.layer1);                    // [N, 48, H/4, W/4]
  const Tensor joined = (*cat_conv_)(at::cat({high, middle, low}, 1));  // [N, 256, H/4, W/4]
  return (*cls_conv_)(enlarge(joined, 4));                              // [N, 3, H, W]
}

}  // namespace mbench::deep
