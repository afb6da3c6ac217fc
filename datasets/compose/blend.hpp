#pragma once
#include <cstdint>

#include "core/image.hpp"
#include "core/plane.hpp"

// Blending of a foreground F over a background B by a matte v, all of 8 bits, as published programs
// do it. Every function throws bad_input unless the three have one size.

namespace mbench::datasets::compose {

using Colours = Plane<Rgb<std::uint8_t>>;
using ColourView = PixelView<Rgb<std::uint8_t>>;

/// What of a matte file with three channels is the matte.
enum class MatteChannels {
  first,  ///< the first for all colours
  each,   ///< each for its colour
  grey,   ///< their grey value as libpng 1.6 makes it for cv::imread: see grey_of()
};

/// The matte of a pixel, for each colour.
[[nodiscard]] Rgb<std::uint8_t> matte_of(const Rgb<std::uint8_t>& pixel, MatteChannels channels);

/// trunc(a F + (1 - a) B) in double precision with a = v/255: two products and their sum, each
/// rounded once. For v = 255 that is F, for v = 0 it is B. Where v F + (255 - v) B is no multiple
/// of 255 the result is the integer quotient; at multiples the sum of the rounded products may lie
/// just below, and truncation gives one less: so for 12397 of all 2^24 triples.
[[nodiscard]] Colours blend_truncated(ColourView foreground, ColourView alpha,
                                      ColourView background, MatteChannels channels);

/// The same from its definition, number by number: what the faster one is tested against.
[[nodiscard]] Colours blend_truncated_plain(ColourView foreground, ColourView alpha,
                                            ColourView background, MatteChannels channels);

/// trunc(a F + (1 - a) B) in single precision, a = v/255 divided in double and rounded to float.
[[nodiscard]] Colours blend_truncated_f32(ColourView foreground, ColourView alpha,
                                          ColourView background, MatteChannels channels);
/// The same with a in [0, 1] as it is.
[[nodiscard]] Colours blend_float_truncated(ColourView foreground, PixelView<float> alpha,
                                            ColourView background);

/// a F + (1 - a) B in single precision with a cut to 0 ... 1, rounded to nearest, halves to even.
[[nodiscard]] Colours blend_float_rounded(ColourView foreground, PixelView<float> alpha,
                                          ColourView background);

/// a F + (1 - a) B in double precision as above, rounded to nearest, halves to even.
[[nodiscard]] Colours blend_rounded(ColourView foreground, ColourView alpha, ColourView background,
                                    MatteChannels channels);

/// (9797 r + 19234 g + 3737 b) >> 15, the weights 0.299, 0.587 and what is left of 1 in 15 bits;
/// equal channels stay what they are.
[[nodiscard]] constexpr std::uint8_t grey_of(const Rgb<std::uint8_t>& pixel) {
  return static_cast<std::uint8_t>((9797 * pixel.r + 19234 * pixel.g + 3737 * pixel.b) >> 15);
}

}  // namespace mbench::datasets::compose
