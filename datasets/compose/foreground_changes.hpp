#pragma once
#include <array>
#include <cstdint>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "core/random.hpp"
#include "datasets/compose/blend.hpp"
#include "imaging/resample.hpp"

// What training programs do to a foreground and its matte before they compose.

namespace mbench::datasets::compose {

/// A foreground whose matte may leave 0 ... 1, as interpolation makes it.
struct FloatMatted {
  Colours foreground{};
  Plane<float> alpha{};
};

/// How the second foreground is brought to the size of the first.
struct MergeInterpolation {
  imaging::Interpolation foreground{}, alpha{};
};

/// Two foregrounds as one [li2020gca]: with F2 and a2 resized to the size of F by OpenCV, as
/// 8 bits and as floats,
///     a' = 1 - (1 - a)(1 - a2),  F' = trunc(a F + (1 - a) F2)   in single precision,
/// unless a' is 1 at every pixel: then F and a stay as they are. Throws bad_input unless each
/// foreground has its matte's size.
struct Merged {
  FloatMatted matted{};
  bool is_merged{};
};
[[nodiscard]] Merged merge_foregrounds(ColourView foreground, const Plane<float>& alpha,
                                       ColourView second_foreground,
                                       const Plane<float>& second_alpha,
                                       const MergeInterpolation& interpolation);

/// A colour u (0 ... 255) towards which a foreground is moved, and how much of the foreground stays
/// per channel.
struct ColourShift {
  std::array<double, 3> colour{};
  std::array<double, 3> weight{};
};

/// trunc(w F + (1 - w) u) in double precision [wang2022, section 4.2].
[[nodiscard]] Colours shift_colours(ColourView foreground, const ColourShift& shift);

/// 255 - F.
[[nodiscard]] Colours inverted(ColourView foreground);

/// Channel i of the result is channel order[i].
[[nodiscard]] Colours permuted(ColourView foreground, const std::array<int, 3>& order);

/// Which end of the matte gamma bends.
enum class GammaEnd { clear, opaque };

/// trunc(255 a^gamma), or trunc(255 (1 - (1 - a)^gamma)), of every a = v/255; the two ends of the
/// range stay what they are.
[[nodiscard]] std::array<std::uint8_t, 256> gamma_table(double gamma, GammaEnd end);

}  // namespace mbench::datasets::compose
