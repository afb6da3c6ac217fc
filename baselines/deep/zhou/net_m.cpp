#include "baselines/deep/zhou/net_m.hpp"

#include <algorithm>
#include <cmath>

#include "baselines/deep/blocks/decoder_parts.hpp"

namespace mbench::deep {
namespace {

constexpr std::int64_t kChannels = 128;  ///< d
constexpr std::int64_t kEmbedded = 32;   ///< d/4

/// Entries of f that are held at once: 256 MB. Larger images take their queries in parts.
constexpr std::int64_t kMaxEntries = std::int64_t{1} << 26;

Tensor flat(const Tensor& features) { return features.flatten(2); }  // [N, C, H W]

Tensor halved(const Tensor& input) { return at::max_pool2d(input, 2, 2); }

Tensor doubled(const Tensor& input) {
  return resize_bilinear(input, 2 * input.size(2), 2 * input.size(3));
}

}  // namespace

LightNonLocal::LightNonLocal()
    : theta_{register_module("theta", std::make_shared<Conv2d>(kChannels, kEmbedded, 1))},
      phi_{register_module("phi", std::make_shared<Conv2d>(kChannels, kEmbedded, 1))},
      g_{register_module("g", std::make_shared<Conv2d>(kChannels, kEmbedded, 1))},
      down_{register_module("down",
                            std::make_shared<Conv2d>(kEmbedded, kEmbedded, 3,
                                                     ConvOptions{.stride = 4, .padding = 1}))},
      w_{register_module(
          "W", sequence({unit<Conv2d>(kEmbedded, kChannels, 1, ConvOptions{.bias = false}),
                         unit<BatchNorm2d>(kChannels)}))} {}

LightNonLocal::Similarity LightNonLocal::similarity(const Tensor& guidance,
                                                    const Tensor& unknown) const {
  // Single precision whatever that of the network: a half-precision sum ends at 65504 pixels.
  const Tensor mask = unknown.to(at::kFloat);
  const Tensor unknowns = mask.sum({1, 2, 3}, true);  // [N, 1, 1, 1]
  const Tensor knowns = static_cast<double>(mask.size(2) * mask.size(3)) - unknowns;
  const auto clipped_root = [](const Tensor& ratio) {
    return at::clamp(at::sqrt(ratio), 0.1, 10.0);  // 10 for a division by 0
  };
  const Tensor w = at::where(mask > 0, clipped_root(unknowns / knowns),
                             clipped_root(knowns / unknowns));  // [N, 1, H, W]
  const Tensor scale = (w / std::sqrt(kChannels / 2.0)).to(guidance.scalar_type());
  return {.queries = flat((*theta_)(guidance)*scale).transpose(1, 2),  // [N, H W, 32]
          .keys = flat((*down_)((*phi_)(guidance)))};                  // [N, 32, H W / 16]
}

Tensor LightNonLocal::weights(const Tensor& guidance, const Tensor& unknown, std::int64_t first,
                              std::int64_t count) const {
  const Similarity all = similarity(guidance, unknown);
  return at::softmax(at::matmul(all.queries.narrow(1, first, count), all.keys), -1);
}

Tensor LightNonLocal::operator()(const Tensor& guidance, const Tensor& alpha,
                                 const Tensor& unknown) const {
  const Similarity all = similarity(guidance, unknown);
  const Tensor values = flat((*down_)((*g_)(alpha))).transpose(1, 2);  // [N, H W / 16, 32]
  const std::int64_t queries = all.queries.size(1);
  const std::int64_t part =
      std::max<std::int64_t>(1, kMaxEntries / (all.keys.size(0) * all.keys.size(2)));
  std::vector<Tensor> sums;
  for (std::int64_t first = 0; first < queries; first += part) {
    const Tensor some = all.queries.narrow(1, first, std::min(part, queries - first));
    sums.push_back(at::matmul(at::softmax(at::matmul(some, all.keys), -1), values));
  }
  const Tensor sum = at::cat(sums, 1).transpose(1, 2);  // [N, 32, H W]
  return alpha + (*w_)(sum.reshape({alpha.size(0), kEmbedded, alpha.size(2), alpha.size(3)}));
}

Refinement::Refinement() {
  constexpr std::int64_t kWidth = 64;
  for (int i = 0; i <= 10; ++i) {
    const std::int64_t in = i < 2 ? 1 : i < 6 || i == 10 ? kWidth : 2 * kWidth;
    const std::int64_t out = i == 0 || i == 10 ? 1 : kWidth;
    conv_.push_back(add<Conv2d>("conv" + std::to_string(i), in, out, 3, ConvOptions{.padding = 1}));
    bn_.push_back(out == 1 ? nullptr : add<BatchNorm2d>("bn" + std::to_string(i), out));
  }
}

Tensor Refinement::stage(int i, const Tensor& input) const {
  const auto place = static_cast<std::size_t>(i);
  return at::relu((*bn_[place])((*conv_[place])(input)));
}

Tensor Refinement::forward(const Tensor& input) {
  const Tensor f1 = stage(1, (*conv_.front())(input));  // [N, 64, H, W]
  const Tensor f2 = stage(2, halved(f1));               // [N, 64, H/2, W/2]
  const Tensor f3 = stage(3, halved(f2));               // [N, 64, H/4, W/4]
  const Tensor f4 = stage(4, halved(f3));               // [N, 64, H/8, W/8]
  Tensor x = doubled(stage(5, halved(f4)));             // [N, 64, H/8, W/8]
  x = doubled(stage(6, join(x, f4)));                   // [N, 64, H/4, W/4]
  x = doubled(stage(7, join(x, f3)));                   // [N, 64, H/2, W/2]
  x = doubled(stage(8, join(x, f2)));                   // [N, 64, H, W]
  x = stage(9, join(x, f1));                            // [N, 64, H, W]
  return input + (*conv_.back())(x);
}

NetM::NetM(Refine refine)
    : attention_{std::make_shared<LightNonLocal>()},
      encoder_{register_module("encoder",
                               std::make_shared<GcaEncoder>(NamedAttention{"nla", attention_}))},
      decoder_{register_module("decoder", std::make_shared<GcaDecoder>())} {
  if (refine == Refine::yes) refine_ = register_module("refine", std::make_shared<Refinement>());
}

NetMOutput NetM::operator()(const Tensor& input) const {
  const Tensor coarse = (*decoder_)((*encoder_)(input));
  return {.coarse = coarse, .refined = refine_ ? (*refine_)(coarse) : Tensor{}};
}

Tensor NetM::attention_row(const Tensor& input, std::int64_t query) const {
  const GcaFeatures features = (*encoder_)(input);
  return attention_->weights(features.guidance, features.unknown, query, 1).squeeze(1);
}

}  // namespace mbench::deep
