#pragma once
#include "datasets/compose/blend.hpp"
#include "datasets/compose/rule.hpp"

namespace mbench::datasets::compose {

/// Throws bad_input unless the foreground and its matte have one size.
void require_matte_size(const Ingredients& ingredients);

/// Throws bad_input unless the three sizes are equal.
void require_one_size(Size foreground, Size alpha, Size background);

[[nodiscard]] Colours copy_of(ColourView colours);

}  // namespace mbench::datasets::compose
