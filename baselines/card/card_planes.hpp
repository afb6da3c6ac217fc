#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "baselines/card/card.hpp"
#include "core/image.hpp"
#include "core/plane.hpp"
#include "imaging/padding.hpp"

// Resizing and padding as a card names them.

namespace mbench::baselines {

/// Levels of 8 bits at another size, in [0, 1].
[[nodiscard]] Plane<double> resized_levels(const Plane<std::uint8_t>& levels, Size size,
                                           const CardResize& rule);

/// The same as levels of 8 bits, rounded to nearest.
[[nodiscard]] Plane<std::uint8_t> resized_bytes(const Plane<std::uint8_t>& levels, Size size,
                                                const CardResize& rule);

/// Red, green and blue at another size, in [0, 1]. At its own size the image keeps its depth; what
/// works on 8 bits gets it in 8 bits.
[[nodiscard]] std::vector<Plane<double>> resized_colours(const Image& image, Size size,
                                                         const CardResize& rule);

/// Numbers of any range at another size, in the rule's precision. Not for rules that work on 8
/// bits.
[[nodiscard]] std::vector<Plane<double>> resized_channels(std::vector<Plane<double>> channels,
                                                          Size size, const CardResize& rule);

/// Numbers at another size. Rules for 8 bits see them clipped to [0, 1] and rounded.
[[nodiscard]] Plane<float> resized_numbers(const Plane<float>& numbers, Size size,
                                           const CardResize& rule);

/// The picture at another size: 8 bits stay 8 bits, other depths become floats.
[[nodiscard]] Image resized_picture(const Image& image, Size size, const CardResize& rule);

/// What a constant of a step of padding is: a level of 0 to 255 in a plane of [0, 1], or the number
/// itself.
enum class PadValue { level, number };

/// The plane after all steps of padding.
[[nodiscard]] Plane<double> padded(Plane<double> plane, std::span<const CardPad> steps,
                                   PadValue value = PadValue::level);

/// Where the image lies after all steps of padding, and how large all of it is.
struct PaddedPlace {
  imaging::Rect image{};
  Size size{};
};
[[nodiscard]] PaddedPlace padded_place(Size size, std::span<const CardPad> steps);

}  // namespace mbench::baselines
