#pragma once
#include <string_view>

#include "datasets/compose/blend.hpp"
#include "datasets/compose/rule.hpp"

namespace mbench::datasets::compose {

/// Throws bad_input unless the foreground and its matte have one size.
void require_matte_size(const Ingredients& ingredients);

/// Throws bad_input unless the three sizes are equal.
void require_one_size(Size foreground, Size alpha, Size background);

/// Throws bad_input unless the background has pixels.
void require_pixels(Size background);

/// Draws whether a step of this probability is taken, and writes it down with the number drawn.
[[nodiscard]] bool step_taken(std::string_view step, double probability, Random& random,
                              Particulars& particulars);

[[nodiscard]] Colours copy_of(ColourView colours);

}  // namespace mbench::datasets::compose
