#pragma once
#include <functional>

#include "core/random.hpp"
#include "datasets/demo/canvas.hpp"
#include "datasets/demo/light.hpp"
#include "datasets/demo/relief.hpp"

namespace mbench::datasets::demo {

/// Fur over a body. Lengths and widths in scene units.
struct FurStyle {
  double length{14.0};  ///< median; lengths are log-normal
  double length_sigma{0.36};
  double half_width{0.44};  ///< at the root; a seventh of it at the tip
  double spacing{2.3};      ///< between roots
  double lift{0.6};         ///< how far a hair stands off: 0 lies flat, 1 as much up as along
  double clump_size{9.0};   ///< tufts: hairs of one cell bend towards a common tip
  double clump{0.45};       ///< how far, at the tip; 0 = not at all
  double curl{0.12};        ///< sideways bend, standard deviation, share of the length
  double tone{0.16};        ///< spread of brightness from hair to hair
  double flyaway{0.05};     ///< share of hairs that are half as long again and stand off
  double gloss{0.18};
  Vec2 gravity{0.0, 0.25};  ///< bend at the tip, share of the length
  int segments{5};

  /// Direction in which the hair lies; its length scales the hair's (0: bare skin).
  std::function<Vec2(Vec2)> flow{};
  /// Colour of the coat at a place.
  std::function<Vec3(Vec2)> albedo{};
};

/// Draws the coat and then the skin under it: nearest first, as the canvas wants it.
void draw_fur(Canvas& canvas, const Relief& body, const Light& light, const FurStyle& style,
              Random random);

/// The coat alone.
void draw_fur_strands(Canvas& canvas, const Relief& body, const Light& light, const FurStyle& style,
                      Random random);

/// Draws the body alone, with the given colour: skin, cloth, plastic. `gloss` in [0, 1].
void draw_skin(Canvas& canvas, const Relief& body, const Light& light,
               const std::function<Vec3(Vec2)>& albedo, double gloss = 0.0, double sharpness = 20.0,
               double inset = 0.0);

}  // namespace mbench::datasets::demo
