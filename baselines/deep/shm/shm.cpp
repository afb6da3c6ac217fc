#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "baselines/deep/blocks/decoder_parts.hpp"
#include "baselines/deep/blocks/inverted_residual.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/two_scales.hpp"
#include "imaging/eight_bit.hpp"

// The light re-implementation of Semantic Human Matting [chen2018], names of
// lizhengwei1992/Semantic_Human_Matting, and its test program.

namespace mbench::deep {
namespace {

using baselines::Estimate;
using baselines::MattingInput;
using baselines::MethodSettings;

/// MobileNetV2 [sandler2018] whose first convolution and first block keep the size.
class TrimapEncoder : public Unit {
 public:
  TrimapEncoder()
      : head_conv_{register_module(
            "head_conv", sequence({unit<Conv2d>(3, 32, 3, ConvOptions{.padding = 1, .bias = false}),
                                   unit<BatchNorm2d>(32), unit<Relu>()}))},
        block_1_{add<InvertedResidual>("block_1", 32, 16, InvertedResidualOptions{.expansion = 1})},
        block_2_{register_module("block_2", blocks(16, 24, 2, 2))},
        block_3_{register_module("block_3", blocks(24, 32, 3, 2))},
        block_4_{register_module("block_4", blocks(32, 64, 4, 2))},
        block_5_{register_module("block_5", blocks(64, 96, 3, 1))},
        block_6_{register_module("block_6", blocks(96, 160, 3, 2))},
        block_7_{add<InvertedResidual>("block_7", 160, 320, InvertedResidualOptions{})} {}

  /// [N, 16, H, W], [N, 24, H/2, W/2], [N, 32, H/4, W/4], [N, 96, H/8, W/8], [N, 320, H/16, W/16]
  [[nodiscard]] std::array<Tensor, 5> levels(const Tensor& image) {
    std::array<Tensor, 5> level;
    level[0] = (*this)(image);
    level[1] = (*block_2_)(level[0]);
    level[2] = (*block_3_)(level[1]);
    level[3] = (*block_5_)((*block_4_)(level[2]));
    level[4] = (*block_7_)((*block_6_)(level[3]));
    return level;
  }

 protected:
  Tensor forward(const Tensor& input) override { return (*block_1_)((*head_conv_)(input)); }

 private:
  static std::shared_ptr<Sequence> blocks(std::int64_t in, std::int64_t out, int count,
                                          std::int64_t stride) {
    std::vector<UnitPointer> units{
        unit<InvertedResidual>(in, out, InvertedResidualOptions{.stride = stride})};
    for (int i = 1; i < count; ++i) {
      units.push_back(unit<InvertedResidual>(out, out, InvertedResidualOptions{}));
    }
    return sequence(std::move(units));
  }

  std::shared_ptr<Sequence> head_conv_;
  std::shared_ptr<InvertedResidual> block_1_;
  std::shared_ptr<Sequence> block_2_, block_3_, block_4_, block_5_, block_6_;
  std::shared_ptr<InvertedResidual> block_7_;
};

/// T-Net: tells background, foreground and unknown apart. [N, 3, H, W] -> [N, 3, H, W], before the
/// softmax; H and W multiples of 16.
class TNet : public Unit {
 public:
  TNet() : feature_{add<TrimapEncoder>("feature")} {
    constexpr std::array<std::int64_t, 5> kChannels{320, 96, 32, 24, 16};
    for (std::size_t i = 0; i < up_.size(); ++i) {
      const std::int64_t channels = kChannels[i + 1];
      std::vector<UnitPointer> units{unit<Upsample>(2)};
      append_conv_bn_relu(units, kChannels[i], channels);
      up_[i] = register_module(fmt::format("s{}_up_conv", 5 - i), sequence(std::move(units)));
      fusion_[i] =
          register_module(fmt::format("s{}_fusion", 4 - i),
                          sequence({unit<Conv2d>(channels, channels, 3, ConvOptions{.padding = 1}),
                                    unit<BatchNorm2d>(channels)}));
    }
    last_conv_ = add<Conv2d>("last_conv", 16, 3, 3, ConvOptions{.padding = 1});
  }

 protected:
  Tensor forward(const Tensor& input) override {
    const std::array<Tensor, 5> level = feature_->levels(input);
    Tensor value = level[4];
    for (std::size_t i = 0; i < up_.size(); ++i) {
      value = (*fusion_[i])((*up_[i])(value) + level[3 - i]);
    }
    return (*last_conv_)(value);
  }

