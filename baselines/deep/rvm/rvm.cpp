#include "baselines/deep/rvm/rvm.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "baselines/deep/rvm/mobilenet_v3.hpp"

namespace mbench::deep {
namespace {

constexpr std::int64_t kColours = 3;
constexpr std::int64_t kHidden = 16;  // channels of the decoder's output
constexpr std::int64_t kGuided = 4;   // colours and their mean guide; foreground and alpha follow
constexpr double kAutoSide = 512.0;
constexpr double kGuidedEpsilon = 1e-5;

constexpr ConvOptions kSameSize{.padding = 1};
constexpr ConvOptions kSameSizeNoBias{.padding = 1, .bias = false};
constexpr ConvOptions kNoBias{.bias = false};

class Tanh : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return at::tanh(input); }
};

/// Context by one gate per channel: [N, 960, H, W] -> [N, 128, H, W].
class ContextPooling : public Unit {
 public:
  ContextPooling(std::int64_t in, std::int64_t out)
      : aspp1_{register_module("aspp1", sequence({unit<Conv2d>(in, out, 1, kNoBias),
                                                  unit<BatchNorm2d>(out), unit<Relu>()}))},
        aspp2_{register_module(
            "aspp2", sequence({unit<AdaptiveAvgPool2d>(1), unit<Conv2d>(in, out, 1, kNoBias),
                               unit<Sigmoid>()}))} {}

 protected:
  Tensor forward(const Tensor& input) override { return (*aspp1_)(input) * (*aspp2_)(input); }

 private:
  std::shared_ptr<Sequence> aspp1_, aspp2_;
};

/// Convolutional gated recurrent unit:
///     r, z = sigmoid(ih [x, h])    c = tanh(hh [x, r h])    h' = (1 - z) h + z c
class ConvGru : public torch::nn::Module {
 public:
  explicit ConvGru(std::int64_t channels)
      : channels_{channels},
        ih_{register_module("ih", sequence({unit<Conv2d>(2 * channels, 2 * channels, 3, kSameSize),
                                            unit<Sigmoid>()}))},
        hh_{register_module(
            "hh", sequence({unit<Conv2d>(2 * channels, channels, 3, kSameSize), unit<Tanh>()}))} {}

  /// input [N, channels, H, W] -> the state after it, of the same shape.
  [[nodiscard]] Tensor operator()(const Tensor& input, const Tensor& state) const {
    const Tensor before = state.defined() ? state : at::zeros_like(input);
    const Tensor gates = (*ih_)(at::cat({input, before}, 1));
    const Tensor reset = gates.narrow(1, 0, channels_),
                 update = gates.narrow(1, channels_, channels_);
    const Tensor candidate = (*hh_)(at::cat({input, reset * before}, 1));
    return (1 - update) * before + update * candidate;
  }

 private:
  std::int64_t channels_;
  std::shared_ptr<Sequence> ih_, hh_;
};

/// Passes the first half of the channels on and the second half through the unit, whose state it
/// replaces.
Tensor remember_half(const ConvGru& gru, const Tensor& input, Tensor& state) {
  const std::int64_t half = input.size(1) / 2;
  state = gru(input.narrow(1, half, half), state);
  return at::cat({input.narrow(1, 0, half), state}, 1);
}

/// Twice the size, cut to that of `other` where a side of it is odd.
Tensor enlarge_to(const Tensor& input, const Tensor& other) {
  return at::upsample_bilinear2d(input, {2 * input.size(2), 2 * input.size(3)}, false, 2.0, 2.0)
      .narrow(2, 0, other.size(2))
      .narrow(3, 0, other.size(3));
}

class BottleneckStage : public torch::nn::Module {
 public:
  explicit BottleneckStage(std::int64_t channels)
      : gru_{register_module("gru", std::make_shared<ConvGru>(channels / 2))} {}

  [[nodiscard]] Tensor operator()(const Tensor& input, Tensor& state) const {
    return remember_half(*gru_, input, state);
  }

 private:
  std::shared_ptr<ConvGru> gru_;
};

class UpsamplingStage : public torch::nn::Module {
 public:
  UpsamplingStage(std::int64_t in, std::int64_t skip, std::int64_t out)
      : conv_{register_module("conv",
                              sequence({unit<Conv2d>(in + skip + kColours, out, 3, kSameSizeNoBias),
                                        unit<BatchNorm2d>(out), unit<Relu>()}))},
        gru_{register_module("gru", std::make_shared<ConvGru>(out / 2))} {}

