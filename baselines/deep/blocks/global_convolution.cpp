#include "baselines/deep/blocks/global_convolution.hpp"

namespace mbench::deep {

GlobalConvolution::GlobalConvolution(std::int64_t in, std::int64_t out, std::int64_t kernel) {
  using Pair = std::array<std::int64_t, 2>;
  const Pair down{kernel, 1}, across{1, kernel};
  const Pair pad_down{kernel / 2, 0}, pad_across{0, kernel / 2};
  conv_l1_ = add<Conv2d>("conv_l1", in, out, down, pad_down);
  conv_l2_ = add<Conv2d>("conv_l2", out, out, across, pad_across);
  conv_r1_ = add<Conv2d>("conv_r1", in, out, across, pad_across);
  conv_r2_ = add<Conv2d>("conv_r2", out, out, down, pad_down);
}

Tensor GlobalConvolution::forward(const Tensor& input) {
  return (*conv_l2_)((*conv_l1_)(input)) + (*conv_r2_)((*conv_r1_)(input));
}

}  // namespace mbench::deep
