#pragma once
#include <cmath>

namespace mbench::datasets::demo {

/// A point or direction in the picture: scene units, x to the right, y downwards.
struct Vec2 {
  double x{}, y{};

  friend constexpr Vec2 operator+(Vec2 p, Vec2 q) { return {p.x + q.x, p.y + q.y}; }
  friend constexpr Vec2 operator-(Vec2 p, Vec2 q) { return {p.x - q.x, p.y - q.y}; }
  friend constexpr Vec2 operator*(double s, Vec2 p) { return {s * p.x, s * p.y}; }
};

/// A direction in space (x right, y down, z towards the viewer), or a colour: red, green, blue in
/// [0, 1] as a file codes them.
struct Vec3 {
  double x{}, y{}, z{};

  friend constexpr Vec3 operator+(Vec3 p, Vec3 q) { return {p.x + q.x, p.y + q.y, p.z + q.z}; }
  friend constexpr Vec3 operator-(Vec3 p, Vec3 q) { return {p.x - q.x, p.y - q.y, p.z - q.z}; }
  friend constexpr Vec3 operator*(double s, Vec3 p) { return {s * p.x, s * p.y, s * p.z}; }
  /// Component by component: a surface of colour p under light of colour q.
  friend constexpr Vec3 operator*(Vec3 p, Vec3 q) { return {p.x * q.x, p.y * q.y, p.z * q.z}; }
};

[[nodiscard]] constexpr double dot(Vec2 p, Vec2 q) { return p.x * q.x + p.y * q.y; }
[[nodiscard]] constexpr double dot(Vec3 p, Vec3 q) { return p.x * q.x + p.y * q.y + p.z * q.z; }
[[nodiscard]] inline double length(Vec2 p) { return std::sqrt(dot(p, p)); }
[[nodiscard]] inline double length(Vec3 p) { return std::sqrt(dot(p, p)); }
/// The unit vector of p; the zero vector stays as it is.
[[nodiscard]] inline Vec2 unit(Vec2 p) {
  const double norm = length(p);
  return norm > 0.0 ? (1.0 / norm) * p : p;
}
[[nodiscard]] inline Vec3 unit(Vec3 p) {
  const double norm = length(p);
  return norm > 0.0 ? (1.0 / norm) * p : p;
}
/// p turned by a quarter turn: (-y, x).
[[nodiscard]] constexpr Vec2 perpendicular(Vec2 p) { return {-p.y, p.x}; }

[[nodiscard]] constexpr double clamp01(double v) { return v < 0.0 ? 0.0 : v > 1.0 ? 1.0 : v; }
[[nodiscard]] constexpr double mix(double from, double to, double t) {
  return from + (to - from) * t;
}
[[nodiscard]] constexpr Vec2 mix(Vec2 from, Vec2 to, double t) { return from + t * (to - from); }
[[nodiscard]] constexpr Vec3 mix(Vec3 from, Vec3 to, double t) { return from + t * (to - from); }
/// 0 below `low`, 1 above `high`, a cubic with flat ends between.
[[nodiscard]] constexpr double smooth_step(double low, double high, double v) {
  const double t = clamp01((v - low) / (high - low));
  return t * t * (3.0 - 2.0 * t);
}

}  // namespace mbench::datasets::demo
