#include "baselines/deep/vitmatte/vitmatte.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "baselines/deep/tensors.hpp"
#include "baselines/deep/vitmatte/attention.hpp"

namespace mbench::deep {
namespace {

constexpr std::int64_t kPatch = 16;
constexpr std::int64_t kInputChannels = 4;
constexpr std::int64_t kPositions = 14;    // side of the grid of absolute positions
constexpr std::int64_t kWindow = 14;       // tokens
constexpr std::int64_t kTrainedGrid = 32;  // tokens on a side of the 512 pixels of training
constexpr std::int64_t kBlocks = 12;
constexpr std::int64_t kGlobalEvery = 3;  // the last of three blocks sees the whole image
constexpr double kNormEpsilon = 1e-6;
constexpr std::int64_t kMultiple = 32;  // of the sides that the published program gives

/// Over the channels of [.., C]; parameters weight, bias.
class LayerNorm : public Unit {
 public:
  explicit LayerNorm(std::int64_t channels)
      : weight_{register_parameter("weight", at::empty({channels}))},
        bias_{register_parameter("bias", at::empty({channels}))} {}

 protected:
  Tensor forward(const Tensor& input) override {
    return at::layer_norm(input, weight_.sizes(), weight_, bias_, kNormEpsilon);
  }

 private:
  Tensor weight_, bias_;
};

/// Over the channels of [N, C, H, W].
class ChannelLayerNorm : public LayerNorm {
 public:
  using LayerNorm::LayerNorm;

 protected:
  Tensor forward(const Tensor& input) override {
    return LayerNorm::forward(input.permute({0, 2, 3, 1})).permute({0, 3, 1, 2});
  }
};

class Gelu : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return at::gelu(input); }
};

class Attention : public Unit {
 public:
  /// `side`: of the grid of tokens that the tables of relative positions are made for.
  Attention(VitMatteWidths widths, std::int64_t side)
      : heads_{widths.heads},
        row_table_{register_parameter("rel_pos_h", table(widths, side))},
        column_table_{register_parameter("rel_pos_w", table(widths, side))},
        qkv_{add<Linear>("qkv", widths.channels, 3 * widths.channels)},
        proj_{add<Linear>("proj", widths.channels, widths.channels)} {}

 protected:
  /// [B, H, W, C] stays so.
  Tensor forward(const Tensor& input) override {
    const std::int64_t batch = input.size(0), height = input.size(1), width = input.size(2);
    const Tensor parts = (*qkv_)(input)
                             .reshape({batch, height * width, 3, heads_, -1})
                             .permute({2, 0, 3, 1, 4})
                             .reshape({3, batch * heads_, height * width, -1});
    const Tensor mixed = attend_with_positions(parts[0], parts[1], parts[2], row_table_,
                                               column_table_, height);  // [B heads, H W, d]
    return (*proj_)(mixed.view({batch, heads_, height, width, -1})
                        .permute({0, 2, 3, 1, 4})
                        .reshape({batch, height, width, -1}));
  }

 private:
  static Tensor table(VitMatteWidths widths, std::int64_t side) {
    return at::empty({2 * side - 1, widths.channels / widths.heads});
  }

  std::int64_t heads_;
  Tensor row_table_, column_table_;
  std::shared_ptr<Linear> qkv_, proj_;
};

class Mlp : public Unit {
 public:
  explicit Mlp(std::int64_t channels)
      : fc1_{add<Linear>("fc1", channels, 4 * channels)},
        act_{add<Gelu>("act")},
        fc2_{add<Linear>("fc2", 4 * channels, channels)} {}

 protected:
  Tensor forward(const Tensor& input) override { return (*fc2_)((*act_)((*fc1_)(input))); }

 private:
  std::shared_ptr<Linear> fc1_;
  std::shared_ptr<Gelu> act_;
  std::shared_ptr<Linear> fc2_;
};

/// Convolutions between the tokens, added to them: [B, C, H, W] stays so.
class ResidualConvolutions : public Unit {
 public:
  explicit ResidualConvolutions(std::int64_t channels)
      : conv1_{add<Conv2d>("conv1", channels, channels / 2, 1, ConvOptions{.bias = false})},
        norm1_{add<ChannelLayerNorm>("norm1", channels / 2)},
        act1_{add<Gelu>("act1")},
        conv2_{add<Conv2d>("conv2", channels / 2, channels / 2, 3,
                           ConvOptions{.padding = 1, .bias = false})},
        norm2_{add<ChannelLayerNorm>("norm2", channels / 2)},
        act2_{add<Gelu>("act2")},
        conv3_{add<Conv2d>("conv3", channels / 2, channels, 1, ConvOptions{.bias = false})},
        norm3_{add<ChannelLayerNorm>("norm3", channels)} {}

 protected:
  Tensor forward(const Tensor& input) override {
    Tensor value = (*act1_)((*norm1_)((*conv1_)(input)));  // [B, C/2, H, W]
    value = (*act2_)((*norm2_)((*conv2_)(value)));
    return input + (*norm3_)((*conv3_)(value));
  }

