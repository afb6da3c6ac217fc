#pragma once
#include "core/random.hpp"
#include "datasets/demo/canvas.hpp"
#include "datasets/demo/light.hpp"

namespace mbench::datasets::demo {

/// What a recipe gets: the canvas (front to back), its size in units, the light and its own random
/// numbers. Two stages of the same seed differ in resolution alone.
struct Stage {
  Canvas& canvas;
  Light light{};
  Random random;
  Vec2 extent{};  ///< width and height of the picture in units
  int variant{};  ///< which of its looks a recipe should show; any number

  [[nodiscard]] Vec2 centre() const { return 0.5 * extent; }
};

}  // namespace mbench::datasets::demo
