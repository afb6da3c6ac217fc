// Smoke, steam and rain: nothing but alpha.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/exact_math.hpp"
#include "datasets/demo/noise.hpp"
#include "datasets/demo/recipes.hpp"
#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {

void draw_smoke(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const Vec2 extent = stage.extent;
  const double foot = extent.x * choice.uniform(0.40, 0.60);
  const double lean = choice.uniform(-0.32, 0.32);
  const double dark = choice.uniform(0.55, 0.95);
  const Vec3 tint = mix(Vec3{.80, .80, .82}, Vec3{.84, .80, .74}, choice.uniform());
  const double cell = 78.0;
  stage.canvas.fill_all([&](Vec2 at) {
    const double up = clamp01(1.0 - at.y / extent.y);  // 0 at the ground
    // The plume: narrow at the foot, wider and leaning above.
    const double wander = 26.0 * value_noise({0.3, 3.0 * up}, seed + 30);
    const double axis = foot + lean * extent.x * up * up + wander;
    const double wide = mix(0.05, 0.36, std::sqrt(up)) * extent.x;
    const double off = (at.x - axis) / wide;
    const double plume =
        smooth_step(1.5, 0.15, std::abs(off)) * smooth_step(-0.02, 0.10, up) * mix(1.15, 0.55, up);
    if (plume <= 0.0) return Tint{tint, 0.0};
    // Warped twice: the cauliflower folds of a rising plume.
    const Vec2 p = (1.0 / cell) * Vec2{at.x, at.y * 0.9};
    const Vec2 warp{fractal_noise(p, 4, 0.5, seed),
                    fractal_noise(p + Vec2{5.2, 1.3}, 4, 0.5, seed + 11)};
    const Vec2 q = p + 1.8 * warp;
    const double n = 0.5 + 0.5 * fractal_noise(q, 6, 0.5, seed + 22) * 1.25;
    const double coarse =
        0.5 +
        0.5 * fractal_noise(q + Vec2{0.10 * stage.light.direction.x, -0.12}, 3, 0.55, seed + 22) *
            1.5;
    const double density = std::max(0.0, n * (0.40 + 0.85 * plume) - 0.30);
    const double depth = 4.2 * density * plume;
    const double opacity = 1.0 - exp_exact(-1.6 * depth);
    const double light = std::clamp(0.66 + 0.6 * (n - coarse) + 0.35 * (0.5 - density) -
                                        0.1 * off * stage.light.direction.x * -1.0,
                                    0.15, 1.1);
    return Tint{soft_clip(dark * light * 1.25 * tint), std::min(opacity, 0.985)};
  });
}

void draw_steam(Stage& stage) {
  // Wisps: curling sheets of vapour seen edge-on, each with a sharp and a soft side.
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const Vec2 extent = stage.extent;
  const int wisps = 5 + choice.below(3);
  std::vector<Vec3> centres;  // x at the foot, strength, width
  for (int i = 0; i < wisps; ++i) {
    centres.push_back({extent.x * mix(0.20, 0.80, (i + choice.uniform()) / wisps),
                       choice.uniform(0.5, 1.0), choice.uniform(0.05, 0.10) * extent.x});
  }
  const double drift = choice.uniform(-0.16, 0.16) * extent.x;
  stage.canvas.fill_all([&](Vec2 at) {
    const double up = 1.0 - at.y / extent.y;
    const double curl = 14.0 + 70.0 * up;
    double depth = 0.0;
    double shade = 0.0;
    const Vec2 p{at.x / 120.0, at.y / 170.0};
    const double warp = fractal_noise(p, 4, 0.5, seed);
    for (std::size_t i = 0; i < centres.size(); ++i) {
      const auto own = seed + 40U + static_cast<std::uint32_t>(i) * 3U;
      const double sway = curl * (value_noise({0.5, 3.2 * up + 0.4 * warp}, own) +
                                  0.45 * value_noise({1.5, 7.5 * up + warp}, own + 1));
      const double wide = centres[i].z * (0.35 + 1.5 * up);
      const double off = (at.x - centres[i].x - drift * up * up - sway - 30.0 * warp * up) / wide;
      const double sharp = off < 0.0 ? smooth_step(-0.38, 0.0, off) : smooth_step(1.7, 0.0, off);
      const double strength =
          centres[i].y * smooth_step(-0.02, 0.16, up) * smooth_step(1.12, 0.45, up);
      depth += strength * sharp * sharp;
      shade += strength * sharp * (off < 0.25 ? 0.35 : -0.05);
    }
    const double fine = fractal_noise({at.x / 34.0 + 2.0 * warp, at.y / 60.0}, 5, 0.55, seed + 9);
    depth *= std::max(0.0, 0.75 + 0.75 * fine);
    depth += 0.10 * std::max(0.0, warp + 0.25) * smooth_step(0.0, 0.3, up);
    const double opacity = 1.0 - exp_exact(-1.25 * depth);
    return Tint{soft_clip((0.80 + 0.22 * shade) * Vec3{.93, .95, .97}), std::min(opacity, 0.97)};
  });
}

