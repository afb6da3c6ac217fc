// Thin sheets: a plastic bag, a veil.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/exact_math.hpp"
#include "datasets/demo/noise.hpp"
#include "datasets/demo/recipes.hpp"
#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {
namespace {

constexpr double kMostOpaque = 0.96;

/// 1 on a crease, falling off to both sides.
double crease(double noise) { return 1.0 - std::min(1.0, 3.2 * std::abs(noise)); }

}  // namespace

void draw_bag(Stage& stage) {
  // Two films, wrinkled each in its own way: alpha = 1 - product of (1 - a_k / cos_k).
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double u = 0.40 * std::min(stage.extent.x, stage.extent.y);
  const Vec2 c{stage.extent.x * choice.uniform(0.46, 0.54), 0.58 * stage.extent.y};
  const Vec2 knot = c + u * Vec2{choice.uniform(-0.12, 0.12), -0.86};
  std::vector<Vec2> belly;
  for (int i = 0; i < 22; ++i) {
    const double turns = i / 22.0 - 0.25;
    const double bump = 1.0 + 0.07 * choice.normal();
    const double narrow = smooth_step(-1.02, -0.1, sin_turns(turns));
    belly.push_back(c + u * Vec2{0.98 * bump * cos_turns(turns) * mix(0.16, 1.0, narrow),
                                 bump * (0.90 * sin_turns(turns) + 0.02)});
  }
  const Vec3 film = choice.chance(0.6) ? Vec3{.90, .92, .94} : Vec3{.74, .84, .90};
  const auto shade = [&](Vec2 at) {
    const Vec2 from = at - knot;
    const double away = length(from) + 20.0;
    const Vec2 ahead = unit(from);
    // Folds run from the knot: noise over the direction, slowly changing outwards.
    const double gather = 1.0 / (1.0 + away / (1.3 * u));
    double passing = 1.0;
    double light = 0.0;
    for (const std::uint32_t sheet : {0U, 50U}) {
      const Vec2 radial{7.0 * ahead.x + 0.004 * away, 7.0 * ahead.y - 0.003 * away};
      const double folds = fractal_noise(radial, 3, 0.6, seed + sheet);
      const double warp_x = fractal_noise((1.0 / 75.0) * at, 3, 0.55, seed + sheet + 9);
      const double wrinkle = fractal_noise((1.0 / 62.0) * at + Vec2{1.1 * warp_x, 0.9 * folds}, 4,
                                           0.55, seed + sheet + 20);
      const double ridge = std::max(crease(folds) * (0.35 + gather), crease(wrinkle) * 0.45);
      const double tilt = clamp01(0.55 * ridge + 0.45 * std::abs(wrinkle) + 0.35 * gather);
      const double cosine = std::max(0.13, 1.0 - tilt);
      passing *= 1.0 - std::min(0.13 / cosine, 0.8);
      light += 0.55 * ridge * ridge + 0.35 * wrinkle + 0.2 * folds;
    }
    const double glint = smooth_step(0.7, 1.7, light);
    passing *= 1.0 - 0.7 * glint;
    const double side = dot(unit(at - c), Vec2{stage.light.direction.x, stage.light.direction.y});
    const Vec3 colour =
        soft_clip((0.66 + 0.26 * light + 0.12 * side) * film + (0.35 * glint) * Vec3{1, 1, 1});
    return Tint{colour, std::min(1.0 - passing, kMostOpaque)};
  };
  // Ears of the bag above the knot, both flared.
  for (const double side : {-1.0, 1.0}) {
    const std::array<Vec2, 7> ear{
        knot + u * Vec2{0.0, 0.05},          knot + u * Vec2{0.10 * side, -0.14},
        knot + u * Vec2{0.20 * side, -0.42}, knot + u * Vec2{0.42 * side, -0.50},
        knot + u * Vec2{0.58 * side, -0.34}, knot + u * Vec2{0.36 * side, -0.14},
        knot + u * Vec2{0.12 * side, 0.06}};
    stage.canvas.fill(smooth_outline(ear), shade);
  }
  // The hem: a welded line around the belly, doubled film.
  const Outline outline = smooth_outline(belly, 8);
  std::vector<StrandPoint> hem;
  for (const Vec2 p : outline) hem.push_back({p, 0.7, 0.95 * film});
  hem.push_back(hem.front());
  stage.canvas.strand(hem, 0.45);
  stage.canvas.fill(outline, shade);
}

