#include "baselines/deep/p3mnet/p3mnet.hpp"

#include <string>
#include <vector>

#include "baselines/deep/blocks/decoder_parts.hpp"

namespace mbench::deep {
namespace {

std::shared_ptr<Conv2d> conv(std::int64_t in, std::int64_t out, std::int64_t kernel) {
  return std::make_shared<Conv2d>(in, out, kernel,
                                  ConvOptions{.padding = kernel / 2, .bias = false});
}

}  // namespace

TripartiteIntegration::TripartiteIntegration(std::int64_t channels)
    : transform_{register_module("transform", conv(channels, channels / 2, 1))},
      conv1_{register_module("conv1", conv(channels / 2 * 3, channels, 3))},
      bn1_{register_module("bn1", std::make_shared<BatchNorm2d>(channels))},
      relu_{register_module("relu", std::make_shared<Relu>())} {}

Tensor TripartiteIntegration::operator()(const Tensor& semantic, const Tensor& detail,
                                         const Tensor& encoded) const {
  const Tensor joined =
      at::cat({(*transform_)(semantic), (*transform_)(detail), (*transform_)(encoded)}, 1);  // 3C/2
  Tensor output = (*relu_)((*bn1_)((*conv1_)(joined)));
  trace(*this, output);
  return output;
}

ShallowIntegration::ShallowIntegration(std::int64_t channels, std::int64_t stride)
    : transform1_{register_module("transform1", conv(channels, channels / 2, 1))},
      transform2_{register_module("transform2", conv(64, channels / 2, 1))},
      maxpool_{register_module("maxpool", std::make_shared<MaxPool2d>(PoolOptions{
                                              .kernel = 2, .stride = stride, .padding = 0}))},
      conv1_{register_module("conv1", conv(channels, channels, 3))},
      bn1_{register_module("bn1", std::make_shared<BatchNorm2d>(channels))},
      relu_{register_module("relu", std::make_shared<Relu>())} {}

Tensor ShallowIntegration::operator()(const Tensor& detail, const Tensor& first) const {
  const Tensor reduced = (*transform1_)(detail);                            // [N, C/2, H/s, W/s]
  const Tensor joined = join(reduced, (*transform2_)((*maxpool_)(first)));  // [N, C, H/s, W/s]
  Tensor output = (*relu_)((*bn1_)((*conv1_)(joined))) + detail;
  trace(*this, output);
  return output;
}

DeepIntegration::DeepIntegration(std::int64_t channels, std::int64_t factor)
    : transform1_{register_module("transform1", conv(channels, channels / 2, 1))},
      transform2_{register_module("transform2", conv(512, channels / 2, 1))},
      upsample_{register_module("upsample", std::make_shared<Upsample>(factor))},
      conv1_{register_module("conv1", conv(channels, channels, 3))},
      bn1_{register_module("bn1", std::make_shared<BatchNorm2d>(channels))},
      relu_{register_module("relu", std::make_shared<Relu>())},
      conv2_{register_module("conv2", conv(channels, 3, 3))},
      upsample2_{register_module("upsample2", std::make_shared<Upsample>(32 / factor))} {}

Tensor DeepIntegration::operator()(const Tensor& semantic, const Tensor& last) const {
  const Tensor reduced = (*transform1_)(semantic);
  const Tensor joined = join(reduced, (*upsample_)((*transform2_)(last)));
  return (*relu_)((*bn1_)((*conv1_)(joined))) + semantic;
}

Tensor DeepIntegration::side(const Tensor& integrated) const {
  Tensor classes = (*upsample2_)((*conv2_)(integrated));
  trace(*this, integrated);  // the program's module gives both
  return classes;
}

P3mNet::P3mNet() : encoder_{*this} {
  const auto named = [this](const std::string& name, auto part) {
    return register_module(name, std::move(part));
  };
  constexpr std::array<std::int64_t, 4> kChannels{256, 128, 64, 64};
  for (std::size_t i = 0; i < tfi_.size(); ++i) {
    tfi_[i] = named("tfi_" + std::to_string(3 - i),
                    std::make_shared<TripartiteIntegration>(kChannels[i]));
  }
  for (std::size_t i = 0; i < sbfi_.size(); ++i) {
    sbfi_[i] = named("sbfi_" + std::to_string(2 - i),
                     std::make_shared<ShallowIntegration>(kChannels[i + 1], 8 >> i));
  }
  for (std::size_t i = 0; i < dbfi_.size(); ++i) {
    dbfi_[i] = named("dbfi_" + std::to_string(2 - i),
                     std::make_shared<DeepIntegration>(kChannels[i + 1], 4 << i));
  }
  const std::array<std::vector<std::int64_t>, 5> chains{{{512, 512, 512, 256},
                                                         {256, 256, 256, 128},
                                                         {128, 128, 128, 64},
                                                         {64, 64, 64, 64},
                                                         {64, 64, 64}}};
  for (std::size_t i = 0; i < chains.size(); ++i) {
    std::vector<UnitPointer> units = conv_chain(chains[i]);
    if (i == 4) units.push_back(unit<Conv2d>(64, 3, 3, ConvOptions{.padding = 1}));
    units.push_back(unit<Upsample>(2));
    decoder_g_[i] = named("decoder" + std::to_string(4 - i) + "_g", sequence(std::move(units)));
  }
  for (std::size_t i = 0; i < chains.size(); ++i) {
    decoder_l_[i] =
        named("decoder" + std::to_string(4 - i) + "_l", sequence(conv_chain(chains[i])));
  }
  final_l_ =
      named("decoder_final_l", std::make_shared<Conv2d>(64, 1, 3, ConvOptions{.padding = 1}));
}

P3mNetOutput P3mNet::operator()(const Tensor& image, Wanted wanted) const {
  const PoolingEncoder::Output encoded = encoder_(image);
  const Tensor& last = encoded.features[4];
  P3mNetOutput output;
  std::array<Tensor, 4> semantic;  // [N, 256, H/16, W/16] to [N, 64, H/2, W/2]
  semantic[0] = (*decoder_g_[0])(last);
  semantic[1] = (*decoder_g_[1])(semantic[0]);
  Tensor integrated;
  for (std::size_t i = 0; i < dbfi_.size(); ++i) {
    integrated = (*dbfi_[i])(semantic[i + 1], last);
    if (wanted == Wanted::everything) output.sides[i] = dbfi_[i]->side(integrated);
    if (i < 2) semantic[i + 2] = (*decoder_g_[i + 2])(integrated);
  }
  if (wanted != Wanted::detail) output.semantic = (*decoder_g_[4])(integrated);
  if (wanted != Wanted::semantic) output.detail = decode_detail(encoded, semantic);
  return output;
}

Tensor P3mNet::decode_detail(const PoolingEncoder::Output& encoded,
                             const std::array<Tensor, 4>& semantic) const {
  const std::array<Tensor, 4> skips{encoded.features[3], encoded.features[2], encoded.features[1],
                                    encoded.pooled};
  Tensor value = (*decoder_l_[0])(encoded.features[4]);  // [N, 256, H/32, W/32]
  for (std::size_t i = 0; i < tfi_.size(); ++i) {        // to [N, 64, H/2, W/2]
    value = (*tfi_[i])(semantic[i], max_unpool(value, encoded.indices[4 - i]), skips[i]);
    if (i > 0) value = (*sbfi_[i - 1])(value, encoded.features[0]);
    value = (*decoder_l_[i + 1])(value);
  }
  return at::sigmoid((*final_l_)(max_unpool(value, encoded.indices[0])));  // [N, 1, H, W]
}

}  // namespace mbench::deep
