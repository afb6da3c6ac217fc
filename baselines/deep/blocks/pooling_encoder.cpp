#include "baselines/deep/blocks/pooling_encoder.hpp"

#include <utility>

namespace mbench::deep {

PoolingEncoder::PoolingEncoder(torch::nn::Module& network)
    : resnet_{network.register_module("resnet", std::make_shared<ResNet34>(1, 1))},
      encoder_{network.register_module("encoder0",
                                       sequence({resnet_->conv1, resnet_->bn1, resnet_->relu})),
               network.register_module("encoder1", sequence({resnet_->layer1})),
               network.register_module("encoder2", resnet_->layer2),
               network.register_module("encoder3", resnet_->layer3),
               network.register_module("encoder4", resnet_->layer4)} {}

PoolingEncoder::Output PoolingEncoder::operator()(const Tensor& image) const {
  Output result;
  std::array<Tensor, 5>& features = result.features;
  const auto pool = [&result](const Tensor& input, std::size_t number) {
    Pooled output = max_pool_with_indices(input);
    result.indices[number] = std::move(output.indices);
    return std::move(output.values);
  };
  features[0] = (*encoder_[0])(image);                   // [N, 64, H, W]
  result.pooled = pool(features[0], 0);                  // [N, 64, H/2, W/2]
  features[1] = (*encoder_[1])(pool(result.pooled, 1));  // [N, 64, H/4, W/4]
  features[2] = (*encoder_[2])(pool(features[1], 2));    // [N, 128, H/8, W/8]
  features[3] = (*encoder_[3])(pool(features[2], 3));    // [N, 256, H/16, W/16]
  features[4] = (*encoder_[4])(pool(features[3], 4));    // [N, 512, H/32, W/32]
  return result;
}

}  // namespace mbench::deep
