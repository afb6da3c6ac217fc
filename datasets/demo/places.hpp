#pragma once
#include "core/random.hpp"
#include "datasets/demo/background.hpp"
#include "datasets/demo/canvas.hpp"

namespace mbench::datasets::demo {

/// Draws a place over the whole canvas, sharp.
void draw_place(Canvas& canvas, Place place, Random random);

}  // namespace mbench::datasets::demo