 private:
  std::shared_ptr<TrimapEncoder> feature_;
  std::array<std::shared_ptr<Sequence>, 4> up_{};      ///< s5_up_conv to s2_up_conv
  std::array<std::shared_ptr<Sequence>, 4> fusion_{};  ///< s4_fusion to s1_fusion
  std::shared_ptr<Conv2d> last_conv_;
};

/// M-Net: alpha where it is unknown, from the image and the three probabilities. [N, 6, H, W] ->
/// [N, 1, H, W]; H and W multiples of 16.
class MNet : public Unit {
 public:
  MNet() {
    constexpr std::array<std::int64_t, 6> kDown{6, 16, 32, 64, 128, 128};
    for (std::size_t i = 0; i < down_.size(); ++i) {
      down_[i] =
          register_module(fmt::format("en_conv_bn_relu_{}", i + 1), conv(kDown[i], kDown[i + 1]));
      if (i < pools_.size()) pools_[i] = add<MaxPool2d>(fmt::format("max_pooling_{}", i + 1));
    }
    constexpr std::array<std::int64_t, 5> kUp{128, 128, 64, 32, 16};
    for (std::size_t i = 0; i < up_.size(); ++i) {
      up_[i] = register_module(fmt::format("de_conv_bn_relu_{}", i + 1), conv(kUp[i], kUp[i + 1]));
      deconv_[i] = add<ConvTranspose2d>(fmt::format("deconv_{}", i + 1), kUp[i + 1], kUp[i + 1], 5,
                                        ConvOptions{.stride = 2, .padding = 2, .bias = false}, 1);
    }
    conv_ = add<Conv2d>("conv", 16, 1, 5, ConvOptions{.padding = 2, .bias = false});
  }

 protected:
  Tensor forward(const Tensor& input) override {
    Tensor value = input;
    for (std::size_t i = 0; i < pools_.size(); ++i) value = (*pools_[i])((*down_[i])(value));
    for (std::size_t i = 0; i < up_.size(); ++i) value = (*deconv_[i])((*up_[i])(value));
    return (*conv_)(value);
  }

 private:
  static std::shared_ptr<Sequence> conv(std::int64_t in, std::int64_t out) {
    return sequence({unit<Conv2d>(in, out, 3, ConvOptions{.padding = 1, .bias = false}),
                     unit<BatchNorm2d>(out), unit<Relu>()});
  }

  std::array<std::shared_ptr<Sequence>, 5> down_{};  ///< the program never calls the fifth
  std::array<std::shared_ptr<MaxPool2d>, 4> pools_{};
  std::array<std::shared_ptr<Sequence>, 4> up_{};
  std::array<std::shared_ptr<ConvTranspose2d>, 4> deconv_{};
  std::shared_ptr<Conv2d> conv_;
};

struct ShmOutput {
  Tensor trimap;  ///< [N, 3, H, W]: background, foreground, unknown, before the softmax
  Tensor alpha;   ///< [N, 1, H, W], not bounded
};

/// Input [N, 3, H, W], blue first, see network_input(); H and W multiples of 16.
class Shm : public torch::nn::Module {
 public:
  Shm()
      : t_net_{register_module("t_net", std::make_shared<TNet>())},
        m_net_{register_module("m_net", std::make_shared<MNet>())} {}

  [[nodiscard]] ShmOutput operator()(const Tensor& image) const {
    const Tensor trimap = (*t_net_)(image);
    const Tensor probabilities = at::softmax(trimap, 1);
    const Tensor raw = (*m_net_)(join(image, probabilities));
    const Tensor alpha = probabilities.narrow(1, 1, 1) + probabilities.narrow(1, 2, 1) * raw;
    return {.trimap = trimap, .alpha = alpha};
  }

 private:
  std::shared_ptr<TNet> t_net_;
  std::shared_ptr<MNet> m_net_;
};

constexpr Size kInputSize{256, 256};

/// [1, 3, 256, 256]: blue, green, red of the squashed 8-bit image, (level - mean)/255.
Tensor network_input(const Image& image) {
  const Plane<Rgb<std::uint8_t>> levels =
      imaging::resize_opencv(imaging::eight_bit(image), kInputSize, imaging::Interpolation::cubic);
  const auto unit = [](std::uint8_t level, double mean) {
    return static_cast<float>((static_cast<double>(level) - mean) / 255.0);
  };
  Plane<Rgb<float>> values{levels.size()};
  std::ranges::transform(
      levels.values(), values.values().begin(), [&](const Rgb<std::uint8_t>& pixel) {
        return Rgb<float>{unit(pixel.b, 104.0), unit(pixel.g, 112.0), unit(pixel.r, 121.0)};
      });
  return to_tensor(values);
}

class ShmMethod final : public NetworkMethod {
 public:
  explicit ShmMethod(const MethodSettings& settings) : NetworkMethod{settings} {
    load(network_, {.network = "shm"}, settings.weights, 35576000000);
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    EstimateClock clock;
    const Tensor answer = infer(clock, network_input(input.image),
                                [&](const Tensor& image) { return network_(image).alpha; });
    Plane<float> alpha =
        imaging::resize_opencv(to_plane(answer), input.image.size(), imaging::Interpolation::cubic);
    clamp_to_unit(alpha);
    return {.alpha = Matte{std::move(alpha)}, .times = clock.finish()};
  }

 private:
  Shm network_{};
};

std::unique_ptr<baselines::Network> make() {
  const auto network = std::make_shared<Shm>();
  const auto run = [network](const Tensors& inputs, std::span<const std::string>) {
    const ShmOutput output = (*network)(require_input(inputs, "input", 3));
    return Tensors{{"out_trimap", output.trimap}, {"out_alpha", output.alpha}};
  };
  return make_network(
      {.module = network, .run = run, .channels = 3, .forward = [network](const Tensor& x) {
         (void)(*network)(x);
       }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{.id = "shm_light", .method = "shm", .make = make}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod shm_deep{
    .id = "shm",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::ShmMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