void draw_veil(Stage& stage) {
  // Tulle in folds: a mesh of threads over a translucent ground, with a lace border of rosettes.
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const Vec2 extent = stage.extent;
  const double top = 0.06 * extent.y;
  const double bottom = extent.y * choice.uniform(0.84, 0.94);
  const double left = 0.12 * extent.x;
  const double right = 0.88 * extent.x;
  const Vec3 thread = choice.chance(0.7) ? Vec3{.93, .91, .87} : Vec3{.80, .78, .80};
  const double folds = choice.uniform(4.0, 7.0);
  // The cloth (s, t) in [0, 1]^2 to the picture: folds gather it sideways, more at the top.
  const auto phase = [&](double s, double t) {
    return folds * s + 0.5 * value_noise({3.0 * s, 1.6 * t}, seed) + 0.12 * t;
  };
  const auto place = [&](double s, double t) {
    const double sway = 0.55 / folds * mix(1.0, 0.75, t) * sin_turns(phase(s, t)) * 0.35;
    const double flare = mix(0.86, 1.06, t);
    const double x = 0.5 + (s + sway - 0.5) * flare;
    const double hem = 0.018 * cos_turns(phase(s, 1.0)) + 0.012 * sin_turns(9.5 * s);
    return Vec2{mix(left, right, x), mix(top, bottom, t * (1.0 + hem))};
  };
  const auto slope = [&](double s, double t) { return cos_turns(phase(s, t)); };
  const auto lit = [&](double s, double t) {
    const double c = slope(s, t);
    return soft_clip((0.72 + 0.22 * c * (stage.light.direction.x < 0 ? 1.0 : -1.0)) * thread);
  };
  // Border: rosettes and scallops of thicker thread.
  const int rosettes = 13;
  for (int row = 0; row < 2; ++row) {
    for (int i = 0; i < rosettes; ++i) {
      const double s0 = (i + 0.5 + 0.5 * row) / rosettes;
      const double t0 = 0.93 - 0.085 * row;
      for (int ring = 0; ring < 3; ++ring) {
        std::vector<StrandPoint> loop;
        const double radius = (0.34 - 0.10 * ring) / rosettes;
        for (int k = 0; k <= 60; ++k) {
          const double turns = k / 60.0;
          const double petal = 1.0 + (ring < 2 ? 0.30 : 0.0) * sin_turns(6.0 * turns);
          const double s = s0 + radius * petal * cos_turns(turns);
          const double t = t0 + 0.9 * radius * petal * sin_turns(turns);
          loop.push_back({place(s, t), 0.85, lit(s, t)});
        }
        stage.canvas.strand(loop, 0.88);
      }
    }
  }
  for (const double t0 : {0.80, 0.99}) {
    std::vector<StrandPoint> edge;
    for (int k = 0; k <= 300; ++k) {
      const double s = k / 300.0;
      const double t = t0 + 0.012 * std::abs(sin_turns(0.5 * rosettes * s * 2.0));
      edge.push_back({place(s, t), 1.2, lit(s, t)});
    }
    stage.canvas.strand(edge, 0.88);
  }
  // The mesh: two diagonal families of threads.
  constexpr int kThreads = 62;
  for (int i = -kThreads; i <= 2 * kThreads; ++i) {
    for (const double slant : {1.0, -1.0}) {
      std::vector<StrandPoint> line;
      for (int k = 0; k <= 48; ++k) {
        const double t = k / 48.0;
        const double s = static_cast<double>(i) / kThreads + slant * 0.75 * (t - 0.5);
        if (s < 0.0 || s > 1.0) {
          if (line.size() > 1) stage.canvas.strand(line, 0.75);
          line.clear();
          continue;
        }
        line.push_back({place(s, t), 0.30, lit(s, t)});
      }
      if (line.size() > 1) stage.canvas.strand(line, 0.75);
    }
  }
  // The ground: strips of cloth from fold to fold; where cloth overlaps itself alpha adds up.
  constexpr int kStrips = 170;
  constexpr int kRows = 26;
  for (int i = 0; i < kStrips; ++i) {
    const double s0 = static_cast<double>(i) / kStrips;
    const double s1 = static_cast<double>(i + 1) / kStrips;
    Outline strip;
    for (int k = 0; k <= kRows; ++k) strip.push_back(place(s0, static_cast<double>(k) / kRows));
    for (int k = kRows; k >= 0; --k) strip.push_back(place(s1, static_cast<double>(k) / kRows));
    stage.canvas.fill(std::move(strip), [&](Vec2 at) {
      const double t = clamp01((at.y - top) / (bottom - top));
      const double cosine = std::max(0.22, std::abs(slope(s0, t)) * 0.9);
      const double weave = 0.02 * value_noise((1.0 / 2.0) * at, seed + 4);
      return Tint{lit(s0, t), std::min(0.075 / cosine + weave + 0.03, 0.6)};
    });
  }
}

}  // namespace mbench::datasets::demo
