#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/exact_math.hpp"
#include "datasets/demo/fur.hpp"
#include "datasets/demo/leaf.hpp"
#include "datasets/demo/noise.hpp"
#include "datasets/demo/recipes.hpp"
#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {
namespace {

constexpr std::array kWoods{Vec3{.50, .36, .24}, Vec3{.34, .23, .16}, Vec3{.66, .53, .38},
                            Vec3{.22, .17, .14}};
constexpr std::array kCloths{Vec3{.55, .50, .44}, Vec3{.32, .37, .42}, Vec3{.52, .33, .28},
                             Vec3{.42, .46, .36}, Vec3{.70, .66, .58}};

/// Willow rods woven both ways within a region; open between them. `thread` passes over and under.
void draw_weave(Stage& stage, const Outline& region, Vec2 low, Vec2 high, double period,
                double thick, Vec3 willow, std::uint64_t tag) {
  const auto inside = [&](Vec2 p) {
    bool in = false;
    for (std::size_t i = 0, j = region.size() - 1; i < region.size(); j = i++) {
      if ((region[i].y > p.y) == (region[j].y > p.y)) continue;
      const double t = (p.y - region[i].y) / (region[j].y - region[i].y);
      if (p.x < region[i].x + t * (region[j].x - region[i].x)) in = !in;
    }
    return in;
  };
  const Vec2 middle = 0.5 * (low + high);
  const double reach = length(high - low);
  const int count = static_cast<int>(reach / period) / 2;
  // The higher half of every crossing is drawn first: rod pieces sorted into two layers.
  for (const int layer : {1, 0}) {
    for (const double slant : {0.125, -0.125}) {
      const Vec2 along = rotated({1.0, 0.0}, slant);
      const Vec2 across = perpendicular(along);
      for (int i = -count; i <= count; ++i) {
        Random own =
            stage.random.fork(tag).fork(static_cast<std::uint64_t>(i + 500) * 2 + (slant > 0));
        const Vec3 colour = own.uniform(0.8, 1.12) * willow;
        const Vec2 start = middle + (i * period + 0.6 * own.normal()) * across;
        const double half_width = thick * own.uniform(0.85, 1.15);
        for (int k = -count; k <= count; ++k) {
          const bool over = ((i + k) % 2 == 0) == (slant > 0);
          if (over != (layer == 1)) continue;
          std::vector<StrandPoint> piece;
          bool whole = true;
          for (int j = 0; j <= 4; ++j) {
            const double s = (k - 0.5 + j / 4.0 + (j == 0 ? -0.06 : j == 4 ? 0.06 : 0.0)) * period;
            const Vec2 at = start + s * along;
            whole = whole && inside(at);
            const double rise =
                over ? std::sqrt(std::max(0.0, 1.0 - 3.4 * (j / 4.0 - 0.5) * (j / 4.0 - 0.5)))
                     : 0.45;
            piece.push_back({at, half_width, soft_clip((0.42 + 0.62 * rise) * colour)});
          }
          if (whole) stage.canvas.strand(piece);
        }
      }
    }
  }
}

Vec3 wood_grain(Vec3 wood, Vec2 at, Vec2 along, std::uint32_t seed) {
  const Vec2 across = perpendicular(along);
  const double n = fractal_noise({dot(at, along) / 60.0, dot(at, across) / 3.0}, 4, 0.6, seed);
  return (1.0 + 0.28 * n) * wood;
}

/// A turned wooden bar.
void draw_bar(Stage& stage, Vec2 from, Vec2 to, double width_from, double width_to, Vec3 wood,
              std::uint32_t seed) {
  const Vec2 along = unit(to - from);
  const Vec2 across = perpendicular(along);
  const double reach = length(to - from);
  stage.canvas.fill(bar(from, to, width_from, width_to), [&](Vec2 at) {
    const double t = clamp01(dot(at - from, along) / reach);
    const double v =
        std::clamp(2.0 * dot(at - from, across) / mix(width_from, width_to, t), -0.98, 0.98);
    const Vec3 normal{v * across.x, v * across.y, std::sqrt(1.0 - v * v)};
    return soft_clip(shade_matt(stage.light, wood_grain(wood, at, along, seed), normal) +
                     (0.12 * shade_gloss(stage.light, normal, 25.0)) * stage.light.key);
  });
}

/// Threads that hang from a line: fringes and tassels.
void draw_fringe(Stage& stage, Vec2 from, Vec2 to, double sag, double reach, int count, Vec3 colour,
                 std::uint64_t tag) {
  for (int i = 0; i < count; ++i) {
    Random own = stage.random.fork(tag).fork(static_cast<std::uint64_t>(i));
    const double s = own.uniform();
    Vec2 at = mix(from, to, s) + Vec2{0.0, 4.0 * sag * s * (1.0 - s) - 2.0};
    const double size = reach * own.log_normal(0.2);
    Vec2 along = unit(Vec2{0.15 * own.normal(), 1.0});
    const Vec3 base = own.uniform(0.65, 1.1) * colour;
    std::vector<StrandPoint> thread;
    for (int k = 0; k <= 8; ++k) {
      thread.push_back(
          {at, 0.62 - 0.045 * k,
           soft_clip(shade_hair(stage.light, base, {along.x, along.y, 0.0}, {0, 0, 1}, 0.15))});
      at = at + (size / 8.0) * along;
      along = unit(along + Vec2{0.06 * own.normal(), 0.05});
    }
    stage.canvas.strand(thread);
  }
}

}  // namespace

