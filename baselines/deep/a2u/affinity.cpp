#include "baselines/deep/a2u/affinity.hpp"

#include <cmath>

namespace mbench::deep {
namespace {

constexpr std::int64_t kTaps = kDownWindow * kDownWindow;  // 36 = 4 x 9
constexpr std::int64_t kGroups = 32;

/// A small map of the features' averages, size x size.
std::shared_ptr<Sequence> averages(std::int64_t channels, std::int64_t out, std::int64_t size) {
  return sequence({unit<AdaptiveAvgPool2d>(size), unit<Conv2d>(channels, out, 1)});
}

std::shared_ptr<Sequence> norm_act(std::int64_t channels) {
  return sequence({unit<GroupNorm>(kGroups, channels), unit<LeakyRelu>()});
}

}  // namespace

Affinity::Affinity(std::int64_t channels, Filters filters)
    : channels_{channels},
      filters_{filters},
      bnu_{register_module("bnu", norm_act(channels))},
      bnv_{register_module("bnv", norm_act(channels))},
      up_{register_module("bconv_UP", averages(channels, kTaps, 1))},
      down_{register_module("bconv_DP", averages(channels, kTaps, 1))},
      u_{register_module(
          "bconv_U", averages(channels, filters == Filters::shared ? 1 : channels, kDownWindow))},
      v_{register_module(
          "bconv_V", averages(channels, filters == Filters::shared ? 1 : channels, kDownWindow))} {}

Tensor Affinity::project(const Tensor& features, Sequence& kernel, Sequence& finish) const {
  const Tensor filters = kernel(features);  // [1, 1 or C, 6, 6]
  const std::int64_t height = features.size(2) / 2;
  const std::int64_t width = features.size(3) / 2;
  const Tensor projected =
      filters_ == Filters::shared
          ? at::conv2d(features.transpose(0, 1), filters, {}, 2, 2)  // channels as images
          : at::conv2d(features, filters.transpose(0, 1), {}, 2, 2, 1, channels_);
  return finish(projected.reshape({1, channels_, height, width}));
}

Affinity::Weights Affinity::operator()(const Tensor& features) const {
  std::vector<Tensor> up;
  std::vector<Tensor> down;
  for (std::int64_t i = 0; i < features.size(0); ++i) {  // each image has its own filters
    const Tensor image = features.narrow(0, i, 1);
    const Tensor product = project(image, *u_, *bnu_) * project(image, *v_, *bnv_);
    const Tensor affinity =
        product.sum(1, true) / std::sqrt(static_cast<double>(channels_));  // [1, 1, H/2, W/2]
    up.push_back(at::conv2d(affinity, (*up_)(image).transpose(0, 1)));
    down.push_back(at::conv2d(affinity, (*down_)(image).transpose(0, 1)));
  }
  const Tensor nine = at::pixel_shuffle(at::cat(up), 2);  // [N, 9, H, W]
  return {.down = at::softmax(at::cat(down), 1), .up = at::softmax(at::sigmoid(nine), 1)};
}

// Both sum over shifted views of the padded input: windows written out would take 36 times the
// memory of the features.

Tensor weighted_down(const Tensor& input, const Tensor& weights) {
  const std::int64_t height = weights.size(2);
  const std::int64_t width = weights.size(3);
  const Tensor padded = at::constant_pad_nd(input, {2, 2, 2, 2});
  Tensor sum = at::zeros({input.size(0), input.size(1), height, width}, input.options());
  for (std::int64_t i = 0; i < kDownWindow; ++i) {
    for (std::int64_t j = 0; j < kDownWindow; ++j) {
      const Tensor shifted =
          padded.slice(2, i, i + 2 * height - 1, 2).slice(3, j, j + 2 * width - 1, 2);
      sum.addcmul_(shifted, weights.narrow(1, kDownWindow * i + j, 1));
    }
  }
  return sum;
}

Tensor weighted_up(const Tensor& input, const Tensor& weights) {
  const std::int64_t height = input.size(2);
  const std::int64_t width = input.size(3);
  const Tensor padded = at::constant_pad_nd(input, {1, 1, 1, 1});
  // The four pixels that one pixel becomes are two axes of their own: rows 3, columns 5.
  const Tensor blocks = weights.reshape({weights.size(0), weights.size(1), height, 2, width, 2});
  Tensor sum = at::zeros({input.size(0), input.size(1), height, 2, width, 2}, input.options());
  for (std::int64_t i = 0; i < kUpWindow; ++i) {
    for (std::int64_t j = 0; j < kUpWindow; ++j) {
      const Tensor shifted = padded.narrow(2, i, height).narrow(3, j, width);
      sum.addcmul_(shifted.unsqueeze(3).unsqueeze(5), blocks.narrow(1, kUpWindow * i + j, 1));
    }
  }
  return sum.view({input.size(0), input.size(1), 2 * height, 2 * width});
}

}  // namespace mbench::deep
