#pragma once
#include "core/random.hpp"
#include "datasets/compose/blend.hpp"
#include "imaging/resample.hpp"

// The steps of RSSN, the composition route of GFM and AIM [li2022gfm, li2021]: resolution,
// sharpness, semantics, noise. Colours between the steps are doubles in 0 ... 255.

namespace mbench::datasets::compose {

using ExactColours = Plane<Rgb<double>>;
using ExactColourView = PixelView<Rgb<double>>;

// Each step is there for whole images and for rows of `width` pixels; the rule works by rows, so
// that no plane of doubles leaves the caches.

/// 255 times what scikit-image's resize() makes of the background: the exact size of the
/// foreground, whatever the aspect ratio.
[[nodiscard]] ExactColours resized_background(ColourView background, Size size,
                                              imaging::ResizeRule rule);

/// The rows of it.
class BackgroundRows {
 public:
  /// Views the background for as long as the object lives.
  BackgroundRows(ColourView background, Size size, imaging::ResizeRule rule);
  void write(int y, Rgb<double>* to);

 private:
  imaging::SkimageRows resized_;
  std::size_t width_;
};

/// trunc(a F + (1 - a) B) with a = v/255 as a float of the matte's first channel, the product a F
/// and the difference 1 - a rounded to float, the rest in double precision. Throws bad_input unless
/// the three have one size.
[[nodiscard]] Colours blend_rssn(ColourView foreground, ColourView alpha,
                                 ExactColourView background);

void blend_rssn_row(const Rgb<std::uint8_t>* foreground, const Rgb<std::uint8_t>* alpha,
                    const Rgb<double>* background, Rgb<std::uint8_t>* to, std::size_t width);

void truncate_row(const Rgb<double>* colours, Rgb<std::uint8_t>* to, std::size_t width);

/// What becomes of numbers below 0 or from 256 on.
enum class Overflow {
  clamp,  ///< 0 or 255
  wrap,   ///< as published: modulo 256, after truncation towards 0
};

/// Row y of independent numbers of the normal distribution for every pixel and channel, mean 0.
void write_noise_row(int y, double sigma, const Random& random, Rgb<double>* to, std::size_t width);

/// trunc(colours + noise). Throws bad_input unless the two have one size.
[[nodiscard]] Colours add_noise(ColourView colours, ExactColourView noise, Overflow overflow);
void add_noise_row(const Rgb<std::uint8_t>* colours, const Rgb<double>* noise, Overflow overflow,
                   Rgb<std::uint8_t>* to, std::size_t width);
void add_noise_row(const Rgb<double>* colours, const Rgb<double>* noise, Overflow overflow,
                   Rgb<std::uint8_t>* to, std::size_t width);

}  // namespace mbench::datasets::compose
