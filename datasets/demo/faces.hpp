#pragma once
#include "datasets/demo/frame.hpp"
#include "datasets/demo/stage.hpp"

namespace mbench::datasets::demo {

/// An animal's eye: a wet ball in a dark rim.
struct Eye {
  Vec2 centre{};
  double radius_x{}, radius_y{};
  double turns{};
  Vec3 iris{};
  double pupil_x{0.5}, pupil_y{0.8};  ///< radii, share of the eye's
};

void draw_eye(Stage& stage, const Eye& eye);

/// A wet nose with two nostrils; half_width in units.
void draw_nose(Stage& stage, Vec2 centre, double half_width, Vec3 colour);

/// Whiskers from both cheeks of a frontal head.
void draw_whiskers(Stage& stage, const Frame& frame, Vec2 muzzle, double reach, int per_side,
                   Vec3 colour);

}  // namespace mbench::datasets::demo
