#include "datasets/compose/blend.hpp"

#include <cmath>

#include "datasets/compose/ingredients.hpp"

namespace mbench::datasets::compose {
namespace {

/// trunc(a F + (1 - a) B) of one number.
std::uint8_t truncated(std::uint8_t v, std::uint8_t foreground, std::uint8_t background) {
  const double alpha = v / 255.0;
  return static_cast<std::uint8_t>(alpha * foreground + (1.0 - alpha) * background);
}

std::uint8_t truncated_f32(std::uint8_t v, std::uint8_t foreground, std::uint8_t background) {
  const auto alpha = static_cast<float>(v / 255.0);
  return static_cast<std::uint8_t>(alpha * static_cast<float>(foreground) +
                                   (1.0F - alpha) * static_cast<float>(background));
}

std::uint8_t rounded(std::uint8_t v, std::uint8_t foreground, std::uint8_t background) {
  const double alpha = v / 255.0;
  return static_cast<std::uint8_t>(std::lrint(alpha * foreground + (1.0 - alpha) * background));
}

Rgb<std::uint8_t> matte_of(const Rgb<std::uint8_t>& pixel, MatteChannels channels) {
  switch (channels) {
    case MatteChannels::first: return {pixel.r, pixel.r, pixel.r};
    case MatteChannels::each: return pixel;
    case MatteChannels::grey: break;
  }
  const std::uint8_t grey = grey_of(pixel);
  return {grey, grey, grey};
}

template <typename Blend>
Colours blend_by(Blend blend, ColourView foreground, ColourView alpha, ColourView background,
                 MatteChannels channels) {
  require_one_size(foreground.size(), alpha.size(), background.size());
  Colours result{foreground.size()};
  for (int y = 0; y < foreground.size().height; ++y) {
    for (int x = 0; x < foreground.size().width; ++x) {
      const Rgb<std::uint8_t> f = foreground(y, x);
      const Rgb<std::uint8_t> b = background(y, x);
      const Rgb<std::uint8_t> v = matte_of(alpha(y, x), channels);
      result(y, x) = {blend(v.r, f.r, b.r), blend(v.g, f.g, b.g), blend(v.b, f.b, b.b)};
    }
  }
  return result;
}

}  // namespace

Colours blend_truncated(ColourView foreground, ColourView alpha, ColourView background,
                        MatteChannels channels) {
  return blend_by(truncated, foreground, alpha, background, channels);
}

Colours blend_truncated_f32(ColourView foreground, ColourView alpha, ColourView background,
                            MatteChannels channels) {
  return blend_by(truncated_f32, foreground, alpha, background, channels);
}

Colours blend_rounded(ColourView foreground, ColourView alpha, ColourView background,
                      MatteChannels channels) {
  return blend_by(rounded, foreground, alpha, background, channels);
}

}  // namespace mbench::datasets::compose
