#include "baselines/deep/adamatting/adamatting.hpp"

#include "baselines/deep/adamatting/conv_lstm.hpp"
#include "baselines/deep/blocks/decoder_parts.hpp"
#include "baselines/deep/blocks/pixel_shuffle.hpp"
#include "baselines/deep/blocks/resnet.hpp"

namespace mbench::deep {
namespace {

constexpr std::int64_t kShortcut = 64;  // channels of every shortcut
constexpr std::int64_t kMemory = 32;    // channels of the LSTM
constexpr int kRecurrences = 3;         // [cai2019]

constexpr ConvOptions kSameSize{.padding = 1};

/// One level of a decoder: [N, in, H, W] -> [N, out, 2 H, 2 W].
UnitPointer level(std::int64_t in, std::int64_t out) {
  return sequence({unit<Conv2d>(in, out, 3, ConvOptions{.padding = 1, .bias = false}),
                   unit<BatchNorm2d>(out), unit<Relu>(), unit<Conv2d>(out, 4 * out, 3, kSameSize),
                   unit<PixelShuffle>(2)});
}

/// `at_*`: channels that a shortcut adds at that fraction of the image's size.
std::shared_ptr<Sequence> decoder(std::int64_t at_8th, std::int64_t at_4th, std::int64_t at_half,
                                  std::int64_t out) {
  return sequence({level(2048, 256), level(256, 128), level(128 + at_8th, 64),
                   level(64 + at_4th, 64), level(64 + at_half, 32),
                   unit<Conv2d>(32, out, 3, kSameSize)});
}

/// Which shortcut is joined to a level's input; undefined where there is none.
struct Shortcuts {
  Tensor at_8th, at_4th, at_half;
};

Tensor decode(const Sequence& decoder, const Tensor& deep, const Shortcuts& shortcuts) {
  const auto input = [](const Tensor& value, const Tensor& shortcut) {
    return shortcut.defined() ? join(value, shortcut) : value;
  };
  Tensor value = (*decoder[0])(deep);                      // [N, 256, H/16, W/16]
  value = (*decoder[1])(value);                            // [N, 128, H/8, W/8]
  value = (*decoder[2])(input(value, shortcuts.at_8th));   // [N, 64, H/4, W/4]
  value = (*decoder[3])(input(value, shortcuts.at_4th));   // [N, 64, H/2, W/2]
  value = (*decoder[4])(input(value, shortcuts.at_half));  // [N, 32, H, W]
  return (*decoder[5])(value);                             // [N, out, H, W]
}

}  // namespace

/// Refines alpha step by step: two residual blocks look at the image, the adapted trimap and the
/// alpha of the step before; a convolutional LSTM remembers what earlier steps saw.
class PropagationUnit : public torch::nn::Module {
 public:
  PropagationUnit()
      : block1_{register_module("block1", std::make_shared<BasicBlock>(7, 64))},
        block2_{register_module("block2", std::make_shared<BasicBlock>(64, 64))},
        gates_{register_module("gates",
                               std::make_shared<Conv2d>(64 + kMemory, 4 * kMemory, 3, kSameSize))},
        alpha_{register_module("alpha", std::make_shared<Conv2d>(kMemory, 1, 3, kSameSize))} {}

  /// image [N, 3, H, W], trimap [N, 3, H, W] as probabilities, alpha [N, 1, H, W]
  [[nodiscard]] Tensor operator()(const Tensor& image, const Tensor& trimap, Tensor alpha) const {
    const Tensor nothing =
        at::zeros({image.size(0), kMemory, image.size(2), image.size(3)}, image.options());
    LstmState state{.hidden = nothing, .cell = nothing};
    for (int step = 0; step < kRecurrences; ++step) {
      const Tensor features = (*block2_)((*block1_)(at::cat({image, trimap, alpha}, 1)));
      state = lstm_step((*gates_)(join(features, state.hidden)), state);  // [N, 32, H, W]
      alpha = at::sigmoid((*alpha_)(state.hidden));                       // [N, 1, H, W]
    }
    return alpha;
  }

 private:
  std::shared_ptr<BasicBlock> block1_, block2_;
  std::shared_ptr<Conv2d> gates_, alpha_;
};

AdaMatting::AdaMatting()
    : conv1_{register_module("conv1",
                             std::make_shared<Conv2d>(
                                 4, 64, 7, ConvOptions{.stride = 2, .padding = 3, .bias = false}))},
      bn1_{register_module("bn1", std::make_shared<BatchNorm2d>(64))},
      maxpool_{register_module("maxpool", std::make_shared<MaxPool2d>())},
      layer1_{register_module("layer1", bottleneck_layer(64, 64, 3))},
      layer2_{register_module("layer2", bottleneck_layer(256, 128, 4, {.stride = 2}))},
      layer3_{register_module("layer3", bottleneck_layer(512, 256, 6, {.stride = 2}))},
      layer4_{register_module("layer4", bottleneck_layer(1024, 512, 3, {.stride = 2}))},
      shortcut_shallow_{
          register_module("shortcut_shallow", std::make_shared<GlobalConvolution>(64, kShortcut))},
      shortcut_middle_{
          register_module("shortcut_middle", std::make_shared<GlobalConvolution>(256, kShortcut))},
      shortcut_deep_{
          register_module("shortcut_deep", std::make_shared<GlobalConvolution>(512, kShortcut))},
      trimap_decoder_{register_module("trimap_decoder", decoder(kShortcut, kShortcut, 0, 3))},
      alpha_decoder_{register_module("alpha_decoder", decoder(0, kShortcut, kShortcut, 1))},
      propagation_{register_module("propagation", std::make_shared<PropagationUnit>())} {}

AdaMattingOutput AdaMatting::operator()(const Tensor& input) const {
  const Tensor shallow = at::relu((*bn1_)((*conv1_)(input)));  // [N, 64, H/2, W/2]
  const Tensor middle = (*layer1_)((*maxpool_)(shallow));      // [N, 256, H/4, W/4]
  const Tensor deep = (*layer2_)(middle);                      // [N, 512, H/8, W/8]
  const Tensor deepest = (*layer4_)((*layer3_)(deep));         // [N, 2048, H/32, W/32]

  const Tensor shared = (*shortcut_middle_)(middle);  // [N, 64, H/4, W/4]
  const Tensor trimap =
      decode(*trimap_decoder_, deepest,
             {.at_8th = (*shortcut_deep_)(deep), .at_4th = shared, .at_half = {}});
  const Tensor alpha =
      decode(*alpha_decoder_, deepest,
             {.at_8th = {}, .at_4th = shared, .at_half = (*shortcut_shallow_)(shallow)});
  return {
      .trimap = trimap,
      .alpha = (*propagation_)(input.narrow(1, 0, 3), at::softmax(trimap, 1), at::sigmoid(alpha))};
}

}  // namespace mbench::deep
