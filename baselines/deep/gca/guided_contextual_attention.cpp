#include "baselines/deep/gca/guided_contextual_attention.hpp"

#include <algorithm>
#include <functional>

namespace mbench::deep {
namespace {

constexpr std::int64_t kChannels = 128;
constexpr std::int64_t kWindow = 3;       ///< of the image's features
constexpr std::int64_t kAlphaWindow = 4;  ///< of alpha's, at every second pixel
constexpr double kSelfPenalty = 1e4;

/// Even rows and columns, as resizing by the nearest neighbour takes them.
Tensor halved(const Tensor& input) {
  return at::upsample_nearest2d(input, {input.size(2) / 2, input.size(3) / 2}, 0.5, 0.5);
}

Tensor mirrored(const Tensor& input) { return at::reflection_pad2d(input, {1, 1, 1, 1}); }

/// w of unknown and of known positions, [N, 2], from the mask at the positions, [N, 1, h, w].
Tensor weights_at_half(const Tensor& unknown) {
  // Single precision whatever that of the network, as sums over all pixels need.
  const Tensor share = unknown.to(at::kFloat).mean({1, 2, 3});  // mu, [N]
  const auto clipped_root = [](const Tensor& ratio) {
    return at::clamp(at::sqrt(ratio), 0.1, 10.0);  // 10 for a division by 0
  };
  const Tensor known = 1.0 - share;
  return at::stack({clipped_root(share / known), clipped_root(known / share)}, 1);
}

/// The 4 x 4 windows of [1, 128, H/8, W/8]: [1, 128 4^2, n], the window's pixels within channels.
Tensor alpha_windows(const Tensor& alpha) {
  return at::im2col(mirrored(alpha), {kAlphaWindow, kAlphaWindow}, {1, 1}, {0, 0}, {2, 2});
}

/// The result of `attend` for each image of a batch.
Tensor each_image(
    const Tensor& guidance, const Tensor& alpha, const Tensor& unknown,
    const std::function<Tensor(const Tensor&, const Tensor&, const Tensor&)>& attend) {
  std::vector<Tensor> results;
  for (std::int64_t i = 0; i < alpha.size(0); ++i) {
    results.push_back(
        attend(guidance.narrow(0, i, 1), alpha.narrow(0, i, 1), unknown.narrow(0, i, 1)));
  }
  return at::cat(results);
}

}  // namespace

struct GuidedContextualAttention::Keys {
  Tensor features;  ///< theta(I), [1, 64, h, w]
  Tensor windows;   ///< f_q of all positions, [64 3^2, n]
  Tensor unit;      ///< f_p / max(|f_p|, 1e-4), [n, 64 3^2]
  Tensor weight;    ///< w_p, [n]
  Tensor penalty;   ///< 1e4 where p is unknown, else 0, [n]

  [[nodiscard]] std::int64_t count() const { return unit.size(0); }

  /// Scores [n, n], one column for each q, by the convolution that the published program does.
  [[nodiscard]] Tensor scores() const {
    const Tensor filters = unit.view({count(), features.size(1), kWindow, kWindow});
    Tensor scores = at::conv2d(mirrored(features), filters).view({count(), count()});
    scores = scores * weight.unsqueeze(1);
    scores.diagonal().sub_(penalty);
    return scores;
  }

