#include "baselines/deep/gfm/densenet.hpp"

#include <string>
#include <vector>

namespace mbench::deep {
namespace {

constexpr std::int64_t kGrowth = 32;  // channels that each layer adds

/// [N, in, H, W] -> [N, 32, H, W], through 128 channels.
class DenseLayer : public Unit {
 public:
  explicit DenseLayer(std::int64_t in)
      : norm1_{add<BatchNorm2d>("norm1", in)},
        conv1_{add<Conv2d>("conv1", in, 4 * kGrowth, 1, ConvOptions{.bias = false})},
        norm2_{add<BatchNorm2d>("norm2", 4 * kGrowth)},
        conv2_{add<Conv2d>("conv2", 4 * kGrowth, kGrowth, 3,
                           ConvOptions{.padding = 1, .bias = false})} {}

 protected:
  Tensor forward(const Tensor& input) override {
    const Tensor narrow = (*conv1_)(at::relu((*norm1_)(input)));
    return (*conv2_)(at::relu((*norm2_)(narrow)));
  }

 private:
  std::shared_ptr<BatchNorm2d> norm1_;
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<BatchNorm2d> norm2_;
  std::shared_ptr<Conv2d> conv2_;
};

/// [N, in, H, W] -> [N, in + 32 layers, H, W]: the input and what each layer adds.
class DenseBlock : public Unit {
 public:
  DenseBlock(std::int64_t in, int layers) {
    for (int i = 0; i < layers; ++i) {
      layers_.push_back(add<DenseLayer>("denselayer" + std::to_string(i + 1), in + kGrowth * i));
    }
  }

 protected:
  Tensor forward(const Tensor& input) override {
    Tensor features = input;
    for (const auto& layer : layers_) features = at::cat({features, (*layer)(features)}, 1);
    return features;
  }

 private:
  std::vector<std::shared_ptr<DenseLayer>> layers_;
};

/// [N, in, H, W] -> [N, in / 2, H / 2, W / 2]
class Transition : public Unit {
 public:
  explicit Transition(std::int64_t in)
      : norm_{add<BatchNorm2d>("norm", in)},
        conv_{add<Conv2d>("conv", in, in / 2, 1, ConvOptions{.bias = false})} {}

 protected:
  Tensor forward(const Tensor& input) override {
    return at::avg_pool2d((*conv_)(at::relu((*norm_)(input))), 2, 2);
  }

 private:
  std::shared_ptr<BatchNorm2d> norm_;
  std::shared_ptr<Conv2d> conv_;
};

/// The names between the network's and its parts'.
class Features : public torch::nn::Module {
 public:
  template <typename T, typename... Arguments>
  std::shared_ptr<T> add(const char* name, Arguments&&... arguments) {
    return register_module(name, std::make_shared<T>(std::forward<Arguments>(arguments)...));
  }
};

}  // namespace

DenseNet121::DenseNet121() {
  const auto features = register_module("features", std::make_shared<Features>());
  conv0 = features->add<Conv2d>("conv0", 3, 64, 7,
                                ConvOptions{.stride = 2, .padding = 3, .bias = false});
  norm0 = features->add<BatchNorm2d>("norm0", 64);
  relu0 = features->add<Relu>("relu0");
  denseblock1 = features->add<DenseBlock>("denseblock1", 64, 6);
  transition1 = features->add<Transition>("transition1", 256);
  denseblock2 = features->add<DenseBlock>("denseblock2", 128, 12);
  transition2 = features->add<Transition>("transition2", 512);
  denseblock3 = features->add<DenseBlock>("denseblock3", 256, 24);
  transition3 = features->add<Transition>("transition3", 1024);
  denseblock4 = features->add<DenseBlock>("denseblock4", 512, 16);
  norm5 = features->add<BatchNorm2d>("norm5", 1024);
  classifier = register_module("classifier", std::make_shared<Linear>(1024, 1000));
}

}  // namespace mbench::deep
