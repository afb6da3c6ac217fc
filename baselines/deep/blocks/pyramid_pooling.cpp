#include "baselines/deep/blocks/pyramid_pooling.hpp"

namespace mbench::deep {

PyramidPooling::PyramidPooling(std::int64_t channels, Corners corners) : corners_{corners} {
  std::vector<UnitPointer> stages;
  for (const std::int64_t cells : {1, 3, 5}) {
    stages.push_back(sequence({unit<AdaptiveAvgPool2d>(cells),
                               unit<Conv2d>(channels, channels, 1, ConvOptions{.bias = false})}));
  }
  stages_ = register_module("stages", sequence(std::move(stages)));
  bottleneck_ = add<Conv2d>("bottleneck", 4 * channels, channels, 1);
  relu_ = add<Relu>("relu");
}

Tensor PyramidPooling::forward(const Tensor& input) {
  std::vector<Tensor> parts;
  for (std::size_t i = 0; i < stages_->size(); ++i) {
    parts.push_back(resize_like((*(*stages_)[i])(input), input, corners_));  // [N, C, H, W]
  }
  parts.push_back(input);
  return (*relu_)((*bottleneck_)(at::cat(parts, 1)));
}

}  // namespace mbench::deep
