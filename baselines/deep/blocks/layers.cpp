#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

Conv2d::Conv2d(std::int64_t in, std::int64_t out, std::int64_t kernel, ConvOptions options)
    : Conv2d{in, out, {kernel, kernel}, {options.padding, options.padding}, options} {}

Conv2d::Conv2d(std::int64_t in, std::int64_t out, std::array<std::int64_t, 2> kernel,
               std::array<std::int64_t, 2> padding, ConvOptions options)
    : padding_{padding}, options_{options} {
  weight =
      register_parameter("weight", at::empty({out, in / options.groups, kernel[0], kernel[1]}));
  if (options.bias) bias = register_parameter("bias", at::empty({out}));
}

Tensor Conv2d::forward(const Tensor& input) { return convolve(input, weight); }

Tensor Conv2d::convolve(const Tensor& input, const Tensor& filters) const {
  return at::conv2d(input, filters, bias, options_.stride, padding_, options_.dilation,
                    options_.groups);
}

ConvTranspose2d::ConvTranspose2d(std::int64_t in, std::int64_t out, std::int64_t kernel,
                                 ConvOptions options, std::int64_t output_padding)
    : options_{options}, output_padding_{output_padding} {
  weight = register_parameter("weight", at::empty({in, out / options.groups, kernel, kernel}));
  if (options.bias) bias = register_parameter("bias", at::empty({out}));
}

Tensor ConvTranspose2d::forward(const Tensor& input) {
  return at::conv_transpose2d(input, weight, bias, options_.stride, options_.padding,
                              output_padding_, options_.groups, options_.dilation);
}

BatchNorm2d::BatchNorm2d(std::int64_t channels, double epsilon)
    : epsilon_{epsilon},
      weight_{register_parameter("weight", at::empty({channels}))},
      bias_{register_parameter("bias", at::empty({channels}))},
      running_mean_{register_buffer("running_mean", at::empty({channels}))},
      running_var_{register_buffer("running_var", at::empty({channels}))},
      num_batches_tracked_{register_buffer("num_batches_tracked", at::zeros({}, at::kLong))} {}

Tensor BatchNorm2d::forward(const Tensor& input) {
  return at::batch_norm(input, weight_, bias_, running_mean_, running_var_, false, 0.0, epsilon_,
                        true);
}

GroupNorm::GroupNorm(std::int64_t groups, std::int64_t channels, double epsilon)
    : groups_{groups},
      epsilon_{epsilon},
      weight_{register_parameter("weight", at::empty({channels}))},
      bias_{register_parameter("bias", at::empty({channels}))} {}

Tensor GroupNorm::forward(const Tensor& input) {
  return at::group_norm(input, groups_, weight_, bias_, epsilon_);
}

Linear::Linear(std::int64_t in, std::int64_t out, bool bias)
    : weight_{register_parameter("weight", at::empty({out, in}))} {
  if (bias) bias_ = register_parameter("bias", at::empty({out}));
}

Tensor Linear::forward(const Tensor& input) { return at::linear(input, weight_, bias_); }

Tensor MaxPool2d::forward(const Tensor& input) {
  return at::max_pool2d(input, options_.kernel, options_.stride, options_.padding, 1,
                        options_.ceil_mode);
}

Tensor AdaptiveAvgPool2d::forward(const Tensor& input) {
  return at::adaptive_avg_pool2d(input, {size_, size_});
}

Tensor Upsample::forward(const Tensor& input) {
  const double factor = static_cast<double>(factor_);
  return at::upsample_bilinear2d(input, {input.size(2) * factor_, input.size(3) * factor_},
                                 corners_ == Corners::aligned, factor, factor);
}

Tensor resize_bilinear(const Tensor& input, std::int64_t height, std::int64_t width,
                       Corners corners) {
  return at::upsample_bilinear2d(input, {height, width}, corners == Corners::aligned);
}

Tensor resize_like(const Tensor& input, const Tensor& other, Corners corners) {
  return resize_bilinear(input, other.size(2), other.size(3), corners);
}

void append_conv_bn_relu(std::vector<UnitPointer>& units, std::int64_t in, std::int64_t out,
                         ConvOptions options) {
  units.push_back(unit<Conv2d>(in, out, 3, options));
  units.push_back(unit<BatchNorm2d>(out));
  units.push_back(unit<Relu>());
}

}  // namespace mbench::deep
