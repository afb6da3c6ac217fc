#include "baselines/deep/blocks/resnet_backbone.hpp"

namespace mbench::deep {

ResNet34::ResNet34(std::int64_t stem_stride, std::int64_t layer_stride)
    : conv1{register_module(
          "conv1", std::make_shared<Conv2d>(
                       3, 64, 7, ConvOptions{.stride = stem_stride, .padding = 3, .bias = false}))},
      bn1{register_module("bn1", std::make_shared<BatchNorm2d>(64))},
      relu{register_module("relu", std::make_shared<Relu>())},
      maxpool{register_module("maxpool", std::make_shared<MaxPool2d>())},
      layer1{register_module("layer1", basic_layer(64, 64, 3))},
      layer2{register_module("layer2", basic_layer(64, 128, 4, layer_stride))},
      layer3{register_module("layer3", basic_layer(128, 256, 6, layer_stride))},
      layer4{register_module("layer4", basic_layer(256, 512, 3, layer_stride))},
      fc{register_module("fc", std::make_shared<Linear>(512, 1000))} {}

ResNet101::ResNet101()
    : conv1{register_module("conv1",
                            std::make_shared<Conv2d>(
                                3, 64, 7, ConvOptions{.stride = 2, .padding = 3, .bias = false}))},
      bn1{register_module("bn1", std::make_shared<BatchNorm2d>(64))},
      relu{register_module("relu", std::make_shared<Relu>())},
      maxpool{register_module("maxpool", std::make_shared<MaxPool2d>())},
      layer1{register_module("layer1", bottleneck_layer(64, 64, 3))},
      layer2{register_module("layer2", bottleneck_layer(256, 128, 4, {.stride = 2}))},
      layer3{register_module("layer3", bottleneck_layer(512, 256, 23, {.stride = 2}))},
      layer4{register_module("layer4", bottleneck_layer(1024, 512, 3, {.stride = 2}))},
      fc{register_module("fc", std::make_shared<Linear>(2048, 1000))} {}

}  // namespace mbench::deep
