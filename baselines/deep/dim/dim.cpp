#include "baselines/deep/dim/dim.hpp"

#include <fmt/core.h>

#include "baselines/deep/blocks/decoder_parts.hpp"
#include "baselines/deep/blocks/max_unpool.hpp"

namespace mbench::deep {
namespace {

/// Channels of VGG-16's five stages, how many convolutions each has, and what the decoder makes of
/// them.
constexpr std::array<std::int64_t, 5> kChannels{64, 128, 256, 512, 512};
constexpr std::array<int, 5> kConvolutions{2, 2, 3, 3, 3};

/// Convolution, batch normalisation and perhaps ReLU under the names cbr_unit.0, cbr_unit.1.
class NamedConvolution : public Unit {
 public:
  NamedConvolution(std::int64_t in, std::int64_t out, std::int64_t kernel, bool relu) {
    std::vector<UnitPointer> units{
        unit<Conv2d>(in, out, kernel, ConvOptions{.padding = kernel / 2}), unit<BatchNorm2d>(out)};
    if (relu) units.push_back(unit<Relu>());
    cbr_unit_ = register_module("cbr_unit", sequence(std::move(units)));
  }

 protected:
  Tensor forward(const Tensor& input) override { return (*cbr_unit_)(input); }

 private:
  std::shared_ptr<Sequence> cbr_unit_;
};

}  // namespace

Dim::Dim(DimRefinement refinement) {
  const auto convolution = [this](const std::string& name, std::int64_t in, std::int64_t out,
                                  std::int64_t kernel) {
    return register_module(
        name, std::make_shared<Conv2d>(in, out, kernel, ConvOptions{.padding = kernel / 2}));
  };
  std::int64_t channels = 4;
  for (std::size_t i = 0; i < encoder_.size(); ++i) {
    for (int k = 1; k <= kConvolutions[i]; ++k) {
      encoder_[i].push_back(
          convolution(fmt::format("conv{}_{}", i + 1, k), channels, kChannels[i], 3));
      channels = kChannels[i];
    }
  }
  conv6_1_ = convolution("conv6_1", 512, 512, 3);
  deconv6_1_ = convolution("deconv6_1", 512, 512, 1);
  for (std::size_t i = 0; i < decoder_.size(); ++i) {
    const std::size_t level = 4 - i;  // each ends with the channels of the level above
    decoder_[i] = convolution(fmt::format("deconv{}_1", level + 1), kChannels[level],
                              kChannels[level == 0 ? 0 : level - 1], 5);
  }
  deconv1_ = convolution("deconv1", 64, 1, 5);
  if (refinement == DimRefinement::none) return;
  refine_ = {convolution("refine_conv1", 4, 64, 3), convolution("refine_conv2", 64, 64, 3),
             convolution("refine_conv3", 64, 64, 3), convolution("refine_pred", 64, 1, 3)};
}

Tensor Dim::raw_alpha(const Tensor& input) const {
  std::array<Tensor, 5> shortcuts;
  std::array<PooledBlocks, 5> pooled;
  Tensor value = input;
  for (std::size_t i = 0; i < encoder_.size(); ++i) {
    for (const auto& convolution : encoder_[i]) value = at::relu((*convolution)(value));
    shortcuts[i] = value;  // [N, 64, H, W] ... [N, 512, H/16, W/16]
    pooled[i] = max_pool_blocks(value);
    value = pooled[i].values;  // [N, 64, H/2, W/2] ... [N, 512, H/32, W/32]
  }
  value = at::relu((*conv6_1_)(value));
  value = at::relu((*deconv6_1_)(value));  // [N, 512, H/32, W/32]
  for (std::size_t i = 0; i < decoder_.size(); ++i) {
    value = unpool_blocks(value, pooled[4 - i]) + shortcuts[4 - i];
    value = at::relu((*decoder_[i])(value));  // [N, 512, H/16, W/16] ... [N, 64, H, W]
  }
  return (*deconv1_)(value);  // [N, 1, H, W]
}

DimOutput Dim::operator()(const Tensor& input) const {
  const Tensor raw = raw_alpha(input);
  DimOutput output{.alpha = at::sigmoid(raw), .refined = {}};
  if (refine_.empty()) return output;
  Tensor value = join(input.narrow(1, 0, 3), output.alpha);  // [N, 4, H, W]
  for (std::size_t i = 0; i < 3; ++i) value = at::relu((*refine_[i])(value));
  output.refined = at::sigmoid(raw + (*refine_[3])(value));
  return output;
}

DimFoamliu::DimFoamliu() {
  std::int64_t channels = 4;
  for (std::size_t i = 0; i < encoder_.size(); ++i) {
    const auto down =
        register_module(fmt::format("down{}", i + 1), std::make_shared<torch::nn::Module>());
    for (int k = 1; k <= kConvolutions[i]; ++k) {
      encoder_[i].push_back(down->register_module(
          fmt::format("conv{}", k),
          std::make_shared<NamedConvolution>(channels, kChannels[i], 3, true)));
      channels = kChannels[i];
    }
  }
  for (std::size_t i = 0; i < decoder_.size(); ++i) {
    const std::size_t level = 4 - i;
    const auto up =
        register_module(fmt::format("up{}", level + 1), std::make_shared<torch::nn::Module>());
    decoder_[i] = up->register_module(
        "conv", std::make_shared<NamedConvolution>(
                    kChannels[level], level == 0 ? 1 : kChannels[level - 1], 5, false));
  }
}

Tensor DimFoamliu::operator()(const Tensor& input) const {
  std::array<PooledBlocks, 5> pooled;
  Tensor value = input;
  for (std::size_t i = 0; i < encoder_.size(); ++i) {
    for (const auto& convolution : encoder_[i]) value = (*convolution)(value);
    pooled[i] = max_pool_blocks(value);
    value = pooled[i].values;  // [N, 64, H/2, W/2] ... [N, 512, H/32, W/32], rounded down
  }
  for (std::size_t i = 0; i < decoder_.size(); ++i) {
    value = (*decoder_[i])(
        unpool_blocks(value, pooled[4 - i]));  // [N, 512, H/16, W/16] ... [N, 1, H, W]
  }
  return at::sigmoid(value);
}

}  // namespace mbench::deep