 private:
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<ChannelLayerNorm> norm1_;
  std::shared_ptr<Gelu> act1_;
  std::shared_ptr<Conv2d> conv2_;
  std::shared_ptr<ChannelLayerNorm> norm2_;
  std::shared_ptr<Gelu> act2_;
  std::shared_ptr<Conv2d> conv3_;
  std::shared_ptr<ChannelLayerNorm> norm3_;
};

/// [B, H, W, C] cut into windows, completed by zeros, which take part in the attention:
/// [B windows, 14, 14, C].
Tensor to_windows(const Tensor& input) {
  const std::int64_t batch = input.size(0), channels = input.size(3);
  const auto missing = [](std::int64_t side) { return (kWindow - side % kWindow) % kWindow; };
  const Tensor padded =
      at::constant_pad_nd(input, {0, 0, 0, missing(input.size(2)), 0, missing(input.size(1))}, 0.0);
  const std::int64_t rows = padded.size(1) / kWindow, columns = padded.size(2) / kWindow;
  return padded.view({batch, rows, kWindow, columns, kWindow, channels})
      .permute({0, 1, 3, 2, 4, 5})
      .reshape({-1, kWindow, kWindow, channels});
}

/// Undoes to_windows() for tokens of the shape of `like`.
Tensor from_windows(const Tensor& windows, const Tensor& like) {
  const std::int64_t batch = like.size(0), height = like.size(1), width = like.size(2);
  const auto count = [](std::int64_t side) { return (side + kWindow - 1) / kWindow; };
  return windows.view({batch, count(height), count(width), kWindow, kWindow, -1})
      .permute({0, 1, 3, 2, 4, 5})
      .reshape({batch, count(height) * kWindow, count(width) * kWindow, -1})
      .narrow(1, 0, height)
      .narrow(2, 0, width);
}

class Block : public Unit {
 public:
  Block(VitMatteWidths widths, bool global)
      : norm1_{add<LayerNorm>("norm1", widths.channels)},
        attn_{add<Attention>("attn", widths, global ? kTrainedGrid : kWindow)},
        norm2_{add<LayerNorm>("norm2", widths.channels)},
        mlp_{add<Mlp>("mlp", widths.channels)} {
    if (global) residual_ = add<ResidualConvolutions>("residual", widths.channels);
  }

 protected:
  /// [B, H, W, C] stays so.
  Tensor forward(const Tensor& input) override {
    Tensor value = (*norm1_)(input);
    value = residual_ ? (*attn_)(value) : from_windows((*attn_)(to_windows(value)), input);
    value = input + value;
    value = value + (*mlp_)((*norm2_)(value));
    if (!residual_) return value;
    return (*residual_)(value.permute({0, 3, 1, 2})).permute({0, 2, 3, 1});
  }

 private:
  std::shared_ptr<LayerNorm> norm1_;
  std::shared_ptr<Attention> attn_;
  std::shared_ptr<LayerNorm> norm2_;
  std::shared_ptr<Mlp> mlp_;
  std::shared_ptr<ResidualConvolutions> residual_{};  ///< of global blocks alone
};

/// Patches as tokens: [N, 4, H, W] -> [N, H/16, W/16, C].
class PatchEmbedding : public Unit {
 public:
  explicit PatchEmbedding(std::int64_t channels)
      : proj_{
            add<Conv2d>("proj", kInputChannels, channels, kPatch, ConvOptions{.stride = kPatch})} {}

 protected:
  Tensor forward(const Tensor& input) override { return (*proj_)(input).permute({0, 2, 3, 1}); }

 private:
  std::shared_ptr<Conv2d> proj_;
};

/// Convolution 3 x 3 without bias, batch normalisation, ReLU.
class ConvBnRelu : public Unit {
 public:
  ConvBnRelu(std::int64_t in, std::int64_t out, std::int64_t stride)
      : conv_{add<Conv2d>("conv", in, out, 3,
                          ConvOptions{.stride = stride, .padding = 1, .bias = false})},
        bn_{add<BatchNorm2d>("bn", out)} {}

 protected:
  Tensor forward(const Tensor& input) override { return at::relu((*bn_)((*conv_)(input))); }

 private:
  std::shared_ptr<Conv2d> conv_;
  std::shared_ptr<BatchNorm2d> bn_;
};

/// A module that only gives names: Python's ModuleList and modules of one part.
class Names : public torch::nn::Module {};

}  // namespace

class VitBackbone : public Unit {
 public:
  explicit VitBackbone(VitMatteWidths widths)
      : pos_embed_{register_parameter(
            "pos_embed", at::empty({1, kPositions * kPositions + 1, widths.channels}))},
        patch_embed_{add<PatchEmbedding>("patch_embed", widths.channels)} {
    std::vector<UnitPointer> blocks;
    for (std::int64_t i = 1; i <= kBlocks; ++i) {
      blocks.push_back(unit<Block>(widths, i % kGlobalEvery == 0));
    }
    blocks_ = register_module("blocks", sequence(std::move(blocks)));
  }

