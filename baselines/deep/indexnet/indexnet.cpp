#include "baselines/deep/indexnet/indexnet.hpp"

#include <optional>
#include <string>
#include <utility>

#include "baselines/deep/blocks/inverted_residual.hpp"

namespace mbench::deep {
namespace {

void append_bn_relu6(std::vector<UnitPointer>& units, std::int64_t channels) {
  units.push_back(unit<BatchNorm2d>(channels));
  units.push_back(unit<Relu6>());
}

std::vector<UnitPointer> conv_bn_relu6(std::int64_t in, std::int64_t out, std::int64_t kernel) {
  std::vector<UnitPointer> units{
      unit<Conv2d>(in, out, kernel, ConvOptions{.padding = kernel / 2, .bias = false})};
  append_bn_relu6(units, out);
  return units;
}

struct LayerShape {
  std::int64_t in, out;
  std::optional<std::int64_t> expansion;
  int count;
};

/// layer1 ... layer7 of MobileNetV2. The published program puts zeros around the input of a block.
constexpr std::array kLayers{LayerShape{32, 16, {}, 1}, LayerShape{16, 24, 6, 2},
                             LayerShape{24, 32, 6, 3},  LayerShape{32, 64, 6, 4},
                             LayerShape{64, 96, 6, 3},  LayerShape{96, 160, 6, 3},
                             LayerShape{160, 320, 6, 1}};

std::shared_ptr<Sequence> layer(const LayerShape& shape) {
  std::vector<UnitPointer> blocks;
  for (int i = 0; i < shape.count; ++i) {
    blocks.push_back(unit<InvertedResidual>(
        i == 0 ? shape.in : shape.out, shape.out,
        InvertedResidualOptions{.expansion = shape.expansion, .border = ZeroBorder::input}));
  }
  return sequence(std::move(blocks));
}

struct DecoderShape {
  std::int64_t in, out;
};

/// By level, 0 at full size.
constexpr std::array kDecoder{DecoderShape{64, 32}, DecoderShape{32, 32},  DecoderShape{48, 16},
                              DecoderShape{64, 24}, DecoderShape{128, 32}, DecoderShape{192, 64},
                              DecoderShape{320, 96}};

}  // namespace

IndexBlock::IndexBlock(std::int64_t channels) {
  for (std::size_t i = 0; i < maps_.size(); ++i) {
    std::vector<UnitPointer> units{
        unit<Conv2d>(channels, channels, 4, ConvOptions{.stride = 2, .padding = 1, .bias = false})};
    append_bn_relu6(units, channels);
    units.push_back(unit<Conv2d>(channels, channels, 1, ConvOptions{.bias = false}));
    maps_[i] = register_module("indexnet" + std::to_string(i + 1), sequence(std::move(units)));
  }
}

IndexBlock::Indices IndexBlock::operator()(const Tensor& input) const {
  std::vector<Tensor> maps;
  for (const auto& map : maps_) maps.push_back((*map)(input));
  const Tensor y = at::sigmoid(at::stack(maps, 2));  // [N, C, 4, H/2, W/2]
  const auto shuffled = [](const Tensor& indices) {
    return at::pixel_shuffle(indices.flatten(1, 2), 2);  // [N, C, H, W]
  };
  return {.encoder = shuffled(at::softmax(y, 2)), .decoder = shuffled(y)};
}

IndexedUpsampling::IndexedUpsampling(std::int64_t in, std::int64_t out)
    : dconv_{register_module("dconv", sequence(conv_bn_relu6(in, out, 5)))} {}

Tensor IndexedUpsampling::operator()(const Tensor& input, const Tensor& features,
                                     const Tensor& indices) const {
  const Tensor x = indices.defined() ? indices * at::upsample_nearest2d(
                                                     input, {features.size(2), features.size(3)})
                                     : input;
  return (*dconv_)(at::cat({x, features}, 1));
}

IndexNet::IndexNet() {
  layers_[0] = register_module("layer0", sequence(conv_bn_relu6(4, 32, 3)));
  for (std::size_t i = 0; i < kLayers.size(); ++i) {
    layers_[i + 1] = register_module("layer" + std::to_string(i + 1), layer(kLayers[i]));
  }
  for (const std::size_t level : {0U, 2U, 3U, 4U, 6U}) {
    const std::int64_t channels = level == 0 ? 32 : kLayers[level - 1].out;
    index_[level] =
        register_module("index" + std::to_string(level), std::make_shared<IndexBlock>(channels));
  }
  aspp_ = register_module(
      "dconv_pp", std::make_shared<SeparableAspp>(320, 160, std::array<std::int64_t, 3>{2, 4, 8},
                                                  append_bn_relu6));
  for (std::size_t level = kLevels; level-- > 0;) {
    decoder_[level] = register_module(
        "decoder_layer" + std::to_string(level),
        std::make_shared<IndexedUpsampling>(kDecoder[level].in, kDecoder[level].out));
  }
  pred_ = register_module(
      "pred", sequence({sequence(conv_bn_relu6(32, 1, 5)),
                        unit<Conv2d>(1, 1, 5, ConvOptions{.padding = 2, .bias = false})}));
}

Tensor IndexNet::operator()(const Tensor& input) const {
  std::array<Tensor, kLevels> features;
  std::array<Tensor, kLevels> indices;
  Tensor x = input;
  for (std::size_t level = 0; level < kLevels; ++level) {
    x = (*layers_[level])(x);  // [N, C, H / 2^k, W / 2^k] after k poolings
    if (index_[level]) {
      const IndexBlock::Indices found = (*index_[level])(x);
      features[level] = found.encoder * x;
      indices[level] = found.decoder;
      x = 4.0 * at::avg_pool2d(features[level], 2, 2);  // the sum of 2 x 2
    } else {
      features[level] = x;
    }
  }
  x = (*aspp_)((*layers_[kLevels])(x));  // [N, 160, H/32, W/32]
  for (std::size_t level = kLevels; level-- > 0;) {
    x = (*decoder_[level])(x, features[level], indices[level]);
  }
  return (*pred_)(x);
}

}  // namespace mbench::deep
