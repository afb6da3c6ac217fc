#include "datasets/demo/leaf.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/exact_math.hpp"
#include "datasets/demo/noise.hpp"
#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {

void draw_leaf(Stage& stage, const Leaf& leaf, std::uint32_t seed) {
  const Vec2 axis = leaf.tip - leaf.base;
  const double reach = length(axis);
  if (reach < 0.5) return;
  const Vec2 along = (1.0 / reach) * axis;
  const Vec2 across = perpendicular(along);
  const auto rib = [&](double t) {
    return leaf.base + (reach * t) * along + (4.0 * leaf.bend * reach * t * (1.0 - t)) * across;
  };
  // t^p (1 - t)^q with its maximum 1 at `widest`.
  const double p = 0.75;
  const double q = p * (1.0 - leaf.widest) / leaf.widest;
  const double peak = pow_exact(leaf.widest, p) * pow_exact(1.0 - leaf.widest, q);
  const int steps = std::clamp(static_cast<int>(reach / 3.0), 8, 40);
  Outline outline;
  const auto edge = [&](int i, double side) {
    const double t = static_cast<double>(i) / steps;
    double wide = leaf.half_width * pow_exact(t, p) * pow_exact(1.0 - t, q) / peak;
    if (leaf.serrated && i % 2 == 1) wide *= 0.88;
    return rib(t) + (side * wide) * across;
  };
  for (int i = 0; i <= steps; ++i) outline.push_back(edge(i, 1.0));
  for (int i = steps - 1; i > 0; --i) outline.push_back(edge(i, -1.0));

  stage.canvas.fill(std::move(outline), [&](Vec2 at) {
    const double t = clamp01(dot(at - leaf.base, along) / reach);
    const double off = dot(at - rib(t), across);
    const double v = off / std::max(leaf.half_width, 0.5);
    const double side = v < 0.0 ? -1.0 : 1.0;
    // The halves slope away from the midrib, and the blade droops towards its tip.
    const Vec2 lean = (side * leaf.tilt) * across + (0.5 * (t - 0.4)) * along;
    const Vec3 normal = unit(Vec3{lean.x, lean.y, 1.0});
    double tone = 1.0 + 0.14 * fractal_noise((1.0 / 9.0) * at, 3, 0.6, seed);
    const double rib_width = std::max(0.45, 0.05 * leaf.half_width);
    const double on_rib = smooth_step(1.6 * rib_width, 0.5 * rib_width, std::abs(off));
    if (leaf.veins > 0.0) {
      const double wave = sin_turns(leaf.veins * (t - 0.32 * std::abs(v)));
      tone += 0.10 * smooth_step(0.75, 1.0, wave) - 0.05 * wave;
    }
    const Vec3 albedo =
        mix(tone * leaf.albedo, 1.35 * leaf.albedo + Vec3{.06, .06, .04}, 0.6 * on_rib);
    // Light shines through a blade that turns away from it.
    const Vec3 through =
        (0.25 * clamp01(-dot(normal, stage.light.direction) + 0.5)) * (albedo * Vec3{.95, 1.0, .5});
    return soft_clip(shade_matt(stage.light, albedo, normal) + through +
                     (0.12 * shade_gloss(stage.light, normal, 18.0)) * stage.light.key);
  });
}

void draw_stem(Stage& stage, std::span<const Vec2> points, double half_width_from,
               double half_width_to, Vec3 albedo) {
  const Outline curve = smooth_curve(points, 8);
  // Three ribbons side by side: the lit edge, the middle and the shaded edge of a round stem.
  const std::size_t n = curve.size();
  for (int ribbon = -1; ribbon <= 1; ++ribbon) {
    std::vector<StrandPoint> strand;
    for (std::size_t i = 0; i < n; ++i) {
      const double t = static_cast<double>(i) / static_cast<double>(n - 1);
      const Vec2 along = unit(curve[std::min(i + 1, n - 1)] - curve[i > 0 ? i - 1 : 0]);
      const Vec2 across = perpendicular(along);
      const double half = mix(half_width_from, half_width_to, t);
      const Vec3 normal = unit(Vec3{0.9 * ribbon * across.x, 0.9 * ribbon * across.y, 0.7});
      strand.push_back({curve[i] + (0.6 * ribbon * half) * across, 0.4 * half,
                        soft_clip(shade_matt(stage.light, albedo, normal))});
    }
    stage.canvas.strand(strand);
  }
}

void draw_pot(Stage& stage, const Pot& pot, std::uint32_t seed) {
  const double rim = 0.2 * pot.height;
  const double squash = 0.16 * pot.half_width;  // the ellipse of the opening, seen from above
  const auto shade = [&](double half_width, double shadow) {
    return [&stage, &pot, half_width, shadow, seed, rim](Vec2 at) {
      const double u = std::clamp((at.x - pot.top.x) / half_width, -0.999, 0.999);
      const Vec3 normal = unit(Vec3{u, -0.05, std::sqrt(1.0 - u * u)});
      const double n = fractal_noise((1.0 / 12.0) * at, 5, 0.6, seed);
      const double stain =
          smooth_step(0.1, 0.5, fractal_noise((1.0 / 60.0) * at, 3, 0.5, seed + 3));
      const double under = shadow * smooth_step(pot.top.y + 1.5 * rim, pot.top.y + rim, at.y);
      const Vec3 albedo =
          (1.0 + 0.14 * n - 0.45 * under) * mix(pot.albedo, Vec3{.66, .60, .52}, 0.35 * stain);
      return soft_clip(shade_matt(stage.light, albedo, normal));
    };
  };
  // Front half of the rim, as a band between two half ellipses, then the tapered body.
  Outline band;
  Outline body;
  constexpr int kSteps = 48;
  for (int i = 0; i <= kSteps; ++i) {
    const double turns = 0.5 * i / kSteps;
    const Vec2 half{cos_turns(turns), sin_turns(turns)};
    band.push_back(pot.top + Vec2{pot.half_width * half.x, squash * half.y});
  }
  for (int i = kSteps; i >= 0; --i) {
    const double turns = 0.5 * i / kSteps;
    band.push_back(pot.top +
                   Vec2{pot.half_width * cos_turns(turns), rim + squash * sin_turns(turns)});
  }
  stage.canvas.fill(std::move(band), shade(pot.half_width, 0.0));
  const double wide = 0.88 * pot.half_width;
  const double narrow = 0.62 * pot.half_width;
  body.push_back(pot.top + Vec2{wide, 0.5 * rim});
  for (int i = 0; i <= kSteps; ++i) {
    const double turns = 0.5 * i / kSteps;
    body.push_back(pot.top +
                   Vec2{narrow * cos_turns(turns), pot.height + 0.7 * squash * sin_turns(turns)});
  }
  body.push_back(pot.top + Vec2{-wide, 0.5 * rim});
  stage.canvas.fill(std::move(body), shade(wide, 1.0));
}

void draw_pot_inside(Stage& stage, const Pot& pot, std::uint32_t seed) {
  stage.canvas.fill(ellipse(pot.top, pot.half_width, 0.16 * pot.half_width), [&](Vec2 at) {
    const double n = fractal_noise((1.0 / 4.0) * at, 4, 0.7, seed + 11);
    const double rim = length(
        Vec2{(at.x - pot.top.x) / pot.half_width, (at.y - pot.top.y) / (0.16 * pot.half_width)});
    return mix((1.0 + 0.6 * n) * Vec3{.17, .13, .10}, 0.8 * pot.albedo,
               smooth_step(0.86, 0.95, rim));
  });
}

}  // namespace mbench::datasets::demo
