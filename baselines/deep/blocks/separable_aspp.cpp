#include "baselines/deep/blocks/separable_aspp.hpp"

#include <utility>

namespace mbench::deep {
namespace {

constexpr std::int64_t kWidth = 256;

/// One sequence under the name atrous_conv.
class Branch : public Unit {
 public:
  explicit Branch(std::vector<UnitPointer> units)
      : convolution_{add<Sequence>("atrous_conv", std::move(units))} {}

 protected:
  Tensor forward(const Tensor& input) override { return (*convolution_)(input); }

 private:
  std::shared_ptr<Sequence> convolution_;
};

void append_pointwise(std::vector<UnitPointer>& units, std::int64_t in, std::int64_t out,
                      AppendActivation append_activation) {
  units.push_back(unit<Conv2d>(in, out, 1, ConvOptions{.bias = false}));
  append_activation(units, out);
}

/// With a dilated depthwise convolution first where `dilation` is not 0.
UnitPointer branch(std::int64_t in, std::int64_t dilation, AppendActivation append_activation) {
  std::vector<UnitPointer> units;
  if (dilation != 0) {
    units.push_back(unit<Conv2d>(
        in, in, 3,
        ConvOptions{.padding = dilation, .dilation = dilation, .groups = in, .bias = false}));
    append_activation(units, in);
  }
  append_pointwise(units, in, kWidth, append_activation);
  return std::make_shared<Branch>(std::move(units));
}

}  // namespace

SeparableAspp::SeparableAspp(std::int64_t in, std::int64_t out,
                             const std::array<std::int64_t, 3>& dilations,
                             AppendActivation append_activation)
    : branches_{register_module("aspp1", branch(in, 0, append_activation)),
                register_module("aspp2", branch(in, dilations[0], append_activation)),
                register_module("aspp3", branch(in, dilations[1], append_activation)),
                register_module("aspp4", branch(in, dilations[2], append_activation))} {
  std::vector<UnitPointer> mean{unit<AdaptiveAvgPool2d>(1)};
  append_pointwise(mean, in, kWidth, append_activation);
  mean_ = register_module("global_avg_pool", sequence(std::move(mean)));
  std::vector<UnitPointer> join;
  append_pointwise(join, 5 * kWidth, out, append_activation);
  join_ = register_module("bottleneck_conv", sequence(std::move(join)));
}

Tensor SeparableAspp::forward(const Tensor& input) {
  std::vector<Tensor> parts;
  for (const UnitPointer& branch : branches_) parts.push_back((*branch)(input));
  parts.push_back((*mean_)(input).expand_as(parts.front()));
  return (*join_)(at::cat(parts, 1));  // [N, 5 256, H, W] -> [N, out, H, W]
}

}  // namespace mbench::deep
