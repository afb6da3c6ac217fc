#include "datasets/demo/shapes.hpp"

#include <algorithm>
#include <cmath>

#include "core/exact_math.hpp"

namespace mbench::datasets::demo {
namespace {

Vec2 catmull_rom(Vec2 p0, Vec2 p1, Vec2 p2, Vec2 p3, double t) {
  const Vec2 a = 2.0 * p1;
  const Vec2 b = p2 - p0;
  const Vec2 c = 2.0 * p0 - 5.0 * p1 + 4.0 * p2 - p3;
  const Vec2 d = 3.0 * (p1 - p2) + p3 - p0;
  return 0.5 * (a + t * (b + t * (c + t * d)));
}

}  // namespace

Vec2 rotated(Vec2 p, double turns) {
  const double c = cos_turns(turns);
  const double s = sin_turns(turns);
  return {p.x * c - p.y * s, p.x * s + p.y * c};
}

Outline ellipse(Vec2 centre, double radius_x, double radius_y, double turns) {
  // Enough corners that the polygon stays within 1/50 unit of the ellipse.
  const double radius = std::max(radius_x, radius_y);
  const int corners = std::clamp(static_cast<int>(16.0 * std::sqrt(radius)), 12, 400);
  Outline outline;
  for (int i = 0; i < corners; ++i) {
    const double at = static_cast<double>(i) / corners;
    outline.push_back(centre +
                      rotated({radius_x * cos_turns(at), radius_y * sin_turns(at)}, turns));
  }
  return outline;
}

Outline rectangle(Vec2 low, Vec2 high) { return {low, {high.x, low.y}, high, {low.x, high.y}}; }

Outline smooth_outline(std::span<const Vec2> points, int steps) {
  Outline outline;
  const std::size_t n = points.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (int step = 0; step < steps; ++step) {
      outline.push_back(catmull_rom(points[(i + n - 1) % n], points[i], points[(i + 1) % n],
                                    points[(i + 2) % n], static_cast<double>(step) / steps));
    }
  }
  return outline;
}

Outline smooth_curve(std::span<const Vec2> points, int steps) {
  Outline curve;
  const std::size_t n = points.size();
  for (std::size_t i = 0; i + 1 < n; ++i) {
    for (int step = 0; step < steps; ++step) {
      curve.push_back(catmull_rom(points[i > 0 ? i - 1 : 0], points[i], points[i + 1],
                                  points[std::min(i + 2, n - 1)],
                                  static_cast<double>(step) / steps));
    }
  }
  curve.push_back(points[n - 1]);
  return curve;
}

Outline bar(Vec2 from, Vec2 to, double width_from, double width_to) {
  const Vec2 across = perpendicular(unit(to - from));
  return {from + (0.5 * width_from) * across, to + (0.5 * width_to) * across,
          to - (0.5 * width_to) * across, from - (0.5 * width_from) * across};
}

}  // namespace mbench::datasets::demo