void draw_chair(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double u = 0.30 * std::min(stage.extent.x, stage.extent.y);
  const Vec2 c{stage.extent.x * choice.uniform(0.46, 0.54), stage.extent.y * 0.47};
  const Vec3 willow = choice.uniform(0.85, 1.1) * Vec3{.60, .45, .27};
  const Vec3 cloth = choice.pick(std::span<const Vec3>{kCloths});
  const auto at = [&](double x, double y) { return c + u * Vec2{x, y}; };

  // A throw with fringes over one arm.
  const double side = choice.sign();
  draw_fringe(stage, at(0.80 * side, 0.62), at(1.16 * side, 0.60), 3.0, 0.34 * u, 210, 1.1 * cloth,
              31);
  const std::array<Vec2, 6> shawl{at(0.80 * side, -0.02), at(1.0 * side, -0.10),
                                  at(1.16 * side, -0.02), at(1.17 * side, 0.62),
                                  at(0.98 * side, 0.66),  at(0.79 * side, 0.63)};
  stage.canvas.fill(smooth_outline(shawl), [&](Vec2 p) {
    const double fold =
        sin_turns((p.x - c.x) / (0.10 * u) + 0.3 * fractal_noise((1.0 / 40.0) * p, 2, 0.5, seed));
    const double weft = sin_turns(p.y / 2.4) * 0.06;
    return soft_clip(
        shade_matt(stage.light, (1.0 + weft) * cloth, unit(Vec3{0.5 * fold, 0.0, 1.0})));
  });
  // Cushion.
  Relief cushion{{{at(0, 0.52), 0.78 * u, 0.20 * u, 0, 0, 0.2 * u}}, {}, 6.0};
  draw_skin(stage.canvas, cushion, stage.light, [&](Vec2 p) {
    const double n = fractal_noise((1.0 / 3.0) * p, 3, 0.7, seed + 1);
    return (1.0 + 0.12 * n) * mix(cloth, Vec3{.75, .72, .66}, 0.5);
  });
  // Arms and the arch of the back: thick rods.
  for (const double s : {-1.0, 1.0}) {
    const std::array<Vec2, 4> arm{at(0.72 * s, -0.25), at(0.98 * s, -0.06), at(1.02 * s, 0.25),
                                  at(0.92 * s, 0.66)};
    draw_stem(stage, arm, 0.065 * u, 0.06 * u, willow);
    const std::array<Vec2, 3> spindle{at(0.86 * s, -0.1), at(0.88 * s, 0.3), at(0.84 * s, 0.66)};
    draw_stem(stage, spindle, 0.02 * u, 0.02 * u, 0.9 * willow);
  }
  std::vector<Vec2> arch;
  for (int i = 0; i <= 16; ++i) {
    const double turns = 0.5 + 0.5 * i / 16.0;
    arch.push_back(at(0.84 * cos_turns(turns), 0.05 + 1.22 * sin_turns(turns)));
  }
  std::vector<Vec2> rim = arch;
  rim.insert(rim.begin(), at(-0.74, 0.62));
  rim.push_back(at(0.74, 0.62));
  draw_stem(stage, rim, 0.055 * u, 0.055 * u, willow);
  draw_weave(stage, smooth_curve(rim, 4), at(-0.9, -1.25), at(0.9, 0.65), 0.105 * u, 0.016 * u,
             willow, 41);
  // Apron and legs.
  const Outline apron{at(-0.82, 0.58), at(0.82, 0.58), at(0.74, 0.98), at(-0.74, 0.98)};
  draw_weave(stage, apron, at(-0.85, 0.55), at(0.85, 1.0), 0.075 * u, 0.020 * u, 0.9 * willow, 42);
  const std::array<Vec2, 3> lower{at(-0.76, 0.98), at(0.0, 1.02), at(0.76, 0.98)};
  draw_stem(stage, lower, 0.035 * u, 0.035 * u, willow);
  for (const double s : {-1.0, 1.0}) {
    draw_bar(stage, at(0.74 * s, 0.55), at(0.84 * s, 1.66), 0.11 * u, 0.085 * u, willow, seed + 3);
    draw_bar(stage, at(0.52 * s, 0.9), at(0.58 * s, 1.48), 0.08 * u, 0.07 * u, 0.6 * willow,
             seed + 4);
  }
  const std::array<Vec2, 3> rung{at(-0.8, 1.3), at(0.0, 1.18), at(0.8, 1.3)};
  draw_stem(stage, rung, 0.025 * u, 0.025 * u, 0.8 * willow);
}