  /// Columns first ... first + size - 1 of these scores: [n, size].
  [[nodiscard]] Tensor scores(std::int64_t first, std::int64_t size) const {
    Tensor scores = unit.mm(windows.narrow(1, first, size)) * weight.unsqueeze(1);
    scores.narrow(0, first, size).diagonal().sub_(penalty.narrow(0, first, size));
    return scores;
  }
};

GuidedContextualAttention::GuidedContextualAttention(std::int64_t max_scores)
    : max_scores_{max_scores},
      guidance_conv_{
          register_module("guidance_conv", std::make_shared<Conv2d>(kChannels, kChannels / 2, 1))},
      w_{register_module(
          "W", sequence({unit<Conv2d>(kChannels, kChannels, 1, ConvOptions{.bias = false}),
                         unit<BatchNorm2d>(kChannels)}))} {}

Tensor GuidedContextualAttention::weights(const Tensor& unknown) {
  return weights_at_half(halved(unknown));
}

GuidedContextualAttention::Keys GuidedContextualAttention::keys(const Tensor& guidance,
                                                                const Tensor& unknown) const {
  Keys keys;
  keys.features = halved((*guidance_conv_)(guidance));  // [1, 64, h, w]
  keys.windows =
      at::im2col(mirrored(keys.features), {kWindow, kWindow}, {1, 1}, {0, 0}, {1, 1}).squeeze(0);
  const Tensor filters = keys.windows.t();  // [n, 64 3^2]
  // Lengths in single precision: in half, a sum of 576 squares may end at infinity.
  const Tensor squares = filters.to(at::kFloat).square().sum(1, true);
  keys.unit = filters / at::clamp_min(at::sqrt(squares), 1e-4).to(filters.scalar_type());
  const Tensor mask = halved(unknown);  // [1, 1, h, w]
  const Tensor is_unknown = at::max_pool2d(mirrored(mask), kWindow, 1).flatten() > 0.0;  // [n]
  const Tensor pair = weights_at_half(mask)[0];
  keys.weight = at::where(is_unknown, pair[0], pair[1]).to(guidance.scalar_type());
  keys.penalty = is_unknown.to(guidance.scalar_type()) * kSelfPenalty;
  return keys;
}

Tensor GuidedContextualAttention::finish(const Tensor& alpha, const Tensor& sums) const {
  return (*w_)(sums / 4.0) + alpha;
}

Tensor GuidedContextualAttention::operator()(const Tensor& guidance, const Tensor& alpha,
                                             const Tensor& unknown) const {
  const std::int64_t positions = alpha.size(2) / 2 * (alpha.size(3) / 2);  // n
  if (positions * positions > max_scores_) {
    return in_parts(guidance, alpha, unknown, max_scores_ / positions);
  }
  return finish(
      alpha,
      each_image(guidance, alpha, unknown, [&](const Tensor& i, const Tensor& a, const Tensor& u) {
        const Keys all = keys(i, u);
        const std::int64_t n = all.count();
        const Tensor shares =
            at::softmax(all.scores(), 0)
                .view({1, n, all.features.size(2), all.features.size(3)});  // [1, n, h, w]
        const Tensor values =
            alpha_windows(a).squeeze(0).t().reshape({n, kChannels, kAlphaWindow, kAlphaWindow});
        return at::conv_transpose2d(shares, values, {}, 2, 1);  // [1, 128, H/8, W/8]
      }));
}

Tensor GuidedContextualAttention::in_parts(const Tensor& guidance, const Tensor& alpha,
                                           const Tensor& unknown, std::int64_t count) const {
  return finish(
      alpha,
      each_image(guidance, alpha, unknown, [&](const Tensor& i, const Tensor& a, const Tensor& u) {
        const Keys all = keys(i, u);
        const Tensor values = alpha_windows(a).squeeze(0);  // [128 4^2, n]
        const std::int64_t part = std::max<std::int64_t>(1, count);
        std::vector<Tensor> sums;
        for (std::int64_t first = 0; first < all.count(); first += part) {
          const Tensor scores = all.scores(first, std::min(part, all.count() - first));
          sums.push_back(values.mm(at::softmax(scores, 0)));  // [128 4^2, size]
        }
        return at::col2im(at::cat(sums, 1).unsqueeze(0), {a.size(2), a.size(3)},
                          {kAlphaWindow, kAlphaWindow}, {1, 1}, {1, 1}, {2, 2});
      }));
}

Tensor GuidedContextualAttention::offsets(const Tensor& guidance, const Tensor& unknown) const {
  const auto of_image = [this](const Tensor& i, const Tensor&, const Tensor& u) {
    const Keys all = keys(i, u);
    const std::int64_t height = all.features.size(2);
    const std::int64_t width = all.features.size(3);
    const Tensor best = at::softmax(all.scores(), 0).argmax(0).view({height, width});
    const Tensor rows = at::floor_divide(best, width) - height / 2;
    const Tensor columns = at::remainder(best, width) - width / 2;
    return at::stack({rows, columns}).unsqueeze(0);
  };
  return each_image(guidance, guidance, unknown, of_image);
}

}  // namespace mbench::deep
