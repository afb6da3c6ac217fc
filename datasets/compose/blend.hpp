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
};

/// trunc(a F + (1 - a) B) in double precision with a = v/255: two products and their sum, each
/// rounded once. For v = 255 that is F, for v = 0 it is B. Where v F + (255 - v) B is no multiple
/// of 255 the result is the integer quotient; at multiples the sum of the rounded products may lie
/// just below, and truncation gives one less: so for 12397 of all 2^24 triples.
[[nodiscard]] Colours blend_truncated(ColourView foreground, ColourView alpha,
                                      ColourView background, MatteChannels channels);

}  // namespace mbench::datasets::compose
