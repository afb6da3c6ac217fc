#include "baselines/foreground/refined.hpp"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "baselines/foreground/layers.hpp"
#include "core/error.hpp"
#include "imaging/resample.hpp"

namespace mbench::baselines {
namespace {

constexpr std::size_t kChannels = 3;
constexpr int kMostScales = 12;
constexpr int kMostIterations = 100000;  // << 11 still is an int

/// A plane with a margin of one pixel, which holds the mirror image of what lies inside.
class MirroredPlane {
 public:
  explicit MirroredPlane(Size size)
      : size_{size},
        stride_{static_cast<std::size_t>(size.width) + 2},
        values_(stride_ * (static_cast<std::size_t>(size.height) + 2)) {}

  /// Pixel (y, 0); y and x from -1 on.
  [[nodiscard]] double* row(int y) {
    return values_.data() + static_cast<std::size_t>(y + 1) * stride_ + 1;
  }
  [[nodiscard]] const double* row(int y) const {
    return values_.data() + static_cast<std::size_t>(y + 1) * stride_ + 1;
  }

  void fill_margin() {
    const int w = size_.width, h = size_.height;
    const int second_column = w > 1 ? 1 : 0, second_row = h > 1 ? 1 : 0;
    for (int y = 0; y < h; ++y) {
      double* const values = row(y);
      values[-1] = values[second_column];
      values[w] = values[w - 1 - second_column];
    }
    std::copy_n(row(second_row), w, row(-1));
    std::copy_n(row(h - 1 - second_row), w, row(h));
  }

 private:
  Size size_;
  std::size_t stride_;
  std::vector<double> values_;
};

using Channels = std::array<MirroredPlane, kChannels>;

Channels split(const Plane<Rgb<double>>& colours) {
  const Size size = colours.size();
  Channels channels{MirroredPlane{size}, MirroredPlane{size}, MirroredPlane{size}};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const Rgb<double>& colour = colours(y, x);
      channels[0].row(y)[x] = colour.r;
      channels[1].row(y)[x] = colour.g;
      channels[2].row(y)[x] = colour.b;
    }
  }
  return channels;
}

void join(const Channels& channels, Plane<Rgb<double>>& colours) {
  for (int y = 0; y < colours.size().height; ++y) {
    for (int x = 0; x < colours.size().width; ++x) {
      colours(y, x) = {channels[0].row(y)[x], channels[1].row(y)[x], channels[2].row(y)[x]};
    }
  }
}

/// What an iteration needs of alpha, computed once.
struct Weights {
  MirroredPlane transparency;  ///< (1 - alpha)^2
  MirroredPlane denominator;
};

Weights make_weights(const Plane<double>& alpha, double kappa) {
  const Size size = alpha.size();
  Weights weights{MirroredPlane{size}, MirroredPlane{size}};
  for (int y = 0; y < size.height; ++y) {
    double* const q = weights.transparency.row(y);
    for (int x = 0; x < size.width; ++x) q[x] = (1.0 - alpha(y, x)) * (1.0 - alpha(y, x));
  }
  weights.transparency.fill_margin();
  for (int y = 0; y < size.height; ++y) {
    const double* const q = weights.transparency.row(y);
    const double* const above = weights.transparency.row(y - 1);
    const double* const below = weights.transparency.row(y + 1);
    double* const to = weights.denominator.row(y);
    for (int x = 0; x < size.width; ++x) {
      to[x] = alpha(y, x) * alpha(y, x) + 4.0 * kappa * q[x] +
              kappa * (q[x - 1] + q[x + 1] + above[x] + below[x]);
    }
  }
  return weights;
}

/// alpha_i (alpha F)_i over the denominator: what the iterations leave as it is.
Channels make_pull(const RefinementTarget& target, const Weights& weights) {
  Channels pull = split(target.premultiplied);
  for (int y = 0; y < target.alpha.size().height; ++y) {
    const double* const denominator = weights.denominator.row(y);
    for (MirroredPlane& channel : pull) {
      double* const values = channel.row(y);
      for (int x = 0; x < target.alpha.size().width; ++x) {
        values[x] *= target.alpha(y, x) / denominator[x];
      }
    }
  }
  return pull;
}

/// Of one row: kappa ((1 - alpha_i)^2 + (1 - alpha_j)^2) for the neighbours j on the left, on the
/// right, above and below.
struct NeighbourWeights {
  explicit NeighbourWeights(int width) {
    for (auto& weights : of) weights.resize(static_cast<std::size_t>(width));
  }
  std::array<std::vector<double>, 4> of{};

  void compute(const MirroredPlane& transparency, int y, int width, double kappa) {
    const double* const q = transparency.row(y);
    const double* const above = transparency.row(y - 1);
    const double* const below = transparency.row(y + 1);
    double* const __restrict left_weight = of[0].data();
    double* const __restrict right_weight = of[1].data();
    double* const __restrict above_weight = of[2].data();
    double* const __restrict below_weight = of[3].data();
    for (int x = 0; x < width; ++x) {
      left_weight[x] = kappa * (q[x] + q[x - 1]);
      right_weight[x] = kappa * (q[x] + q[x + 1]);
      above_weight[x] = kappa * (q[x] + above[x]);
      below_weight[x] = kappa * (q[x] + below[x]);
    }
  }
};

