#pragma once
#include <cstdint>
#include <string_view>

#include "datasets/compose/blend.hpp"
#include "datasets/compose/rule.hpp"

namespace mbench::datasets::compose {

/// Throws bad_input unless the foreground and its matte have one size. `name` of the foreground,
/// for the message.
void require_matte_size(Size foreground, Size matte, std::string_view name);
void require_matte_size(const Ingredients& ingredients);

/// Throws bad_input unless the three sizes are equal.
void require_one_size(Size foreground, Size alpha, Size background);

/// Throws bad_input unless the background has pixels.
void require_pixels(Size background);

/// Draws whether a step of this probability is taken, and writes it down with the number drawn.
[[nodiscard]] bool step_taken(std::string_view step, double probability, Random& random,
                              Particulars& particulars);

/// The grey value of each pixel: a matte file as cv::imread reads it.
[[nodiscard]] Plane<std::uint8_t> grey_matte(ColourView alpha);

}  // namespace mbench::datasets::compose