void draw_lamp(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double u = 0.30 * std::min(stage.extent.x, stage.extent.y);
  const Vec2 c{stage.extent.x * choice.uniform(0.44, 0.56), stage.extent.y * 0.34};
  const auto at = [&](double x, double y) { return c + u * Vec2{x, y}; };
  const Vec3 shade_cloth = choice.pick(std::span<const Vec3>{kCloths});
  const double top = choice.uniform(0.45, 0.7);
  draw_fringe(stage, at(-1.0, 0.55), at(1.0, 0.55), 0.15 * u, 0.62 * u, 1000,
              mix(shade_cloth, Vec3{.8, .7, .5}, 0.3), 31);
  // Pull cord.
  draw_fringe(stage, at(0.32, 1.1), at(0.40, 1.1), 0.0, 0.22 * u, 50, {.62, .50, .34}, 32);
  const std::array<StrandPoint, 3> cord{StrandPoint{at(0.36, 0.5), 0.8, {.5, .42, .3}},
                                        StrandPoint{at(0.365, 0.85), 0.8, {.5, .42, .3}},
                                        StrandPoint{at(0.36, 1.12), 0.9, {.5, .42, .3}}};
  stage.canvas.strand(cord);
  Outline shade{at(-top, -0.85)};
  for (int i = 0; i <= 20; ++i) {
    const double x = -1.0 + 0.1 * i;
    shade.push_back(at(top * x, -0.85 - 0.06 * std::sqrt(1.0001 - x * x)));
  }
  for (int i = 20; i >= 0; --i) {
    const double x = -1.0 + 0.1 * i;
    shade.push_back(at(x, 0.55 + 0.14 * std::sqrt(1.0001 - x * x)));
  }
  stage.canvas.fill(std::move(shade), [&](Vec2 p) {
    const Vec2 q = (1.0 / u) * (p - c);
    const double wide = mix(top, 1.0, clamp01((q.y + 0.85) / 1.4));
    const double v = std::clamp(q.x / wide, -0.98, 0.98);
    const double pleat = sin_turns(13.0 * (v + 0.16 * v * v * v));
    const double weave =
        0.05 * sin_turns(p.y / 1.7) + 0.08 * fractal_noise((1.0 / 2.5) * p, 2, 0.6, seed);
    const Vec3 normal = unit(Vec3{v + 0.22 * pleat, 0.1, std::sqrt(1.0 - v * v) + 0.1});
    const double glow = 0.75 * (1.0 - 0.5 * v * v) * smooth_step(1.25, 0.1, std::abs(q.y + 0.1));
    return soft_clip((1.0 + weave) * (0.7 * shade_matt(stage.light, shade_cloth, normal) +
                                      glow * (shade_cloth * Vec3{1.15, .92, .62})));
  });
  const Vec3 wood = choice.pick(std::span<const Vec3>{kWoods});
  // The foot: turned, wider below; a profile swept about the vertical.
  std::vector<Vec2> left;
  std::vector<Vec2> right;
  const double foot = (0.93 * stage.extent.y - c.y) / u;
  const double waist = choice.uniform(0.07, 0.14);
  for (int i = 0; i <= 40; ++i) {
    const double t = i / 40.0;
    const double beads = 0.05 * smooth_step(0.55, 1.0, sin_turns(3.0 * t)) +
                         0.20 * smooth_step(0.5, 0.9, t) * sin_turns(0.55 * t);
    const double radius = std::abs(waist + beads + 0.42 * smooth_step(0.86, 0.97, t));
    left.push_back(at(-radius, mix(0.6, foot, t)));
    right.push_back(at(radius, mix(0.6, foot, t)));
  }
  Outline outline = left;
  outline.insert(outline.end(), right.rbegin(), right.rend());
  stage.canvas.fill(std::move(outline), [&](Vec2 p) {
    const double t = clamp01(((p.y - c.y) / u - 0.6) / (foot - 0.6));
    const auto i = static_cast<std::size_t>(t * 39.99);
    const double radius = std::max(1.0, right[i].x - c.x);
    const double slope = (right[i + 1].x - right[i].x) / std::max(0.5, right[i + 1].y - right[i].y);
    const double v = std::clamp((p.x - c.x) / radius, -0.98, 0.98);
    const Vec3 normal = unit(Vec3{v, -std::clamp(slope, -2.0, 2.0), std::sqrt(1.0 - v * v)});
    return soft_clip(shade_matt(stage.light, wood_grain(wood, p, {0, 1}, seed + 2), normal) +
                     (0.35 * shade_gloss(stage.light, normal, 40.0)) * stage.light.key);
  });
}

