#include "baselines/deep/aimnet/aimnet.hpp"

#include <string>

#include "baselines/deep/blocks/decoder_parts.hpp"
#include "baselines/deep/trimap_tensors.hpp"

namespace mbench::deep {
namespace {

std::shared_ptr<Sequence> semantic_decoder(const std::vector<std::int64_t>& channels) {
  std::vector<UnitPointer> units = conv_chain(channels);
  units.push_back(unit<Upsample>(2));
  return sequence(std::move(units));
}

}  // namespace

AimNet::AimNet() : resnet_{register_module("resnet", std::make_shared<ResNet34>(1, 1))} {
  const auto named = [this](const std::string& name, auto part) {
    return register_module(name, std::move(part));
  };
  encoder_ = {named("encoder0", sequence({resnet_->conv1, resnet_->bn1, resnet_->relu})),
              named("encoder1", sequence({resnet_->layer1})), named("encoder2", resnet_->layer2),
              named("encoder3", resnet_->layer3), named("encoder4", resnet_->layer4)};
  psp_module_ = named("psp_module", std::make_shared<PyramidPooling>(512, Corners::half_pixel));
  psp_ = {named("psp4", pyramid_level(512, 256, 2)), named("psp3", pyramid_level(512, 128, 4)),
          named("psp2", pyramid_level(512, 64, 8)), named("psp1", pyramid_level(512, 64, 16))};

  const std::array<std::vector<std::int64_t>, 5> semantic{{{1024, 512, 512, 256},
                                                           {512, 256, 256, 128},
                                                           {256, 128, 128, 64},
                                                           {128, 64, 64, 64},
                                                           {128, 64, 64}}};
  for (std::size_t i = 0; i < semantic.size(); ++i) {
    const std::string name = "decoder" + std::to_string(4 - i) + "_g";
    decoder_g_[i] = named(name, semantic_decoder(semantic[i]));
    if (i == 4) {
      spatial_ =
          named(name + "_spatial", std::make_shared<Conv2d>(2, 1, 7, ConvOptions{.padding = 3}));
    }
    se_[i] = named(name + "_se", std::make_shared<SqueezeExcitation>(semantic[i].back(), 16));
  }
  final_g_ =
      named("decoder_final_g", std::make_shared<Conv2d>(64, 3, 3, ConvOptions{.padding = 1}));

  bridge_block_ = named("bridge_block", dilated_bridge(512));
  const std::array<std::vector<std::int64_t>, 5> detail{{{1024, 512, 512, 256},
                                                         {512, 256, 256, 128},
                                                         {256, 128, 128, 64},
                                                         {128, 64, 64, 64},
                                                         {128, 64, 64}}};
  for (std::size_t i = 0; i < detail.size(); ++i) {
    decoder_l_[i] =
        named("decoder" + std::to_string(4 - i) + "_l", sequence(conv_chain(detail[i])));
  }
  final_l_ =
      named("decoder_final_l", std::make_shared<Conv2d>(64, 1, 3, ConvOptions{.padding = 1}));
}

AimNetOutput AimNet::operator()(const Tensor& image, Decoders decoders) const {
  const Encoded encoded = encode(image);
  const Semantic semantic = decode_semantic(encoded.features.back());
  AimNetOutput output{.semantic = semantic.classes, .detail = {}};
  if (decoders == Decoders::both) output.detail = decode_detail(encoded, semantic.attention);
  return output;
}

AimNet::Encoded AimNet::encode(const Tensor& image) const {
  Encoded result;
  auto& [features, indices] = result;
  const auto pool = [&indices](const Tensor& input, std::size_t number) {
    Pooled pooled = max_pool_with_indices(input);
    indices[number] = std::move(pooled.indices);
    return std::move(pooled.values);
  };
  features[0] = (*encoder_[0])(image);                          // [N, 64, H, W]
  features[1] = (*encoder_[1])(pool(pool(features[0], 0), 1));  // [N, 64, H/4, W/4]
  features[2] = (*encoder_[2])(pool(features[1], 2));           // [N, 128, H/8, W/8]
  features[3] = (*encoder_[3])(pool(features[2], 3));           // [N, 256, H/16, W/16]
  features[4] = (*encoder_[4])(pool(features[3], 4));           // [N, 512, H/32, W/32]
  return result;
}

AimNet::Semantic AimNet::decode_semantic(const Tensor& top) const {
  const Tensor pooled = (*psp_module_)(top);                      // [N, 512, H/32, W/32]
  Tensor value = (*se_[0])((*decoder_g_[0])(join(pooled, top)));  // [N, 256, H/16, W/16]
  for (std::size_t i = 1; i < 4; ++i) {                           // to [N, 64, H/2, W/2]
    const Tensor level = (*psp_[i - 1])(pooled);
    value = (*se_[i])((*decoder_g_[i])(join(level, value)));
  }
  value = (*decoder_g_[4])(join((*psp_[3])(pooled), value));  // [N, 64, H, W]
  const Tensor mean = value.mean(1, true);
  const Tensor largest = value.amax(1, true);
  const Tensor attention = at::sigmoid((*spatial_)(join(mean, largest)));  // [N, 1, H, W]
  return {.classes = at::sigmoid((*final_g_)((*se_[4])(value))), .attention = attention};
}

Tensor AimNet::decode_detail(const Encoded& encoded, const Tensor& attention) const {
  const auto& [features, indices] = encoded;
  const Tensor& top = features[4];
  Tensor value = (*decoder_l_[0])(join((*bridge_block_)(top), top));  // [N, 256, H/32, W/32]
  for (std::size_t i = 1; i < 4; ++i) {  // each unpooled first: to [N, 64, H/4, W/4]
    value = (*decoder_l_[i])(join(max_unpool(value, indices[5 - i]), features[4 - i]));
  }
  value = max_unpool(value, indices[1]);                       // [N, 64, H/2, W/2]
  value = max_unpool(value, indices[0]);                       // [N, 64, H, W]
  value = (*decoder_l_[4])(join(value, features[0]));          // [N, 64, H, W]
  return at::sigmoid((*final_l_)(value + value * attention));  // [N, 1, H, W]
}

Tensor aimnet_fusion(const Tensor& semantic, const Tensor& detail) {
  return fill_unknown(class_index(semantic), detail);
}

Tensor aimnet_unified(const Tensor& semantic) {
  const Tensor weighted = semantic.select(1, 1) * 0.5 + semantic.select(1, 2);
  return (weighted / semantic.sum(1).clamp_min(1e-12)).unsqueeze(1);  // [N, 1, H, W]
}

Tensor aimnet_soft_fusion(const Tensor& unified, const Tensor& detail) {
  const Tensor certainty = 2.0 * (unified - 0.5).abs();
  return (1.0 - certainty) * detail + certainty * unified;
}

}  // namespace mbench::deep