void iterate_row(const MirroredPlane& from, const NeighbourWeights& weights,
                 const double* denominator, const double* pull, int y, int width,
                 double* __restrict to) {
  const double* const at = from.row(y);
  const double* const above = from.row(y - 1);
  const double* const below = from.row(y + 1);
  const double* const left_weight = weights.of[0].data();
  const double* const right_weight = weights.of[1].data();
  const double* const above_weight = weights.of[2].data();
  const double* const below_weight = weights.of[3].data();
  for (int x = 0; x < width; ++x) {
    const double sum = left_weight[x] * at[x - 1] + right_weight[x] * at[x + 1] +
                       above_weight[x] * above[x] + below_weight[x] * below[x];
    to[x] = pull[x] + sum / denominator[x];
  }
}

constexpr std::array kOptions{
    OptionSpec{.name = "scales",
               .help = "sizes worked on: full, half, ...; 1 is Algorithm 1",
               .type = OptionType::integer,
               .default_value = "6",
               .min = 1,
               .max = kMostScales},
    OptionSpec{.name = "kappa",
               .help = "weight of smoothness against the given foreground",
               .type = OptionType::number,
               .default_value = "1",
               .min = 1e-6,
               .max = 1e6},
    OptionSpec{.name = "iterations",
               .help = "iterations at full size, twice as many with every halving",
               .type = OptionType::integer,
               .default_value = "20",
               .min = 0,
               .max = kMostIterations}};

constexpr std::array<std::string_view, 1> kOpenChoices{
    "The paper says bilinear interpolation; its program takes OpenCV's, which does not smooth "
    "before it shrinks, and so does mbench."};

}  // namespace

void require_refinable(const RefinementOptions& options) {
  const bool is_positive = options.kappa > 0.0 && std::isfinite(options.kappa);
  if (options.scales >= 1 && options.scales <= kMostScales && is_positive &&
      options.iterations >= 0 && options.iterations <= kMostIterations) {
    return;
  }
  throw Error{ErrorKind::bad_input,
              {.what = "foregrounds cannot be refined with these parameters",
               .expected = fmt::format("scales S from 1 to {}, kappa above 0, iterations T from 0 "
                                       "to {}",
                                       kMostScales, kMostIterations),
               .found = fmt::format("S = {}, kappa = {}, T = {}", options.scales, options.kappa,
                                    options.iterations)}};
}

Plane<Rgb<double>> refine_at_one_scale(const RefinementTarget& target, Plane<Rgb<double>> start,
                                       double kappa, int iterations) {
  if (iterations == 0) return start;
  const Size size = target.alpha.size();
  const Weights weights = make_weights(target.alpha, kappa);
  const Channels pull = make_pull(target, weights);
  NeighbourWeights neighbours{size.width};
  Channels from = split(start);
  Channels to = from;
  for (int t = 0; t < iterations; ++t) {
    for (MirroredPlane& channel : from) channel.fill_margin();
    for (int y = 0; y < size.height; ++y) {
      neighbours.compute(weights.transparency, y, size.width, kappa);
      for (std::size_t c = 0; c < kChannels; ++c) {
        iterate_row(from[c], neighbours, weights.denominator.row(y), pull[c].row(y), y, size.width,
                    to[c].row(y));
      }
    }
    std::swap(from, to);
  }
  join(from, start);
  return start;
}

Plane<Rgb<double>> refine_foreground(const Plane<Rgb<double>>& foreground,
                                     const Plane<double>& alpha, const RefinementOptions& options) {
  require_refinable(options);
  const Size size = foreground.size();
  require_picture_and_matte(size, alpha.size(), 1 << (options.scales - 1));
  Plane<Rgb<double>> premultiplied{size};
  for (std::size_t i = 0; i < premultiplied.values().size(); ++i) {
    const double a = alpha.values()[i];
    const Rgb<double>& colour = foreground.values()[i];
    premultiplied.values()[i] = {a * colour.r, a * colour.g, a * colour.b};
  }
  Plane<Rgb<double>> refined = foreground;
  for (int s = options.scales - 1; s >= 0; --s) {
    const Size smaller{size.width >> s, size.height >> s};
    const auto resized = [&](const auto& plane) {
      return imaging::resize_opencv(plane.view(), smaller, imaging::Interpolation::linear);
    };
    const Plane<Rgb<double>> pull = resized(premultiplied);
    const Plane<double> opacity = resized(alpha);
    refined = refine_at_one_scale({pull, opacity}, resized(refined), options.kappa,
                                  options.iterations << s);
  }
  return refined;
}

constinit const ForegroundEstimator refined_foreground_estimator{
    .facts = {.id = "refined",
              .title = "Refined foregrounds (wang2022)",
              .summary =
                  "Smooths a published foreground where it is transparent: least "
                  "alpha^2 |F' - F|^2 + kappa (1 - alpha)^2 (differences to the 4 neighbours)^2, "
                  "by Jacobi iterations from coarse to fine. Clipped to [0, 1], times 255, "
                  "truncated.",
              .source =
                  "kfeng123/LSA-Matting tools/reestimate_foreground_final.py; paper: Algorithms 1 "
                  "and 2",
              .cite = "wang2022",
              .options = kOptions,
              .open_choices = kOpenChoices},
    .estimate = [](PixelView<Rgb<std::uint8_t>> picture, AlphaView alpha, const Options& options) {
      const RefinementOptions chosen{.scales = options.integer("scales"),
                                     .kappa = options.number("kappa"),
                                     .iterations = options.integer("iterations")};
      return to_u8(refine_foreground(unit_colours(picture), unit_alpha(alpha), chosen),
                   Rounding::down);
    }};

}  // namespace mbench::baselines
