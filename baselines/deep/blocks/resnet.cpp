#include "baselines/deep/blocks/resnet.hpp"

namespace mbench::deep {
namespace {

/// The identity path where channels or size change.
std::shared_ptr<Sequence> projection(std::int64_t in, std::int64_t out, std::int64_t stride,
                                     bool bias = false) {
  return sequence({unit<Conv2d>(in, out, 1, ConvOptions{.stride = stride, .bias = bias}),
                   unit<BatchNorm2d>(out)});
}

/// [N, C, H, W] -> [N, C, ceil(H/2), ceil(W/2)]; at an odd edge the mean of the pixels there are.
class MeanOfFour : public Unit {
 protected:
  Tensor forward(const Tensor& input) override {
    return at::avg_pool2d(input, 2, 2, 0, true, false);
  }
};

std::shared_ptr<Sequence> pooled_projection(std::int64_t in, std::int64_t out) {
  return sequence({unit<MeanOfFour>(), unit<Conv2d>(in, out, 1, ConvOptions{.bias = false}),
                   unit<BatchNorm2d>(out)});
}

}  // namespace

BasicBlock::BasicBlock(std::int64_t in, std::int64_t out, std::int64_t stride)
    : conv1_{add<Conv2d>("conv1", in, out, 3,
                         ConvOptions{.stride = stride, .padding = 1, .bias = false})},
      bn1_{add<BatchNorm2d>("bn1", out)},
      conv2_{add<Conv2d>("conv2", out, out, 3, ConvOptions{.padding = 1, .bias = false})},
      bn2_{add<BatchNorm2d>("bn2", out)} {
  if (stride != 1 || in != out) {
    downsample_ = register_module("downsample", projection(in, out, stride));
  }
}

Tensor BasicBlock::forward(const Tensor& input) {
  const Tensor middle = at::relu((*bn1_)((*conv1_)(input)));
  const Tensor residual = (*bn2_)((*conv2_)(middle));
  return at::relu(residual + (downsample_ ? (*downsample_)(input) : input));
}

Bottleneck::Bottleneck(std::int64_t in, std::int64_t planes, BottleneckOptions options) {
  const std::int64_t width = planes * options.group_width / 64 * options.groups;
  const std::int64_t out = 4 * planes;
  conv1_ = add<Conv2d>("conv1", in, width, 1, ConvOptions{.bias = options.bias});
  bn1_ = add<BatchNorm2d>("bn1", width);
  conv2_ = add<Conv2d>("conv2", width, width, 3,
                       ConvOptions{.stride = options.stride,
                                   .padding = options.dilation,
                                   .dilation = options.dilation,
                                   .groups = options.groups,
                                   .bias = options.bias});
  bn2_ = add<BatchNorm2d>("bn2", width);
  conv3_ = add<Conv2d>("conv3", width, out, 1, ConvOptions{.bias = options.bias});
  bn3_ = add<BatchNorm2d>("bn3", out);
  if (options.stride != 1 || in != out) {
    downsample_ =
        register_module("downsample", options.pooled_identity && options.stride == 2
                                          ? pooled_projection(in, out)
                                          : projection(in, out, options.stride, options.bias));
  }
}

Tensor Bottleneck::forward(const Tensor& input) {
  Tensor value = at::relu((*bn1_)((*conv1_)(input)));
  value = at::relu((*bn2_)((*conv2_)(value)));
  value = (*bn3_)((*conv3_)(value));
  return at::relu(value + (downsample_ ? (*downsample_)(input) : input));
}

std::shared_ptr<Sequence> basic_layer(std::int64_t in, std::int64_t out, int count,
                                      std::int64_t stride) {
  std::vector<UnitPointer> blocks{unit<BasicBlock>(in, out, stride)};
  for (int i = 1; i < count; ++i) blocks.push_back(unit<BasicBlock>(out, out));
  return sequence(std::move(blocks));
}

std::shared_ptr<Sequence> bottleneck_layer(std::int64_t in, std::int64_t planes, int count,
                                           BottleneckOptions options) {
  std::vector<UnitPointer> blocks{unit<Bottleneck>(in, planes, options)};
  options.stride = 1;
  for (int i = 1; i < count; ++i) blocks.push_back(unit<Bottleneck>(4 * planes, planes, options));
  return sequence(std::move(blocks));
}

}  // namespace mbench::deep
