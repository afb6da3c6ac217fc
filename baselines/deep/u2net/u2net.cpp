#include "baselines/deep/u2net/u2net.hpp"

#include <string>

#include "baselines/deep/blocks/decoder_parts.hpp"

namespace mbench::deep {
namespace {

constexpr PoolOptions kHalving{.kernel = 2, .stride = 2, .padding = 0, .ceil_mode = true};

struct Stage {
  int depth;
  NestedChannels channels;
  NestedU::Reach reach{NestedU::Reach::pools};
};

struct Stages {
  std::array<Stage, 6> down;
  std::array<Stage, 5> up;  ///< from stage1d to stage5d
};

constexpr Stages kFull{.down = {{{7, {3, 32, 64}},
                                 {6, {64, 32, 128}},
                                 {5, {128, 64, 256}},
                                 {4, {256, 128, 512}},
                                 {4, {512, 256, 512}, NestedU::Reach::dilations},
                                 {4, {512, 256, 512}, NestedU::Reach::dilations}}},
                       .up = {{{7, {128, 16, 64}},
                               {6, {256, 32, 64}},
                               {5, {512, 64, 128}},
                               {4, {1024, 128, 256}},
                               {4, {1024, 256, 512}, NestedU::Reach::dilations}}}};

constexpr Stages kSmall{.down = {{{7, {3, 16, 64}},
                                  {6, {64, 16, 64}},
                                  {5, {64, 16, 64}},
                                  {4, {64, 16, 64}},
                                  {4, {64, 16, 64}, NestedU::Reach::dilations},
                                  {4, {64, 16, 64}, NestedU::Reach::dilations}}},
                        .up = {{{7, {128, 16, 64}},
                                {6, {128, 16, 64}},
                                {5, {128, 16, 64}},
                                {4, {128, 16, 64}},
                                {4, {128, 16, 64}, NestedU::Reach::dilations}}}};

}  // namespace

DilatedConv::DilatedConv(std::int64_t in, std::int64_t out, std::int64_t dilation)
    : conv_s1_{add<Conv2d>("conv_s1", in, out, 3,
                           ConvOptions{.padding = dilation, .dilation = dilation})},
      bn_s1_{add<BatchNorm2d>("bn_s1", out)} {}

Tensor DilatedConv::forward(const Tensor& input) { return at::relu((*bn_s1_)((*conv_s1_)(input))); }

NestedU::NestedU(int depth, const NestedChannels& channels, Reach reach)
    : rebnconvin_{add<DilatedConv>("rebnconvin", channels.in, channels.out, 1)} {
  const auto dilation = [reach](int level) {
    return reach == Reach::dilations ? std::int64_t{1} << level : std::int64_t{1};
  };
  for (int level = 0; level < depth; ++level) {
    const bool is_lowest = level == depth - 1;
    const std::int64_t step = is_lowest && reach == Reach::pools ? 2 : dilation(level);
    down_.push_back(add<DilatedConv>("rebnconv" + std::to_string(level + 1),
                                     level == 0 ? channels.out : channels.middle, channels.middle,
                                     step));
    if (reach == Reach::pools && level + 2 < depth) {
      pools_.push_back(add<MaxPool2d>("pool" + std::to_string(level + 1), kHalving));
    }
  }
  up_.resize(static_cast<std::size_t>(depth) - 1);
  for (int level = depth - 2; level >= 0; --level) {
    up_[static_cast<std::size_t>(level)] =
        add<DilatedConv>("rebnconv" + std::to_string(level + 1) + "d", 2 * channels.middle,
                         level == 0 ? channels.out : channels.middle, dilation(level));
  }
}

Tensor NestedU::forward(const Tensor& input) {
  const Tensor whole = (*rebnconvin_)(input);  // [N, out, H, W]
  std::vector<Tensor> levels{(*down_[0])(whole)};
  for (std::size_t level = 1; level < down_.size(); ++level) {
    const Tensor& finer = levels.back();  // [N, middle, H', W']
    levels.push_back((*down_[level])(level <= pools_.size() ? (*pools_[level - 1])(finer) : finer));
  }
  Tensor value = levels.back();
  for (std::size_t level = up_.size(); level-- > 0;) {
    if (level < pools_.size()) value = resize_like(value, levels[level]);
    value = (*up_[level])(join(value, levels[level]));
  }
  return value + whole;
}

U2Net::U2Net(Width width) {
  const Stages& plan = width == Width::full ? kFull : kSmall;
  const auto make = [](const Stage& stage) {
    return std::make_shared<NestedU>(stage.depth, stage.channels, stage.reach);
  };
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    stages_[i] = register_module("stage" + number, make(plan.down[i]));
    if (i == pools_.size()) break;
    pools_[i] = register_module("pool" + number + std::to_string(i + 2),
                                std::make_shared<MaxPool2d>(kHalving));
  }
  for (std::size_t i = up_.size(); i-- > 0;) {
    up_[i] = register_module("stage" + std::to_string(i + 1) + "d", make(plan.up[i]));
  }
  for (std::size_t i = 0; i < sides_.size(); ++i) {
    const Stage& stage = i < up_.size() ? plan.up[i] : plan.down.back();
    sides_[i] = register_module(
        "side" + std::to_string(i + 1),
        std::make_shared<Conv2d>(stage.channels.out, 1, 3, ConvOptions{.padding = 1}));
  }
  outconv_ = register_module("outconv", std::make_shared<Conv2d>(6, 1, 1));
}

std::array<Tensor, 7> U2Net::operator()(const Tensor& image) const {
  std::array<Tensor, 6> levels;  // [N, C, H/2^i, W/2^i], halves rounded up
  levels[0] = (*stages_[0])(image);
  for (std::size_t i = 1; i < levels.size(); ++i) {
    levels[i] = (*stages_[i])((*pools_[i - 1])(levels[i - 1]));
  }
  for (std::size_t i = up_.size(); i-- > 0;) {
    levels[i] = (*up_[i])(join(resize_like(levels[i + 1], levels[i]), levels[i]));
  }
  std::array<Tensor, 7> answers;
  std::vector<Tensor> sides;
  for (std::size_t i = 0; i < sides_.size(); ++i) {
    const Tensor side = (*sides_[i])(levels[i]);  // [N, 1, H/2^i, W/2^i]
    sides.push_back(i == 0 ? side : resize_like(side, sides.front()));
    answers[i + 1] = at::sigmoid(sides.back());
  }
  answers[0] = at::sigmoid((*outconv_)(at::cat(sides, 1)));  // [N, 1, H, W]
  return answers;
}

}  // namespace mbench::deep
