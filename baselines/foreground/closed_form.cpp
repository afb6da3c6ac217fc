#include "baselines/foreground/closed_form.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "baselines/foreground/layer_energy.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{kRegularizationOption, kSolverOption,
                              with_default(kRtolOption, "1e-5"), kMaxIterationsOption};

constexpr std::array<std::string_view, 3> kOpenChoices{
    kPictureIsComposite,
    "The paper writes the smoothness with the derivatives of alpha alone; PyMatting adds epsilon, "
    "and so does mbench.",
    "With cg at its default tolerance F is settled where alpha is not near 0; solver=direct "
    "settles "
    "it everywhere."};

void clip(Plane<Rgb<double>>& colours) {
  for (Rgb<double>& colour : colours.values()) {
    colour = {std::clamp(colour.r, 0.0, 1.0), std::clamp(colour.g, 0.0, 1.0),
              std::clamp(colour.b, 0.0, 1.0)};
  }
}

}  // namespace

Layers<double> closed_form_layers(const Plane<Rgb<double>>& image, const Plane<double>& alpha,
                                  const ClosedFormLayersOptions& options) {
  require_picture_and_matte(image.size(), alpha.size());
  constexpr std::array<std::array<int, 2>, 2> kRightAndBelow{{{0, 1}, {1, 0}}};
  const std::span<const double> a = alpha.values();
  const double tie = is_constant(alpha) ? kTieBreaker : 0.0;
  const LayerEnergy energy = layer_energy(
      alpha.size(), kRightAndBelow,
      [&](std::size_t i) {
        const double rest = 1.0 - a[i];
        return PixelTerm{.ff = a[i] * a[i] + tie, .fb = a[i] * rest, .bb = rest * rest + tie};
      },
      [&](std::size_t i, std::size_t j) {
        const double weight = 2.0 * (options.regularization + std::abs(a[i] - a[j]));
        return PerLayer{weight, weight};
      });
  Layers<double> layers = least_layers(
      energy, image,
      [&](std::size_t i, double colour) {
        return PerLayer{(a[i] + tie) * colour, (1.0 - a[i] + tie) * colour};
      },
      options.solver);
  clip(layers.foreground);
  clip(layers.background);
  return layers;
}

constinit const ForegroundEstimator closed_form_foreground_estimator{
    .facts = {.id = "closed-form",
              .title = "Closed-form foreground estimation",
              .summary =
                  "F and B least in |alpha F + (1 - alpha) B - I|^2 + (epsilon + |differences of "
                  "alpha|) (differences of F, B)^2: one sparse linear system. Clipped to [0, 1], "
                  "times 255, truncated.",
              .source = "PyMatting 1.1 estimate_foreground_cf; paper: section 7",
              .cite = "levin2008",
              .options = kOptions,
              .open_choices = kOpenChoices},
    .estimate = [](PixelView<Rgb<std::uint8_t>> picture, AlphaView alpha, const Options& options) {
      const Layers<double> layers = closed_form_layers(
          unit_colours(picture), unit_alpha(alpha),
          {.regularization = options.number("regularization"), .solver = solver_options(options)});
      return to_u8(layers.foreground, Rounding::down);
    }};

}  // namespace mbench::baselines