  /// input at half the size of features and frame.
  [[nodiscard]] Tensor operator()(const Tensor& input, const Tensor& features, const Tensor& frame,
                                  Tensor& state) const {
    const Tensor joined = at::cat({enlarge_to(input, frame), features, frame}, 1);
    return remember_half(*gru_, (*conv_)(joined), state);
  }

 private:
  std::shared_ptr<Sequence> conv_;
  std::shared_ptr<ConvGru> gru_;
};

class OutputStage : public torch::nn::Module {
 public:
  OutputStage(std::int64_t in, std::int64_t out)
      : conv_{register_module(
            "conv",
            sequence({unit<Conv2d>(in + kColours, out, 3, kSameSizeNoBias), unit<BatchNorm2d>(out),
                      unit<Relu>(), unit<Conv2d>(out, out, 3, kSameSizeNoBias),
                      unit<BatchNorm2d>(out), unit<Relu>()}))} {}

  [[nodiscard]] Tensor operator()(const Tensor& input, const Tensor& frame) const {
    return (*conv_)(at::cat({enlarge_to(input, frame), frame}, 1));
  }

 private:
  std::shared_ptr<Sequence> conv_;
};

/// A convolution 1 x 1 called `conv`.
class Projection : public Unit {
 public:
  Projection(std::int64_t in, std::int64_t out) : conv_{add<Conv2d>("conv", in, out, 1)} {}

 protected:
  Tensor forward(const Tensor& input) override { return (*conv_)(input); }

 private:
  std::shared_ptr<Conv2d> conv_;
};

/// Colours and their mean: [N, 3, H, W] -> [N, 4, H, W].
Tensor with_grey(const Tensor& colours) { return at::cat({colours, colours.mean(1, true)}, 1); }

/// Means over the neighbourhood, and what follows from them: the local linear model
///     guided = A guide + b,  b = mean(guided) - A mean(guide)
struct LocalStatistics {
  Tensor mean_guide{}, mean_guided{}, covariance{}, variance{};  ///< [N, 4, h, w] each
};

template <typename Mean>
LocalStatistics local_statistics(const Tensor& guide, const Tensor& guided, Mean&& mean) {
  LocalStatistics local{.mean_guide = mean(guide), .mean_guided = mean(guided)};
  local.covariance = mean(guide * guided) - local.mean_guide * local.mean_guided;
  local.variance = mean(guide * guide) - local.mean_guide * local.mean_guide;
  return local;
}

/// Brings the model to the size of the frame and applies it: [N, 4, H, W].
Tensor apply_model(const LocalStatistics& local, const Tensor& factor, const Tensor& frame) {
  const Tensor offset = local.mean_guided - factor * local.mean_guide;
  return resize_like(factor, frame) * with_grey(frame) + resize_like(offset, frame);
}

/// Mean over 3 x 3 pixels, zeros outside, first along rows, then along columns.
Tensor box_mean(const Tensor& input) {
  const std::int64_t channels = input.size(1);
  const Tensor rows = at::full({channels, 1, 1, 3}, 1.0 / 3.0, input.options());
  const Tensor columns = at::full({channels, 1, 3, 1}, 1.0 / 3.0, input.options());
  const auto filter = [&](const Tensor& value, const Tensor& kernel,
                          std::array<std::int64_t, 2> padding) {
    return at::conv2d(value, kernel, {}, {1, 1}, padding, {1, 1}, channels);
  };
  return filter(filter(input, rows, {0, 1}), columns, {1, 0});
}

/// `small`: what the network saw; `guided`: its foreground and alpha, [N, 4, h, w].
Tensor refine_fast(const Tensor& frame, const Tensor& small, const Tensor& guided) {
  const LocalStatistics local = local_statistics(with_grey(small), guided, box_mean);
  return apply_model(local, local.covariance / (local.variance + kGuidedEpsilon), frame);
}

}  // namespace

/// The guided filter with a learned mean and a learned division.
class RvmDeepRefiner : public torch::nn::Module {
 public:
  RvmDeepRefiner()
      : box_filter_{register_module(
            "box_filter",
            std::make_shared<Conv2d>(kGuided, kGuided, 3,
                                     ConvOptions{.padding = 1, .groups = kGuided, .bias = false}))},
        conv_{register_module(
            "conv",
            sequence({unit<Conv2d>(2 * kGuided + kHidden, kHidden, 1, kNoBias),
                      unit<BatchNorm2d>(kHidden), unit<Relu>(),
                      unit<Conv2d>(kHidden, kHidden, 1, kNoBias), unit<BatchNorm2d>(kHidden),
                      unit<Relu>(), unit<Conv2d>(kHidden, kGuided, 1)}))} {}

