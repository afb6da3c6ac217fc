#pragma once
#include <initializer_list>
#include <span>

#include "datasets/demo/coverage.hpp"
#include "datasets/demo/vec.hpp"

namespace mbench::datasets::demo {

/// An ellipse as a polygon; `turns` rotates it, in turns, clockwise on the screen.
[[nodiscard]] Outline ellipse(Vec2 centre, double radius_x, double radius_y, double turns = 0.0);
/// A rectangle by its corners.
[[nodiscard]] Outline rectangle(Vec2 low, Vec2 high);
/// A closed smooth curve (Catmull-Rom) through the points.
[[nodiscard]] Outline smooth_outline(std::span<const Vec2> points, int steps = 10);
/// An open smooth curve (Catmull-Rom) through the points, ends included.
[[nodiscard]] Outline smooth_curve(std::span<const Vec2> points, int steps = 10);
/// A bar between two points, of the given widths at its ends.
[[nodiscard]] Outline bar(Vec2 from, Vec2 to, double width_from, double width_to);
/// p turned about the origin by an angle in turns.
[[nodiscard]] Vec2 rotated(Vec2 p, double turns);

}  // namespace mbench::datasets::demo
