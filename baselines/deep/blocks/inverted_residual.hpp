#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// min(max(value, 0), 6)
class Relu6 : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return at::clamp(input, 0.0, 6.0); }
};

/// Where the zeros around the 3 x 3 windows come from: put around the middle, as usual, or around
/// the block's input, so that the windows meet what the first convolution makes of zeros.
enum class ZeroBorder { middle, input };

struct InvertedResidualOptions {
  std::int64_t stride{1};
  /// The middle has that many times the channels of the input; without it there is no convolution
  /// that widens, which is not the same as one by 1.
  std::optional<std::int64_t> expansion{6};
  ZeroBorder border{ZeroBorder::middle};
};

/// The block of MobileNetV2 [sandler2018]: wider by a convolution 1 x 1, one convolution 3 x 3 per
/// channel, narrower by a convolution 1 x 1 without ReLU; added to its input where sizes allow.
/// [N, in, H, W] -> [N, out, H/stride, W/stride]. Names conv.I.
class InvertedResidual : public Unit {
 public:
  InvertedResidual(std::int64_t in, std::int64_t out, InvertedResidualOptions options)
      : is_added_{options.stride == 1 && in == out}, border_{options.border} {
    const std::int64_t middle = in * options.expansion.value_or(1);
    std::vector<UnitPointer> units;
    const auto append = [&units](std::int64_t from, std::int64_t to, std::int64_t kernel,
                                 ConvOptions conv) {
      units.push_back(unit<Conv2d>(from, to, kernel, conv));
      units.push_back(unit<BatchNorm2d>(to));
    };
    if (options.expansion) {
      append(in, middle, 1, ConvOptions{.bias = false});
      units.push_back(unit<Relu6>());
    }
    append(middle, middle, 3,
           ConvOptions{.stride = options.stride,
                       .padding = border_ == ZeroBorder::middle ? 1 : 0,
                       .groups = middle,
                       .bias = false});
    units.push_back(unit<Relu6>());
    append(middle, out, 1, ConvOptions{.bias = false});
    conv_ = register_module("conv", sequence(std::move(units)));
  }

 protected:
  Tensor forward(const Tensor& input) override {
    const Tensor value =
        (*conv_)(border_ == ZeroBorder::input ? at::constant_pad_nd(input, {1, 1, 1, 1}) : input);
    return is_added_ ? input + value : value;
  }

 private:
  bool is_added_;
  ZeroBorder border_;
  std::shared_ptr<Sequence> conv_;
};

}  // namespace mbench::deep
