#include "baselines/deep/hattmatting/hattmatting_small.hpp"

#include "baselines/deep/blocks/resnet.hpp"

namespace mbench::deep {
namespace {

constexpr std::int64_t kWidth = 32;

using Pair = std::array<std::int64_t, 2>;

/// Convolution that keeps the size, batch normalisation, ReLU.
std::shared_ptr<Sequence> normalised(std::int64_t in, std::int64_t out, Pair kernel = {3, 3}) {
  return sequence({unit<Conv2d>(in, out, kernel, Pair{kernel[0] / 2, kernel[1] / 2}),
                   unit<BatchNorm2d>(out), unit<Relu>()});
}

std::shared_ptr<Sequence> path(Pair first, Pair second) {
  return sequence({normalised(kWidth, kWidth, first), normalised(kWidth, kWidth, second)});
}

/// Channel attention that the published program makes and never calls.
std::shared_ptr<torch::nn::Module> unused_distillation() {
  auto module = std::make_shared<torch::nn::Module>("pfd");
  module->register_module(
      "attention_module",
      sequence({unit<AdaptiveAvgPool2d>(1), unit<Identity>(), unit<Linear>(kWidth, kWidth / 2),
                unit<Relu>(), unit<Linear>(kWidth / 2, kWidth)}));
  return module;
}

}  // namespace

class SmallFeatures : public torch::nn::Module {
 public:
  SmallFeatures() {
    auto backbone = register_module("backbone", std::make_shared<torch::nn::Module>("backbone"));
    const auto named = [&](const char* name, UnitPointer part) {
      return backbone->register_module(name, std::move(part));
    };
    conv_ = named("conv", normalised(3, kWidth));
    layer1_ = named("layer1", unit<BasicBlock>(kWidth, 2 * kWidth, 2));
    layer2_ = named("layer2", unit<BasicBlock>(2 * kWidth, 4 * kWidth, 2));
    layer3_ = named("layer3", unit<BasicBlock>(4 * kWidth, 8 * kWidth, 2));
    layer4_ = named("layer4", unit<BasicBlock>(8 * kWidth, 8 * kWidth));
  }

  struct Output {
    Tensor cues;       ///< [N, 64, H/2, W/2]
    Tensor semantics;  ///< [N, 256, H/8, W/8]
  };
  [[nodiscard]] Output operator()(const Tensor& image) const {
    const Tensor cues = (*layer1_)((*conv_)(image));
    Tensor value = (*layer2_)(cues);  // [N, 128, H/4, W/4]
    value = (*layer3_)(value);        // [N, 256, H/8, W/8]
    value = (*layer4_)(value);
    trace(*this, cues);
    return {.cues = cues, .semantics = value};
  }

 private:
  UnitPointer conv_, layer1_, layer2_, layer3_, layer4_;
};

class SmallFiltration : public torch::nn::Module {
 public:
  SmallFiltration()
      : h_lv_conv3x3_{register_module("h_lv_conv3x3", normalised(kWidth, kWidth))},
        h_lv_top_path_{register_module("h_lv_top_path", path({1, 7}, {7, 1}))},
        h_lv_bot_path_{register_module("h_lv_bot_path", path({7, 1}, {1, 7}))},
        h_lv_aggregator_{register_module("h_lv_aggregator", normalised(2 * kWidth, 1, {1, 1}))},
        conv3x3_1_{register_module("conv3x3_1", normalised(2 * kWidth, kWidth))},
        conv3x3_2_{register_module("conv3x3_2", normalised(2 * kWidth, 1))} {}

  /// cues [N, 64, H, W], semantics [N, 32, H, W] -> [N, 1, H, W]
  [[nodiscard]] Tensor operator()(const Tensor& cues, const Tensor& semantics) const {
    const Tensor high = (*h_lv_conv3x3_)(semantics);
    const Tensor across = (*h_lv_top_path_)(high), along = (*h_lv_bot_path_)(high);
    const Tensor attention = at::sigmoid((*h_lv_aggregator_)(at::cat({across, along}, 1)));
    const Tensor filtered = (*conv3x3_1_)(cues * attention);  // [N, 32, H, W]
    Tensor output = (*conv3x3_2_)(at::cat({filtered, high}, 1));
    trace(*this, output);
    return output;
  }

 private:
  std::shared_ptr<Sequence> h_lv_conv3x3_, h_lv_top_path_, h_lv_bot_path_, h_lv_aggregator_;
  std::shared_ptr<Sequence> conv3x3_1_, conv3x3_2_;
};

HattMattingSmall::HattMattingSmall()
    : fe_{register_module("fe", std::make_shared<SmallFeatures>())},
      aspp_{
          register_module("aspp", std::make_shared<AtrousPyramid>(
                                      8 * kWidth, kWidth, std::array<std::int64_t, 3>{6, 12, 18}))},
      acf_{register_module("acf", std::make_shared<SmallFiltration>())} {
  register_module("pfd", unused_distillation());
}

Tensor HattMattingSmall::operator()(const Tensor& image) const {
  const SmallFeatures::Output features = (*fe_)(image);
  Tensor semantics = (*aspp_)(features.semantics);         // [N, 32, H/8, W/8]
  semantics = resize_like(semantics, features.cues);       // [N, 32, H/2, W/2]
  const Tensor alpha = (*acf_)(features.cues, semantics);  // [N, 1, H/2, W/2]
  return resize_like(alpha, image);                        // [N, 1, H, W]
}

}  // namespace mbench::deep
