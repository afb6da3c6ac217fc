#include "baselines/foreground/multi_level.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

#include "core/exact_math.hpp"

namespace mbench::baselines {
namespace {

template <typename Pixel>
Plane<Pixel> nearest(const Plane<Pixel>& from, Size size) {
  const auto source = [](int i, int n_in, int n_out) {
    return static_cast<int>(std::int64_t{i} * n_in / n_out);
  };
  Plane<Pixel> result{size};
  for (int y = 0; y < size.height; ++y) {
    const auto row = from.row(source(y, from.size().height, size.height));
    const auto to = result.row(y);
    for (int x = 0; x < size.width; ++x) {
      to[static_cast<std::size_t>(x)] =
          row[static_cast<std::size_t>(source(x, from.size().width, size.width))];
    }
  }
  return result;
}

/// The mean colour of the pixels that `chosen` picks by their alpha; black if it picks none.
template <typename Chosen>
Rgb<float> mean_colour(const Plane<Rgb<float>>& image, const Plane<float>& alpha, Chosen chosen) {
  Rgb<float> sum{};
  std::int64_t count = 0;
  for (std::size_t i = 0; i < alpha.values().size(); ++i) {
    if (!chosen(alpha.values()[i])) continue;
    const Rgb<float>& colour = image.values()[i];
    sum = {sum.r + colour.r, sum.g + colour.g, sum.b + colour.b};
    ++count;
  }
  const double weight = static_cast<double>(count) + 1e-5;
  return {static_cast<float>(sum.r / weight), static_cast<float>(sum.g / weight),
          static_cast<float>(sum.b / weight)};
}

/// Right side of a pixel's two equations: sums of products in single precision.
struct RightSide {
  Rgb<float> foreground{}, background{};

  void add(float weight, const Rgb<float>& front, const Rgb<float>& back) {
    foreground = {foreground.r + weight * front.r, foreground.g + weight * front.g,
                  foreground.b + weight * front.b};
    background = {background.r + weight * back.r, background.g + weight * back.g,
                  background.b + weight * back.b};
  }
};

/// x of [left right] (x) for one channel, cut to [0, 1].
float solved(double left, float front, double right, float back) {
  return static_cast<float>(std::clamp(left * front + right * back, 0.0, 1.0));
}

/// One level: its picture and its layers so far.
struct Level {
  const Plane<Rgb<float>> image;
  const Plane<float> alpha;
  Layers<float> layers;

  void sweep(const MultiLevelOptions& options) {
    const int last_row = alpha.size().height - 1;
    const int last_column = alpha.size().width - 1;
    for (int y = 0; y <= last_row; ++y) {
      const int above = std::max(y - 1, 0), below = std::min(y + 1, last_row);
      for (int x = 0; x <= last_column; ++x) {
        const int left = std::max(x - 1, 0), right = std::min(x + 1, last_column);
        update(y, x, {{{y, left}, {y, right}, {above, x}, {below, x}}}, options);
      }
    }
  }

