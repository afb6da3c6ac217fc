#include "baselines/deep/adamatting/adamatting_waterbearbee.hpp"

#include "baselines/deep/adamatting/conv_lstm.hpp"
#include "baselines/deep/blocks/pixel_shuffle.hpp"
#include "baselines/deep/blocks/resnet.hpp"

namespace mbench::deep {
namespace {

constexpr int kRecurrences = 3;

/// Two bottlenecks whose convolutions have biases: [N, in, H, W] -> [N, 4 planes, H/s, W/s].
std::shared_ptr<Sequence> blocks(std::int64_t in, std::int64_t planes, std::int64_t stride) {
  return bottleneck_layer(in, planes, 2, {.stride = stride, .bias = true});
}

/// [N, in, H, W] -> [N, out, 2 H, 2 W]
std::shared_ptr<Sequence> upscale(std::int64_t in, std::int64_t out) {
  return sequence({unit<Conv2d>(in, 4 * out, 7, ConvOptions{.padding = 3}), unit<PixelShuffle>(2)});
}

class RepeatedCell : public torch::nn::Module {
 public:
  RepeatedCell()
      : resblock_{register_module("resblock", blocks(6, 32, 1))},
        conv_{register_module("conv",
                              std::make_shared<Conv2d>(129, 4, 3, ConvOptions{.padding = 1}))} {}

  [[nodiscard]] Tensor features(const Tensor& input) const { return (*resblock_)(input); }
  [[nodiscard]] LstmState step(const Tensor& features, const LstmState& state) const {
    return lstm_step((*conv_)(at::cat({features, state.hidden}, 1)), state);
  }

 private:
  std::shared_ptr<Sequence> resblock_;
  std::shared_ptr<Conv2d> conv_;
};

}  // namespace

class RepeatedUnit : public torch::nn::Module {
 public:
  RepeatedUnit() {
    auto cells = register_module("cell_list", std::make_shared<torch::nn::Module>("cell_list"));
    cell_ = cells->register_module("0", std::make_shared<RepeatedCell>());
  }

  /// [N, 6, H, W] -> [N, 1, H, W]
  [[nodiscard]] Tensor operator()(const Tensor& input) const {
    const Tensor nothing =
        at::zeros({input.size(0), 1, input.size(2), input.size(3)}, input.options());
    LstmState state{.hidden = nothing, .cell = nothing};
    for (int step = 0; step < kRecurrences; ++step) {
      // The published program computes the same features anew in every step, which costs time and
      // counts in its cost; so does this one.
      state = cell_->step(cell_->features(input), state);
    }
    return state.hidden;
  }

 private:
  std::shared_ptr<RepeatedCell> cell_;
};

AdaMattingWaterbearbee::AdaMattingWaterbearbee()
    : log_sigma_t_sqr_{register_parameter("log_sigma_t_sqr", at::empty({1}))},
      log_sigma_a_sqr_{register_parameter("log_sigma_a_sqr", at::empty({1}))},
      encoder_conv_{register_module("encoder_conv",
                                    sequence({unit<Conv2d>(4, 64, 7, ConvOptions{.padding = 3}),
                                              unit<BatchNorm2d>(64), unit<Relu>()}))},
      encoder_maxpool_{register_module("encoder_maxpool", std::make_shared<MaxPool2d>())},
      encoder_resblock1_{register_module("encoder_resblock1", blocks(64, 64, 2))},
      encoder_resblock2_{register_module("encoder_resblock2", blocks(256, 64, 2))},
      encoder_resblock3_{register_module("encoder_resblock3", blocks(256, 64, 2))},
      shortcut_shallow_{
          register_module("shortcut_shallow", std::make_shared<GlobalConvolution>(64, 16))},
      shortcut_middle_{
          register_module("shortcut_middle", std::make_shared<GlobalConvolution>(256, 32))},
      shortcut_deep_{
          register_module("shortcut_deep", std::make_shared<GlobalConvolution>(256, 64))},
      t_decoder_upscale1_{register_module("t_decoder_upscale1", upscale(256, 64))},
      t_decoder_upscale2_{register_module("t_decoder_upscale2", upscale(64, 32))},
      t_decoder_upscale3_{register_module("t_decoder_upscale3", upscale(32, 16))},
      t_decoder_upscale4_{register_module("t_decoder_upscale4", upscale(16, 3))},
      a_decoder_upscale1_{register_module("a_decoder_upscale1", upscale(256, 64))},
      a_decoder_upscale2_{register_module("a_decoder_upscale2", upscale(64, 32))},
      a_decoder_upscale3_{register_module("a_decoder_upscale3", upscale(32, 16))},
      a_decoder_upscale4_{register_module("a_decoder_upscale4", upscale(16, 1))},
      propunit_{register_module("propunit", std::make_shared<RepeatedUnit>())} {}

AdaMattingOutput AdaMattingWaterbearbee::operator()(const Tensor& input) const {
  const Tensor shallow = (*encoder_maxpool_)((*encoder_conv_)(input));  // [N, 64, H/2, W/2]
  const Tensor middle = (*encoder_resblock1_)(shallow);                 // [N, 256, H/4, W/4]
  const Tensor deep = (*encoder_resblock2_)(middle);                    // [N, 256, H/8, W/8]
  const Tensor deepest = (*encoder_resblock3_)(deep);                   // [N, 256, H/16, W/16]
  const Tensor shared = (*shortcut_middle_)(middle);                    // [N, 32, H/4, W/4]

  Tensor t = (*t_decoder_upscale1_)(deepest) + (*shortcut_deep_)(deep);  // [N, 64, H/8, W/8]
  t = (*t_decoder_upscale2_)(t) + shared;                                // [N, 32, H/4, W/4]
  t = (*t_decoder_upscale4_)((*t_decoder_upscale3_)(t));                 // [N, 3, H, W]

  Tensor a = (*a_decoder_upscale1_)(deepest);                     // [N, 64, H/8, W/8]
  a = (*a_decoder_upscale2_)(a) + shared;                         // [N, 32, H/4, W/4]
  a = (*a_decoder_upscale3_)(a) + (*shortcut_shallow_)(shallow);  // [N, 16, H/2, W/2]
  a = (*a_decoder_upscale4_)(a);                                  // [N, 1, H, W]

  const Tensor level = t.argmax(1, true).to(input.scalar_type());  // [N, 1, H, W]: 0, 1, 2
  return {.trimap = t, .alpha = (*propunit_)(at::cat({input, level, a}, 1))};
}

}  // namespace mbench::deep
