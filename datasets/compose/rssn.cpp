#include "datasets/compose/rssn.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "core/error.hpp"
#include "datasets/compose/ingredients.hpp"

namespace mbench::datasets::compose {
namespace {

std::uint8_t to_byte(double value) { return static_cast<std::uint8_t>(static_cast<int>(value)); }

std::uint8_t to_byte(double value, Overflow overflow) {
  return to_byte(overflow == Overflow::clamp ? std::clamp(value, 0.0, 255.0) : value);
}

template <typename T>
Colours add_noise_to(PixelView<Rgb<T>> colours, ExactColourView noise, Overflow overflow) {
  if (colours.size() != noise.size()) {
    throw Error{ErrorKind::bad_input,
                {.what = "an image and its noise must have one size",
                 .expected = fmt::format("{} (image)", to_string(colours.size())),
                 .found = fmt::format("{} (noise)", to_string(noise.size()))}};
  }
  Colours result{colours.size()};
  for (int y = 0; y < colours.size().height; ++y) {
    const auto to = result.row(y);
    for (int x = 0; x < colours.size().width; ++x) {
      const Rgb<T>& c = colours(y, x);
      const Rgb<double>& n = noise(y, x);
      to[static_cast<std::size_t>(x)] = {to_byte(c.r + n.r, overflow), to_byte(c.g + n.g, overflow),
                                         to_byte(c.b + n.b, overflow)};
    }
  }
  return result;
}

}  // namespace

ExactColours resized_background(ColourView background, Size size, imaging::ResizeRule rule) {
  ExactColours resized = imaging::resize_skimage(background, size, rule);
  for (Rgb<double>& pixel : resized.values()) {
    pixel = {255.0 * pixel.r, 255.0 * pixel.g, 255.0 * pixel.b};
  }
  return resized;
}

Colours blend_rssn(ColourView foreground, ColourView alpha, ExactColourView background) {
  require_one_size(foreground.size(), alpha.size(), background.size());
  std::array<float, 256> alphas{};
  for (std::size_t v = 0; v < alphas.size(); ++v) {
    alphas[v] = static_cast<float>(static_cast<double>(v) / 255.0);
  }
  Colours result{foreground.size()};
  for (int y = 0; y < foreground.size().height; ++y) {
    const auto to = result.row(y);
    for (int x = 0; x < foreground.size().width; ++x) {
      const float a = alphas[alpha(y, x).r];
      const double rest = double{1.0F - a};
      const auto blend = [&](std::uint8_t f, double b) {
        return to_byte(double{a * static_cast<float>(f)} + rest * b);
      };
      const Rgb<std::uint8_t>& f = foreground(y, x);
      const Rgb<double>& b = background(y, x);
      to[static_cast<std::size_t>(x)] = {blend(f.r, b.r), blend(f.g, b.g), blend(f.b, b.b)};
    }
  }
  return result;
}

Colours truncated(ExactColourView colours) {
  Colours result{colours.size()};
  for (int y = 0; y < colours.size().height; ++y) {
    std::ranges::transform(colours.row(y), result.row(y).begin(), [](const Rgb<double>& pixel) {
      return Rgb<std::uint8_t>{to_byte(pixel.r), to_byte(pixel.g), to_byte(pixel.b)};
    });
  }
  return result;
}

ExactColours gaussian_noise(Size size, double sigma, Random random) {
  ExactColours noise{size};
  const std::span<double> numbers{&noise.values().data()->r, 3 * noise.values().size()};
  random.gaussians(0, numbers);
  for (double& number : numbers) number *= sigma;
  return noise;
}

Colours add_noise(ColourView colours, ExactColourView noise, Overflow overflow) {
  return add_noise_to(colours, noise, overflow);
}
Colours add_noise(ExactColourView colours, ExactColourView noise, Overflow overflow) {
  return add_noise_to(colours, noise, overflow);
}

}  // namespace mbench::datasets::compose
