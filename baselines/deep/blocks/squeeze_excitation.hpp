#pragma once
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// Scales each channel by what all channels' means say [hu2018]:
///     output = input * sigmoid(W2 relu(W1 mean(input)))        [N, C, H, W] stays so
/// with W1: C -> C / reduction and W2 back, both without bias. Names fc.0, fc.2.
class SqueezeExcitation : public Unit {
 public:
  SqueezeExcitation(std::int64_t channels, std::int64_t reduction)
      : avg_pool_{add<AdaptiveAvgPool2d>("avg_pool", 1)},
        fc_{register_module(
            "fc",
            sequence({unit<Linear>(channels, channels / reduction, false), unit<Relu>(),
                      unit<Linear>(channels / reduction, channels, false), unit<Sigmoid>()}))} {}

 protected:
  Tensor forward(const Tensor& input) override {
    const Tensor scale = (*fc_)((*avg_pool_)(input).flatten(1));  // [N, C]
    return input * scale.unsqueeze(2).unsqueeze(3);
  }

 private:
  std::shared_ptr<AdaptiveAvgPool2d> avg_pool_;
  std::shared_ptr<Sequence> fc_;
};

}  // namespace mbench::deep
