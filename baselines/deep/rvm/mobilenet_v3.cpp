#include "baselines/deep/rvm/mobilenet_v3.hpp"

#include <array>
#include <utility>
#include <vector>

#include "baselines/deep/tensors.hpp"

namespace mbench::deep {
namespace {

constexpr double kEpsilon = 1e-3;  // of MobileNetV3's batch normalisations

class HardSwish : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return at::hardswish(input); }
};

enum class Activation { none, relu, hard_swish };

/// Convolution without bias, batch normalisation, activation; the size divided by the stride.
UnitPointer convolution(std::int64_t in, std::int64_t out, std::int64_t kernel, ConvOptions options,
                        Activation activation) {
  options.padding = (kernel - 1) / 2 * options.dilation;
  options.bias = false;
  std::vector<UnitPointer> units{unit<Conv2d>(in, out, kernel, options),
                                 unit<BatchNorm2d>(out, kEpsilon)};
  if (activation == Activation::relu) units.push_back(unit<Relu>());
  if (activation == Activation::hard_swish) units.push_back(unit<HardSwish>());
  return sequence(std::move(units));
}

/// Scales each channel by what all channels' means say, with a piecewise linear sigmoid:
///     output = input * hardsigmoid(fc2 relu(fc1 mean(input)))
class HardSqueezeExcitation : public Unit {
 public:
  HardSqueezeExcitation(std::int64_t channels, std::int64_t squeezed)
      : fc1_{add<Conv2d>("fc1", channels, squeezed, 1)},
        fc2_{add<Conv2d>("fc2", squeezed, channels, 1)} {}

 protected:
  Tensor forward(const Tensor& input) override {
    const Tensor means = at::adaptive_avg_pool2d(input, {1, 1});
    return input * at::hardsigmoid((*fc2_)(at::relu((*fc1_)(means))));
  }

 private:
  std::shared_ptr<Conv2d> fc1_, fc2_;
};

/// One row of the paper's table; `squeezed`: channels within squeeze-and-excitation, 0 without.
struct BlockSpec {
  std::int64_t in, kernel, expanded, out, squeezed;
  Activation activation;
  std::int64_t stride{1}, dilation{1};
};

constexpr Activation kRelu = Activation::relu;
constexpr Activation kSwish = Activation::hard_swish;
constexpr std::array kBlocks{BlockSpec{16, 3, 16, 16, 0, kRelu},
                             BlockSpec{16, 3, 64, 24, 0, kRelu, 2},
                             BlockSpec{24, 3, 72, 24, 0, kRelu},
                             BlockSpec{24, 5, 72, 40, 24, kRelu, 2},
                             BlockSpec{40, 5, 120, 40, 32, kRelu},
                             BlockSpec{40, 5, 120, 40, 32, kRelu},
                             BlockSpec{40, 3, 240, 80, 0, kSwish, 2},
                             BlockSpec{80, 3, 200, 80, 0, kSwish},
                             BlockSpec{80, 3, 184, 80, 0, kSwish},
                             BlockSpec{80, 3, 184, 80, 0, kSwish},
                             BlockSpec{80, 3, 480, 112, 120, kSwish},
                             BlockSpec{112, 3, 672, 112, 168, kSwish},
                             BlockSpec{112, 5, 672, 160, 168, kSwish, 1, 2},
                             BlockSpec{160, 5, 960, 160, 240, kSwish, 1, 2},
                             BlockSpec{160, 5, 960, 160, 240, kSwish, 1, 2}};

/// Widens, looks at each channel alone, narrows; the input is added where shapes agree.
class InvertedResidual : public Unit {
 public:
  explicit InvertedResidual(const BlockSpec& spec)
      : adds_input_{spec.stride == 1 && spec.in == spec.out} {
    std::vector<UnitPointer> units;
    if (spec.expanded != spec.in) {
      units.push_back(convolution(spec.in, spec.expanded, 1, {}, spec.activation));
    }
    units.push_back(
        convolution(spec.expanded, spec.expanded, spec.kernel,
                    {.stride = spec.stride, .dilation = spec.dilation, .groups = spec.expanded},
                    spec.activation));
    if (spec.squeezed > 0) {
      units.push_back(unit<HardSqueezeExcitation>(spec.expanded, spec.squeezed));
    }
    units.push_back(convolution(spec.expanded, spec.out, 1, {}, Activation::none));
    block_ = register_module("block", sequence(std::move(units)));
  }

 protected:
  Tensor forward(const Tensor& input) override {
    const Tensor result = (*block_)(input);
    return adds_input_ ? result + input : result;
  }

 private:
  bool adds_input_;
  std::shared_ptr<Sequence> block_;
};

}  // namespace

RvmEncoder::RvmEncoder() {
  std::vector<UnitPointer> units{convolution(3, 16, 3, {.stride = 2}, kSwish)};
  for (const BlockSpec& spec : kBlocks) units.push_back(unit<InvertedResidual>(spec));
  units.push_back(convolution(160, kRvmDeepChannels, 1, {}, kSwish));
  features_ = register_module("features", sequence(std::move(units)));
}

RvmFeatures RvmEncoder::operator()(const Tensor& frame) const {
  const auto pass = [this](Tensor value, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i <= last; ++i) value = (*(*features_)[i])(value);
    return value;
  };
  RvmFeatures features;
  features.at_half = pass(normalised(frame), 0, 1);  // [N, 16, H/2, W/2]
  features.at_4th = pass(features.at_half, 2, 3);    // [N, 24, H/4, W/4]
  features.at_8th = pass(features.at_4th, 4, 6);     // [N, 40, H/8, W/8]
  features.at_16th = pass(features.at_8th, 7, 16);   // [N, 960, H/16, W/16]
  return features;
}

}  // namespace mbench::deep