void draw_stool(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double u = 0.36 * std::min(stage.extent.x, stage.extent.y);
  const Vec2 c{stage.extent.x * choice.uniform(0.45, 0.55), stage.extent.y * 0.42};
  const auto at = [&](double x, double y) { return c + u * Vec2{x, y}; };
  const Vec3 wood = choice.pick(std::span<const Vec3>{kWoods});
  const Vec3 wool = choice.chance(0.7) ? Vec3{.84, .80, .73} : Vec3{.45, .36, .30};
  const Relief skin{{{at(0, -0.1), 0.98 * u, 0.25 * u, 0, 0, 0.25 * u},
                     {at(-0.6, 0.05), 0.40 * u, 0.24 * u, 0.05, 4.0, 0.2 * u},
                     {at(0.58, 0.06), 0.42 * u, 0.25 * u, -0.04, 4.0, 0.2 * u}},
                    {},
                    20.0};
  FurStyle fur;
  fur.length = 0.22 * u;
  fur.lift = 0.9;
  fur.curl = 0.4;
  fur.clump = 0.7;
  fur.clump_size = 11.0;
  fur.gravity = {0.0, 0.55};
  fur.segments = 7;
  fur.flow = [&](Vec2 p) {
    const Vec2 q = (1.0 / u) * (p - c);
    return rotated(unit(Vec2{q.x, 0.5 + 0.8 * q.y}), 0.15 * value_noise((1.0 / 14.0) * p, seed));
  };
  fur.albedo = [&](Vec2 p) {
    return (1.0 + 0.12 * fractal_noise((1.0 / 25.0) * p, 3, 0.5, seed + 1)) * wool;
  };
  draw_fur(stage.canvas, skin, stage.light, fur, stage.random.fork(11));
  draw_bar(stage, at(-0.82, 0.12), at(0.82, 0.12), 0.16 * u, 0.16 * u, wood, seed + 2);
  for (const double s : {-1.0, 1.0}) {
    draw_bar(stage, at(0.62 * s, 0.1), at(0.86 * s, 1.42), 0.15 * u, 0.09 * u, wood, seed + 3);
  }
  draw_bar(stage, at(-0.76, 0.86), at(0.76, 0.86), 0.07 * u, 0.07 * u, 0.9 * wood, seed + 4);
  for (const double s : {-1.0, 1.0}) {
    draw_bar(stage, at(0.36 * s, 0.1), at(0.46 * s, 1.22), 0.12 * u, 0.075 * u, 0.55 * wood,
             seed + 5);
  }
  draw_bar(stage, at(-0.42, 0.66), at(0.42, 0.66), 0.055 * u, 0.055 * u, 0.5 * wood, seed + 6);
}

}  // namespace mbench::datasets::demo
