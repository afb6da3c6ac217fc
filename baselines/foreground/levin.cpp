#include "baselines/foreground/levin.hpp"

#include <array>
#include <cmath>

#include "baselines/foreground/layer_energy.hpp"

namespace mbench::baselines {
namespace {

/// How far from 0 and 1 alpha must be for a pixel to count as mixed.
constexpr double kMargin = 0.02;

/// Weight of the prior that pulls a layer of opacity `opacity` towards the image, or towards black
/// where the layer cannot be seen.
double prior_weight(double opacity) {
  const double hidden = 1.0 - opacity;
  double weight = 0.0;
  if (hidden < kMargin) weight += 100.0;
  if (hidden < 0.3) weight += 0.03 * (1.0 - hidden);
  if (hidden > 1.0 - kMargin) weight += 0.01;
  return weight;
}

/// What the prior adds to the right side: weight^2 times what it pulls towards.
double prior_pull(double opacity, double colour) {
  const double hidden = 1.0 - opacity;
  const double weight = prior_weight(opacity);
  return hidden < 1.0 - kMargin ? weight * weight * colour : 0.0;
}

bool is_mixed(double alpha) { return !(alpha < kMargin || alpha > 1.0 - kMargin); }

double square(double value) { return value * value; }

constexpr std::array kOptions{with_default(kSolverOption, "direct"),
                              with_default(kRtolOption, "1e-10"), kMaxIterationsOption};

constexpr std::array<std::string_view, 2> kOpenChoices{
    kPictureIsComposite,
    "Equation 19 of the paper has neither the priors nor the diagonal neighbours of the authors' "
    "program; mbench follows the program."};

}  // namespace

Layers<double> levin_layers(const Plane<Rgb<double>>& image, const Plane<double>& alpha,
                            const SolverOptions& options) {
  require_picture_and_matte(image.size(), alpha.size());
  constexpr std::array<std::array<int, 2>, 4> kLaterNeighbours{{{0, 1}, {1, -1}, {1, 0}, {1, 1}}};
  const std::span<const double> a = alpha.values();
  const double tie = is_constant(alpha) && is_mixed(a[0]) ? kTieBreaker : 0.0;
  const LayerEnergy energy = layer_energy(
      alpha.size(), kLaterNeighbours,
      [&](std::size_t i) {
        const double rest = 1.0 - a[i];
        return PixelTerm{.ff = a[i] * a[i] + square(prior_weight(a[i])) + tie,
                         .fb = a[i] * rest,
                         .bb = rest * rest + square(prior_weight(rest)) + tie};
      },
      [&](std::size_t i, std::size_t j) {
        if (!is_mixed(a[i]) && !is_mixed(a[j])) return PerLayer{};
        const double weight = std::sqrt(std::abs(a[i] - a[j]));
        return PerLayer{square(weight + 0.003 * (1.0 - a[j])), square(weight + 0.003 * a[j])};
      });
  return least_layers(
      energy, image,
      [&](std::size_t i, double colour) {
        const double rest = 1.0 - a[i];
        return PerLayer{(a[i] + tie) * colour + prior_pull(a[i], colour),
                        (rest + tie) * colour + prior_pull(rest, colour)};
      },
      options);
}

constinit const ForegroundEstimator levin_foreground_estimator{
    .facts = {.id = "levin",
              .title = "Foreground estimation by solveFB",
              .summary = "F and B by the closed-form authors' program: smooth where alpha changes "
                         "little, the image itself where the layer is opaque, one sparse linear "
                         "system. Times 255, rounded to nearest, clipped to 8 bits.",
              .source = "solveFB of the authors' MATLAB program; MarcoForte/closed-form-matting "
                        "solve_foreground_background.py",
              .cite = "levin2008",
              .options = kOptions,
              .open_choices = kOpenChoices},
    .estimate = [](PixelView<Rgb<std::uint8_t>> picture, AlphaView alpha, const Options& options) {
      const Layers<double> layers =
          levin_layers(unit_colours(picture), unit_alpha(alpha), solver_options(options));
      return to_u8(layers.foreground, Rounding::nearest);
    }};

}  // namespace mbench::baselines