void draw_rain(Stage& stage) {
  // Drops fall in three depths: far and fine, near and wide with a bright rim. During the exposure
  // each draws a lens-shaped streak.
  Random choice = stage.random.fork(21);
  const Vec2 extent = stage.extent;
  const Vec2 fall = unit(Vec2{choice.uniform(-0.28, 0.28), 1.0});
  const Vec2 across = perpendicular(fall);
  struct Depth {
    int count;
    double length, half_width, opacity;
  };
  constexpr std::array<Depth, 3> kDepths{Depth{60, 120.0, 3.0, 0.34}, Depth{560, 58.0, 1.25, 0.52},
                                         Depth{1700, 27.0, 0.55, 0.60}};
  std::uint64_t tag = 0;
  for (const Depth& depth : kDepths) {
    for (int i = 0; i < depth.count; ++i) {
      Random own = stage.random.fork(100 + ++tag);
      const Vec2 at{own.uniform(-0.1, 1.1) * extent.x, own.uniform(-0.1, 1.1) * extent.y};
      const double reach = depth.length * own.log_normal(0.3);
      const double half = depth.half_width * own.uniform(0.7, 1.3);
      const double opacity = std::min(0.8, depth.opacity * own.uniform(0.5, 1.3));
      const Vec2 own_across = unit(across + 0.03 * own.normal() * fall);
      Outline streak;
      constexpr int kSteps = 10;
      for (int k = 0; k <= kSteps; ++k) {
        const double t = static_cast<double>(k) / kSteps;
        streak.push_back(at + (reach * t) * fall +
                         (half * std::sqrt(4.0 * t * (1.0 - t))) * own_across);
      }
      for (int k = kSteps - 1; k > 0; --k) {
        const double t = static_cast<double>(k) / kSteps;
        streak.push_back(at + (reach * t) * fall -
                         (half * std::sqrt(4.0 * t * (1.0 - t))) * own_across);
      }
      stage.canvas.fill(std::move(streak), [&](Vec2 p) {
        const double t = clamp01(dot(p - at, fall) / reach);
        const double v = std::clamp(dot(p - at, own_across) / half, -1.0, 1.0);
        const double rim = v * v;
        const Vec3 colour =
            mix(Vec3{.60, .64, .68}, Vec3{.94, .95, .96}, clamp01(0.35 + 0.5 * rim + 0.3 * v));
        return Tint{colour, opacity * (0.35 + 0.65 * rim) * smooth_step(0.0, 0.5, t)};
      });
    }
  }
  // Splashes: rings of tiny drops where the ground would be.
  for (int i = 0; i < 70; ++i) {
    Random own = stage.random.fork(9000 + static_cast<std::uint64_t>(i));
    const Vec2 at{own.uniform() * extent.x, extent.y * (0.82 + 0.2 * own.uniform())};
    const double size = own.uniform(5.0, 16.0);
    for (int k = 0; k < 11; ++k) {
      const double turns = 0.5 + 0.5 * own.uniform();
      const Vec2 to =
          at + size * own.uniform(0.6, 1.2) * Vec2{cos_turns(turns), 0.8 * sin_turns(turns)};
      const double radius = own.uniform(0.5, 1.5);
      stage.canvas.fill(ellipse(to, radius, 1.15 * radius), [&](Vec2 p) {
        const double below = (p.y - to.y) / radius;
        return Tint{mix(Vec3{.50, .54, .58}, Vec3{.95, .96, .97}, clamp01(0.5 + 0.5 * below)),
                    0.55};
      });
    }
  }
}

}  // namespace mbench::datasets::demo