 protected:
  /// [N, 4, H, W] -> [N, C, H/16, W/16]
  Tensor forward(const Tensor& input) override {
    const Tensor tokens = (*patch_embed_)(input);
    return (*blocks_)(tokens + absolute_positions(tokens.size(1), tokens.size(2)))
        .permute({0, 3, 1, 2});
  }

 private:
  /// [1, height, width, C]; the first position is that of a class token, which is not used.
  [[nodiscard]] Tensor absolute_positions(std::int64_t height, std::int64_t width) const {
    const Tensor grid =
        pos_embed_.narrow(1, 1, kPositions * kPositions).reshape({1, kPositions, kPositions, -1});
    if (height == kPositions && width == kPositions) return grid;
    return at::upsample_bicubic2d(grid.permute({0, 3, 1, 2}), {height, width}, false)
        .permute({0, 2, 3, 1});
  }

  Tensor pos_embed_;
  std::shared_ptr<PatchEmbedding> patch_embed_;
  std::shared_ptr<Sequence> blocks_;
};

class VitDetailDecoder : public torch::nn::Module {
 public:
  explicit VitDetailDecoder(std::int64_t channels) {
    constexpr std::array<std::int64_t, 4> kDetails{kInputChannels, 48, 96, 192};
    constexpr std::array<std::int64_t, 5> kFused{0, 256, 128, 64, 32};
    const auto stream = register_module("convstream", std::make_shared<Names>());
    const auto convs = stream->register_module("convs", std::make_shared<Names>());
    for (std::size_t i = 0; i + 1 < kDetails.size(); ++i) {
      stream_.push_back(convs->register_module(
          std::to_string(i), std::make_shared<ConvBnRelu>(kDetails[i], kDetails[i + 1], 2)));
    }
    const auto fusions = register_module("fusion_blks", std::make_shared<Names>());
    for (std::size_t i = 0; i + 1 < kFused.size(); ++i) {
      const std::int64_t in = (i == 0 ? channels : kFused[i]) + kDetails[kDetails.size() - 1 - i];
      const auto fusion = fusions->register_module(std::to_string(i), std::make_shared<Names>());
      fusions_.push_back(
          fusion->register_module("conv", std::make_shared<ConvBnRelu>(in, kFused[i + 1], 1)));
    }
    const auto head = register_module("matting_head", std::make_shared<Names>());
    head_ = head->register_module(
        "matting_convs", sequence({unit<Conv2d>(32, 16, 3, ConvOptions{.padding = 1}),
                                   unit<BatchNorm2d>(16), unit<Relu>(), unit<Conv2d>(16, 1, 1)}));
  }

  /// features [N, C, H/16, W/16], input [N, 4, H, W] -> alpha [N, 1, H, W]
  [[nodiscard]] Tensor operator()(const Tensor& features, const Tensor& input) const {
    std::vector<Tensor> details{input};  // [N, 4, H, W], [N, 48, H/2, W/2], ... [N, 192, H/8, W/8]
    for (const auto& convolution : stream_) details.push_back((*convolution)(details.back()));
    Tensor value = features;
    for (const auto& fusion : fusions_) {
      value = (*fusion)(at::cat({details.back(), resize_like(value, details.back())}, 1));
      details.pop_back();
    }
    return at::sigmoid((*head_)(value));
  }

 private:
  std::vector<std::shared_ptr<ConvBnRelu>> stream_{}, fusions_{};
  std::shared_ptr<Sequence> head_;
};

VitMatte::VitMatte(VitMatteWidths widths)
    : backbone_{register_module("backbone", std::make_shared<VitBackbone>(widths))},
      decoder_{register_module("decoder", std::make_shared<VitDetailDecoder>(widths.channels))} {}

VitMatte::Output VitMatte::operator()(const Tensor& input) const {
  const Tensor features = (*backbone_)(input);
  return {.alpha = (*decoder_)(features, input), .features = features};
}

Tensor vitmatte_input(const Tensor& rgb, const Tensor& trimap) {
  constexpr std::array kMean{123.675F / 255.0F, 116.280F / 255.0F, 103.530F / 255.0F};
  constexpr std::array kDeviation{58.395F / 255.0F, 57.120F / 255.0F, 57.375F / 255.0F};
  const Tensor input = at::cat({normalised(rgb, kMean, kDeviation), trimap}, 1);
  const std::int64_t height = input.size(2), width = input.size(3);
  if (height % kMultiple == 0 && width % kMultiple == 0) return input;
  return at::constant_pad_nd(
      input, {0, kMultiple - width % kMultiple, 0, kMultiple - height % kMultiple}, 0.0);
}

}  // namespace mbench::deep
