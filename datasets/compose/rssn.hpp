#pragma once
#include "core/random.hpp"
#include "datasets/compose/blend.hpp"
#include "imaging/resample.hpp"

// The steps of RSSN, the composition route of GFM and AIM [li2022gfm, li2021]: resolution,
// sharpness, semantics, noise. Colours between the steps are doubles in 0 ... 255.

namespace mbench::datasets::compose {

using ExactColours = Plane<Rgb<double>>;
using ExactColourView = PixelView<Rgb<double>>;

/// 255 times what scikit-image's resize() makes of the background: the exact size of the
/// foreground, whatever the aspect ratio.
[[nodiscard]] ExactColours resized_background(ColourView background, Size size,
                                              imaging::ResizeRule rule);

/// trunc(a F + (1 - a) B) with a = v/255 as a float of the matte's first channel, the product a F
/// and the difference 1 - a rounded to float, the rest in double precision. Throws bad_input unless
/// the three have one size.
[[nodiscard]] Colours blend_rssn(ColourView foreground, ColourView alpha,
                                 ExactColourView background);

[[nodiscard]] Colours truncated(ExactColourView colours);

/// What becomes of numbers below 0 or from 256 on.
enum class Overflow {
  clamp,  ///< 0 or 255
  wrap,   ///< as published: modulo 256, after truncation towards 0
};

/// Independent numbers of the normal distribution for every pixel and channel, mean 0.
[[nodiscard]] ExactColours gaussian_noise(Size size, double sigma, Random random);

/// trunc(colours + noise). Throws bad_input unless the two have one size.
[[nodiscard]] Colours add_noise(ColourView colours, ExactColourView noise, Overflow overflow);
[[nodiscard]] Colours add_noise(ExactColourView colours, ExactColourView noise, Overflow overflow);

}  // namespace mbench::datasets::compose
