#include "baselines/deep/blocks/spectral_conv.hpp"

namespace mbench::deep {

SpectralWeights::SpectralWeights(std::int64_t rows, std::int64_t columns, std::int64_t kernel)
    : u_{register_parameter("weight_u", at::empty({rows}))},
      v_{register_parameter("weight_v", at::empty({columns * kernel * kernel}))},
      bar_{register_parameter("weight_bar", at::empty({rows, columns, kernel, kernel}))} {}

Tensor SpectralWeights::divided() const {
  const Tensor sigma = u_.dot(bar_.view({bar_.size(0), -1}).mv(v_));
  return bar_ / sigma;
}

SpectralConv2d::SpectralConv2d(std::int64_t in, std::int64_t out, std::int64_t kernel,
                               ConvOptions options)
    : weights_{add<SpectralWeights>("module", out, in, kernel)}, options_{options} {}

Tensor SpectralConv2d::forward(const Tensor& input) {
  return at::conv2d(input, weights_->divided(), {}, options_.stride, options_.padding);
}

SpectralConvTranspose2d::SpectralConvTranspose2d(std::int64_t in, std::int64_t out,
                                                 std::int64_t kernel, ConvOptions options)
    : weights_{add<SpectralWeights>("module", in, out, kernel)}, options_{options} {}

Tensor SpectralConvTranspose2d::forward(const Tensor& input) {
  return at::conv_transpose2d(input, weights_->divided(), {}, options_.stride, options_.padding);
}

}  // namespace mbench::deep
