#include "baselines/deep/hattmatting/atrous_pyramid.hpp"

namespace mbench::deep {

AtrousPyramid::AtrousPyramid(std::int64_t in, std::int64_t out,
                             const std::array<std::int64_t, 3>& rates) {
  const auto point = [&](std::int64_t channels) {
    return unit<Conv2d>(channels, out, 1, ConvOptions{.bias = false});
  };
  std::vector<UnitPointer> branches{sequence({point(in), unit<BatchNorm2d>(out), unit<Relu>()})};
  for (const std::int64_t rate : rates) {
    const ConvOptions options{.padding = rate, .dilation = rate, .bias = false};
    branches.push_back(
        sequence({unit<Conv2d>(in, out, 3, options), unit<BatchNorm2d>(out), unit<Relu>()}));
  }
  branches.push_back(
      sequence({unit<AdaptiveAvgPool2d>(1), point(in), unit<BatchNorm2d>(out), unit<Relu>()}));
  convs_ = register_module("convs", sequence(std::move(branches)));
  project_ = register_module("project", sequence({point(5 * out), unit<BatchNorm2d>(out),
                                                  unit<Relu>(), unit<Identity>()}));
}

Tensor AtrousPyramid::forward(const Tensor& input) {
  std::vector<Tensor> parts;
  for (std::size_t i = 0; i < convs_->size(); ++i) {
    // The mean of the image has one pixel, which a bilinear resize only repeats.
    parts.push_back((*(*convs_)[i])(input).expand({-1, -1, input.size(2), input.size(3)}));
  }
  return (*project_)(at::cat(parts, 1));
}

}  // namespace mbench::deep
