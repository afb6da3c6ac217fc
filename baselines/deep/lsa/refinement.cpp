#include "baselines/deep/lsa/refinement.hpp"

#include <vector>

namespace mbench::deep {
namespace {

constexpr double kLearningRate = 20.0;
constexpr double kPreserveWeight = 0.1;
constexpr double kCountOffset = 0.2;

/// Pixels as numbers, 1 or 0: [1, 1, H, W].
struct TrimapPixels {
  Tensor unknown, beside_foreground, beside_background;
};

TrimapPixels pixels_of(const Tensor& trimap) {
  const auto as_number = [&](const Tensor& flags) { return flags.to(trimap.scalar_type()); };
  const Tensor foreground = as_number(trimap > 0.75);
  const Tensor background = as_number(trimap < 0.25);
  const Tensor unknown = 1.0 - foreground - background;
  const auto near = [](const Tensor& pixels) { return at::max_pool2d(pixels, 3, 1, 1); };
  return {.unknown = unknown,
          .beside_foreground = unknown * near(foreground),
          .beside_background = unknown * near(background)};
}

/// Zeros after levels 2 ... 5: at level l [1, C, 2^(8 - l), 2^(8 - l)].
std::vector<LsaAdjustment> no_adjustments(const Tensor& like) {
  std::vector<LsaAdjustment> all;
  for (int level = LsaNet::kFinestAdjusted; level <= LsaNet::kCoarsest; ++level) {
    const std::int64_t side = std::int64_t{1} << (8 - level);
    const std::vector<std::int64_t> shape{1, kLsaDecoderChannels[static_cast<std::size_t>(level)],
                                          side, side};
    const auto zeros = [&] { return at::zeros(shape, like.options()).requires_grad_(true); };
    all.push_back({.factor = zeros(), .offset = zeros()});
  }
  return all;
}

void descend(Tensor& value) {
  const at::NoGradGuard no_gradients;
  value.sub_(value.grad(), kLearningRate);
  value.mutable_grad() = Tensor{};
}

}  // namespace

Tensor refined_alpha(const LsaNet& network, const Tensor& input, int passes,
                     const std::function<void(const RefinementPass&)>& watch) {
  const TrimapPixels pixels = pixels_of(input.slice(1, 3, 4));
  if (pixels.unknown.sum().item<double>() == 0.0) passes = 1;
  const Tensor edge_count =
      pixels.beside_foreground.sum() + pixels.beside_background.sum() + kCountOffset;
  const Tensor unknown_count = pixels.unknown.sum();

  LsaFeatures features;
  {
    const at::NoGradGuard no_gradients;
    features = network.encode(input);
  }
  std::vector<LsaAdjustment> adjustments = no_adjustments(input);
  Tensor first;
  for (int pass = 1;; ++pass) {
    const at::AutoGradMode gradients{pass < passes};
    const Tensor output = network.decode(features, adjustments);
    if (pass == 1) first = output.detach();
    const Tensor alpha = at::clamp(output, 0.0, 1.0);
    if (pass == passes && !watch) return alpha;

    const Tensor edge = ((1.0 - alpha).square() * pixels.beside_foreground +
                         alpha.square() * pixels.beside_background)
                            .sum() /
                        edge_count;
    const Tensor preserve = ((alpha - first).abs() * pixels.unknown).sum() / unknown_count;
    const Tensor loss = edge + kPreserveWeight * preserve.square();
    if (watch) {
      watch({.number = pass,
             .alpha = alpha.detach(),
             .losses = at::stack({loss, edge, preserve}).detach()});
    }
    if (pass == passes) return alpha;
    loss.backward();
    for (LsaAdjustment& adjustment : adjustments) {
      descend(adjustment.factor);
      descend(adjustment.offset);
    }
  }
}

}  // namespace mbench::deep