 private:
  void update(int y, int x, const std::array<std::array<int, 2>, 4>& neighbours,
              const MultiLevelOptions& options) {
    const float a = alpha(y, x);
    const double rest = 1.0 - a;
    const double mixed = a * rest;
    const Rgb<float>& colour = image(y, x);
    float front = a * a;
    double back = rest * rest;
    RightSide side{{a * colour.r, a * colour.g, a * colour.b},
                   {static_cast<float>(rest * colour.r), static_cast<float>(rest * colour.g),
                    static_cast<float>(rest * colour.b)}};
    for (const auto& [ny, nx] : neighbours) {
      const float weight =
          options.regularization + options.gradient_weight * std::abs(a - alpha(ny, nx));
      front += weight;
      back += weight;
      side.add(weight, layers.foreground(ny, nx), layers.background(ny, nx));
    }
    const double inverse = 1.0 / (front * back - mixed * mixed);
    const double ff = inverse * back;
    const double fb = inverse * -mixed;
    const double bb = inverse * front;
    const Rgb<float>& f = side.foreground;
    const Rgb<float>& b = side.background;
    layers.foreground(y, x) = {solved(ff, f.r, fb, b.r), solved(ff, f.g, fb, b.g),
                               solved(ff, f.b, fb, b.b)};
    layers.background(y, x) = {solved(fb, f.r, bb, b.r), solved(fb, f.g, bb, b.g),
                               solved(fb, f.b, bb, b.b)};
  }
};

constexpr std::array kOptions{
    kRegularizationOption,
    OptionSpec{.name = "gradient_weight",
               .help = "omega: smoothness per step of alpha",
               .type = OptionType::number,
               .default_value = "1",
               .min = 0,
               .max = 1e3},
    OptionSpec{.name = "small_sweeps",
               .help = "sweeps at levels of at most small_size x small_size pixels",
               .type = OptionType::integer,
               .default_value = "10",
               .min = 0,
               .max = 10000},
    OptionSpec{.name = "large_sweeps",
               .help = "sweeps at larger levels",
               .type = OptionType::integer,
               .default_value = "2",
               .min = 0,
               .max = 10000},
    OptionSpec{.name = "small_size",
               .help = "pixels; see small_sweeps",
               .type = OptionType::integer,
               .default_value = "32",
               .min = 1,
               .max = 65536}};

constexpr std::array<std::string_view, 2> kOpenChoices{
    kPictureIsComposite,
    "The paper lets the pixels of a sweep be updated in any order; PyMatting sweeps in row order "
    "in place, and so does mbench, so that the result is one and the same at every run."};

}  // namespace

std::vector<Size> multi_level_sizes(Size size) {
  const auto longer = static_cast<unsigned>(std::max(size.width, size.height));
  // ceil(log2(n)) is the bits of n - 1. A picture of one pixel, for which the program divides by
  // zero, has levels like one of two.
  const int levels = std::max(1, static_cast<int>(std::bit_width(longer - 1)));
  std::vector<Size> sizes;
  for (int l = 0; l <= levels; ++l) {
    const auto side = [&](int full) {
      return static_cast<int>(std::nearbyint(pow_exact(full, static_cast<double>(l) / levels)));
    };
    sizes.push_back({side(size.width), side(size.height)});
  }
  return sizes;
}

Layers<float> multi_level_layers(const Plane<Rgb<float>>& image, const Plane<float>& alpha,
                                 const MultiLevelOptions& options) {
  require_picture_and_matte(image.size(), alpha.size());
  const Size size = image.size();
  const Size point{1, 1};
  Layers<float> layers{
      Plane<Rgb<float>>{point, mean_colour(image, alpha, [](double a) { return a > 0.9; })},
      Plane<Rgb<float>>{point, mean_colour(image, alpha, [](double a) { return a < 0.1; })}};
  for (const Size now : multi_level_sizes(size)) {
    Level level{nearest(image, now),
                nearest(alpha, now),
                {nearest(layers.foreground, now), nearest(layers.background, now)}};
    const bool is_small = now.width <= options.small_size && now.height <= options.small_size;
    const int sweeps = is_small ? options.small_sweeps : options.large_sweeps;
    for (int i = 0; i < sweeps; ++i) level.sweep(options);
    layers = std::move(level.layers);
  }
  return layers;
}

constinit const ForegroundEstimator multi_level_foreground_estimator{
    .facts = {.id = "multi-level",
              .title = "Multi-level foreground estimation",
              .summary =
                  "F and B least in |alpha F + (1 - alpha) B - I|^2 + (epsilon + omega "
                  "|differences of alpha|) (differences of F, B)^2, by sweeps of 2x2 systems "
                  "from one pixel up to full size. Times 255, truncated.",
              .source = "PyMatting 1.1 estimate_foreground_ml, in single precision",
              .cite = "germer2021",
              .options = kOptions,
              .open_choices = kOpenChoices},
    .estimate = [](PixelView<Rgb<std::uint8_t>> picture, AlphaView alpha, const Options& options) {
      const MultiLevelOptions chosen{
          .regularization = static_cast<float>(options.number("regularization")),
          .gradient_weight = static_cast<float>(options.number("gradient_weight")),
          .small_sweeps = options.integer("small_sweeps"),
          .large_sweeps = options.integer("large_sweeps"),
          .small_size = options.integer("small_size")};
      const Layers<float> layers = multi_level_layers(to_single(unit_colours(picture)),
                                                      to_single(unit_alpha(alpha)), chosen);
      return to_u8(layers.foreground, Rounding::down);
    }};

}  // namespace mbench::baselines