  /// As refine_fast(); hidden [N, 16, h, w]: what the decoder gave.
  [[nodiscard]] Tensor operator()(const Tensor& frame, const Tensor& small, const Tensor& guided,
                                  const Tensor& hidden) const {
    const LocalStatistics local = local_statistics(
        with_grey(small), guided, [this](const Tensor& value) { return (*box_filter_)(value); });
    const Tensor factor = (*conv_)(at::cat({local.covariance, local.variance, hidden}, 1));
    return apply_model(local, factor, frame);
  }

 private:
  std::shared_ptr<Conv2d> box_filter_;
  std::shared_ptr<Sequence> conv_;
};

class RvmDecoder : public torch::nn::Module {
 public:
  RvmDecoder()
      : decode4_{register_module("decode4", std::make_shared<BottleneckStage>(128))},
        decode3_{register_module("decode3", std::make_shared<UpsamplingStage>(128, 40, 80))},
        decode2_{register_module("decode2", std::make_shared<UpsamplingStage>(80, 24, 40))},
        decode1_{register_module("decode1", std::make_shared<UpsamplingStage>(40, 16, 32))},
        decode0_{register_module("decode0", std::make_shared<OutputStage>(32, kHidden))} {}

  /// frame [N, 3, H, W], the encoder's features, context [N, 128, H/16, W/16] -> [N, 16, H, W].
  /// Replaces the states.
  [[nodiscard]] Tensor operator()(const Tensor& frame, const RvmFeatures& features,
                                  const Tensor& context, RvmStates& states) const {
    const auto halved = [](const Tensor& image) {  // sides rounded up
      return at::avg_pool2d(image, 2, 2, 0, /*ceil_mode=*/true, /*count_include_pad=*/false);
    };
    const Tensor half = halved(frame), quarter = halved(half), eighth = halved(quarter);
    Tensor value = (*decode4_)(context, states[3]);                   // [N, 128, H/16, W/16]
    value = (*decode3_)(value, features.at_8th, eighth, states[2]);   // [N, 80, H/8, W/8]
    value = (*decode2_)(value, features.at_4th, quarter, states[1]);  // [N, 40, H/4, W/4]
    value = (*decode1_)(value, features.at_half, half, states[0]);    // [N, 32, H/2, W/2]
    return (*decode0_)(value, frame);
  }

 private:
  std::shared_ptr<BottleneckStage> decode4_;
  std::shared_ptr<UpsamplingStage> decode3_, decode2_, decode1_;
  std::shared_ptr<OutputStage> decode0_;
};

Rvm::Rvm(RvmRefiner refiner)
    : backbone_{register_module("backbone", std::make_shared<RvmEncoder>())},
      aspp_{register_module("aspp", std::make_shared<ContextPooling>(kRvmDeepChannels, 128))},
      decoder_{register_module("decoder", std::make_shared<RvmDecoder>())},
      project_mat_{
          register_module("project_mat", std::make_shared<Projection>(kHidden, kColours + 1))} {
  if (refiner == RvmRefiner::deep) {
    refiner_ = register_module("refiner", std::make_shared<RvmDeepRefiner>());
  }
}

RvmOutput Rvm::operator()(const Tensor& frame, const RvmStates& states, double ratio) const {
  const bool is_small = ratio != 1.0;
  const std::array<double, 2> factors{ratio, ratio};
  const Tensor small =
      is_small ? at::upsample_bilinear2d(frame, c10::nullopt, false, at::ArrayRef<double>{factors})
               : frame;
  RvmOutput output{.states = states};
  const RvmFeatures features = (*backbone_)(small);
  const Tensor hidden = (*decoder_)(small, features, (*aspp_)(features.at_16th), output.states);
  Tensor result = (*project_mat_)(hidden);  // [N, 4, h, w]: what to add to the colours, alpha
  if (is_small) {
    result = refiner_ ? (*refiner_)(frame, small, result, hidden)
                      : refine_fast(frame, small, result);  // [N, 4, H, W]
  }
  output.foreground = (result.narrow(1, 0, kColours) + frame).clamp(0.0, 1.0);
  output.alpha = result.narrow(1, kColours, 1).clamp(0.0, 1.0);
  return output;
}

double rvm_auto_ratio(std::int64_t height, std::int64_t width) {
  return std::min(kAutoSide / static_cast<double>(std::max(height, width)), 1.0);
}

}  // namespace mbench::deep
