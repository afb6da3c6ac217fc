#pragma once
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

struct NormalisedBottleneckShape {
  std::int64_t in, planes;
  std::int64_t stride{1}, dilation{1};  ///< of the 3 x 3 convolution
};

/// Bottleneck of residual networks whose convolutions standardise their filters and whose
/// normalisation is by groups: [N, in, H, W] -> [N, 4 planes, H / stride, W / stride]. Names conv1
/// bn1 ... conv3 bn3 downsample.0 downsample.1; `Normalisation` is made from a number of channels,
/// `activate` is a function of a tensor.
template <typename Convolution, typename Normalisation, auto activate>
class NormalisedBottleneck : public Unit {
 public:
  explicit NormalisedBottleneck(const NormalisedBottleneckShape& shape) {
    const std::int64_t out = 4 * shape.planes;
    conv1_ = add<Convolution>("conv1", shape.in, shape.planes, 1, ConvOptions{.bias = false});
    bn1_ = add<Normalisation>("bn1", shape.planes);
    conv2_ = add<Convolution>("conv2", shape.planes, shape.planes, 3,
                              ConvOptions{.stride = shape.stride,
                                          .padding = shape.dilation,
                                          .dilation = shape.dilation,
                                          .bias = false});
    bn2_ = add<Normalisation>("bn2", shape.planes);
    conv3_ = add<Convolution>("conv3", shape.planes, out, 1, ConvOptions{.bias = false});
    bn3_ = add<Normalisation>("bn3", out);
    if (shape.in == out && shape.stride == 1) return;
    downsample_ = register_module(
        "downsample",
        sequence({unit<Convolution>(shape.in, out, 1,
                                    ConvOptions{.stride = shape.stride, .bias = false}),
                  unit<Normalisation>(out)}));
  }

 protected:
  Tensor forward(const Tensor& input) override {
    Tensor value = activate((*bn1_)((*conv1_)(input)));
    value = activate((*bn2_)((*conv2_)(value)));
    value = (*bn3_)((*conv3_)(value));
    return activate(value + (downsample_ ? (*downsample_)(input) : input));
  }

 private:
  std::shared_ptr<Convolution> conv1_;
  std::shared_ptr<Normalisation> bn1_;
  std::shared_ptr<Convolution> conv2_;
  std::shared_ptr<Normalisation> bn2_;
  std::shared_ptr<Convolution> conv3_;
  std::shared_ptr<Normalisation> bn3_;
  std::shared_ptr<Sequence> downsample_;
};

}  // namespace mbench::deep
