#pragma once
#include "core/random.hpp"
#include "datasets/demo/canvas.hpp"
#include "datasets/demo/light.hpp"
#include "datasets/demo/stage.hpp"

namespace mbench::datasets::demo {

/// A leaf blade between two points: a lens about a bent midrib, its halves tilted to both sides.
struct Leaf {
  Vec2 base{}, tip{};
  double half_width{};  ///< at the widest place, units
  double bend{0.1};     ///< sideways bow of the midrib, share of the length
  double widest{0.4};   ///< where along the midrib
  Vec3 albedo{};
  double tilt{0.35};  ///< of each half, towards or away from the viewer
  double veins{0.0};  ///< side veins per length
  bool serrated{};
};
void draw_leaf(Stage& stage, const Leaf& leaf, std::uint32_t seed);

/// A stem through the points, round in the light, from one half width to another.
void draw_stem(Stage& stage, std::span<const Vec2> points, double half_width_from,
               double half_width_to, Vec3 albedo);

/// A clay pot with a rim; `top` is the middle of its upper edge. Earth shows inside.
struct Pot {
  Vec2 top{};
  double half_width{}, height{};
  Vec3 albedo{};
};
void draw_pot(Stage& stage, const Pot& pot, std::uint32_t seed);
/// The earth in the pot, which stems in front of it should hide: draw it after the pot.
void draw_pot_inside(Stage& stage, const Pot& pot, std::uint32_t seed);

}  // namespace mbench::datasets::demo
