#include "datasets/demo/light.hpp"

#include <algorithm>
#include <cmath>

#include "core/exact_math.hpp"

namespace mbench::datasets::demo {
namespace {

Vec3 surroundings(const Light& light, Vec3 normal) {
  return mix(light.sky, light.ground, 0.5 + 0.5 * normal.y);
}

Vec3 half_vector(const Light& light) { return unit(light.direction + Vec3{0, 0, 1}); }

double soft_clip(double v) {
  constexpr double kKnee = 0.7;
  if (v <= kKnee) return std::max(v, 0.0);
  const double over = (v - kKnee) / (1.0 - kKnee);
  return kKnee + (1.0 - kKnee) * over / (1.0 + over);
}

}  // namespace

Vec3 soft_clip(Vec3 colour) {
  return {soft_clip(colour.x), soft_clip(colour.y), soft_clip(colour.z)};
}

Vec3 shade_matt(const Light& light, Vec3 albedo, Vec3 normal, double open) {
  constexpr double kWrap = 0.25;
  const double lit = clamp01((dot(normal, light.direction) + kWrap) / (1.0 + kWrap));
  return albedo * (lit * (0.6 + 0.4 * open) * light.key + open * surroundings(light, normal));
}

double shade_gloss(const Light& light, Vec3 normal, double sharpness) {
  return pow_exact(clamp01(dot(normal, half_vector(light))), sharpness);
}

Vec3 shade_hair(const Light& light, Vec3 albedo, Vec3 tangent, Vec3 normal, double gloss,
                double open) {
  const double along = dot(tangent, light.direction);
  const double sine = std::sqrt(clamp01(1.0 - along * along));
  const double half = dot(tangent, half_vector(light));
  const double s2 = clamp01(1.0 - half * half);
  const double s8 = s2 * s2 * s2 * s2;
  const double facing = clamp01((dot(normal, light.direction) + 0.45) / 1.45);
  const Vec3 diffuse =
      albedo * ((0.35 + 0.65 * sine) * facing * light.key + open * surroundings(light, normal));
  // The mirror image on hair takes half of its colour from the pigment.
  const Vec3 shine = (gloss * s8 * s8 * facing) * mix(light.key, albedo * light.key, 0.5);
  return diffuse + shine;
}

}  // namespace mbench::datasets::demo
