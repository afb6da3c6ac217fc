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

constexpr std::array kClays{Vec3{.58, .36, .26}, Vec3{.66, .64, .60}, Vec3{.30, .33, .36},
                            Vec3{.52, .44, .36}};

Pot make_pot(Stage& stage, double half_width, double height) {
  Random choice = stage.random.fork(81);
  return {{stage.extent.x * choice.uniform(0.44, 0.56),
           stage.extent.y - height - 0.05 * stage.extent.y},
          half_width,
          height,
          choice.pick(std::span<const Vec3>{kClays})};
}

/// A frond: leaflets in pairs along an arching stalk, longest a third of the way.
void draw_frond(Stage& stage, Vec2 root, Vec2 ahead, double reach, Vec3 green, Random random,
                std::uint32_t seed) {
  constexpr int kPairs = 30;
  std::vector<Vec2> stalk{root};
  Vec2 direction = unit(ahead);
  const double gravity = random.uniform(0.016, 0.05);
  for (int i = 0; i < kPairs; ++i) {
    direction = unit(direction + Vec2{0.01 * random.normal(), gravity});
    stalk.push_back(stalk.back() + (reach / kPairs) * direction);
  }
  for (int i = kPairs; i >= 2; --i) {
    const double t = static_cast<double>(i) / kPairs;
    const double size = 0.24 * reach * std::sqrt(t) * (1.0 - 0.93 * t) * 1.9 + 1.5;
    const Vec2 along =
        unit(stalk[static_cast<std::size_t>(i)] - stalk[static_cast<std::size_t>(i - 1)]);
    for (const double side : {-1.0, 1.0}) {
      const Vec2 out = unit(side * perpendicular(along) + 0.45 * along + Vec2{0.0, 0.18} +
                            0.12 * Vec2{random.normal(), random.normal()});
      const Vec2 base = stalk[static_cast<std::size_t>(i)];
      draw_leaf(stage,
                {.base = base,
                 .tip = base + (size * random.uniform(0.85, 1.1)) * out,
                 .half_width = 0.10 * size + 0.5,
                 .bend = side * 0.06,
                 .widest = 0.3,
                 .albedo = random.uniform(0.8, 1.15) * green,
                 .tilt = 0.3},
                seed);
    }
  }
  draw_stem(stage, stalk, 1.7, 0.5, mix(green, Vec3{.30, .22, .12}, 0.5));
}

}  // namespace

void draw_fern(Stage& stage) {
  const Pot pot = make_pot(stage, 0.15 * stage.extent.x + 18.0, 0.20 * stage.extent.y);
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(82).bits());
  const Vec3 green = stage.random.uniform(0.85, 1.15) * Vec3{.25, .36, .15};
  const int fronds = 17 + stage.random.below(7);
  // Those that lean towards the viewer come first.
  for (int i = 0; i < fronds; ++i) {
    Random own = stage.random.fork(90 + static_cast<std::uint64_t>(i));
    const double spread = own.uniform(-1.0, 1.0);
    const double reach = std::min(stage.extent.x, 1.1 * stage.extent.y) * own.uniform(0.42, 0.62);
    const double depth = static_cast<double>(i) / fronds;
    draw_frond(stage, pot.top + Vec2{0.3 * spread * pot.half_width, 2.0}, {1.1 * spread, -1.0},
               reach, mix(1.1, 0.6, depth) * green, own.fork(1), seed);
  }
  draw_pot(stage, pot, seed + 1);
  draw_pot_inside(stage, pot, seed + 1);
}

void draw_potted_plant(Stage& stage) {
  const Pot pot =
      make_pot(stage, 0.19 * std::min(stage.extent.x, stage.extent.y), 0.24 * stage.extent.y);
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(82).bits());
  const bool striped = stage.random.chance(0.4);
  const Vec3 green =
      stage.random.uniform(0.85, 1.2) * (striped ? Vec3{.34, .44, .20} : Vec3{.19, .34, .15});
  const int leaves = 20 + stage.random.below(12);
  for (int i = 0; i < leaves; ++i) {
    Random own = stage.random.fork(90 + static_cast<std::uint64_t>(i));
    const double depth = static_cast<double>(i) / leaves;  // 0 in front
    const double spread = own.uniform(-1.0, 1.0);
    const double rise = pot.top.y * own.uniform(0.25, 0.95) * (0.55 + 0.45 * depth);
    const Vec2 root = pot.top + Vec2{0.35 * spread * pot.half_width, 3.0};
    const Vec2 end = root + Vec2{spread * 1.5 * pot.half_width, -rise};
    const Vec2 along = unit(Vec2{spread * own.uniform(0.8, 1.6), own.uniform(-0.7, 0.55)});
    const double size = pot.half_width * own.uniform(0.85, 1.35);
    draw_leaf(stage,
              {.base = end,
               .tip = end + size * along,
               .half_width = size * own.uniform(0.2, 0.27),
               .bend = own.uniform(-0.14, 0.14),
               .widest = 0.42,
               .albedo = own.uniform(0.85, 1.15) * mix(1.1, 0.62, depth) * green,
               .tilt = own.uniform(0.2, 0.5),
               .veins = striped ? 16.0 : 9.0},
              seed + static_cast<std::uint32_t>(i));
    const std::array<Vec2, 3> stalk{root, mix(root, end, 0.55) + Vec2{-0.08 * spread * rise, 0.0},
                                    end};
    draw_stem(stage, stalk, 2.6, 1.6, 1.1 * green);
  }
  // Aerial roots and dry threads hang over the rim.
  for (int i = 0; i < 520; ++i) {
    Random own = stage.random.fork(400 + static_cast<std::uint64_t>(i));
    std::vector<StrandPoint> thread;
    Vec2 at = pot.top + Vec2{own.uniform(-0.95, 0.95) * pot.half_width, own.uniform(-4.0, 6.0)};
    Vec2 along = unit(Vec2{1.4 * own.normal(), -own.uniform(0.4, 1.6)});
    const Vec3 colour = own.uniform(0.6, 1.1) * Vec3{.48, .42, .24};
    for (int k = 0; k <= 9; ++k) {
      thread.push_back({at, 0.5 - 0.04 * k, colour});
      at = at + own.uniform(4.5, 9.5) * along;
      along = unit(along + Vec2{0.12 * own.normal(), 0.24});
    }
    stage.canvas.strand(thread);
  }
  draw_pot(stage, pot, seed + 1);
  draw_pot_inside(stage, pot, seed + 1);
}

void draw_grass(Stage& stage) {
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(82).bits());
  const Vec2 root{stage.extent.x * stage.random.uniform(0.42, 0.58), 0.80 * stage.extent.y};
  const bool dry = stage.random.chance(0.4);
  const Vec3 green = dry ? Vec3{.60, .52, .32} : Vec3{.32, .45, .16};
  const double reach = 0.62 * std::min(stage.extent.x, stage.extent.y);
  for (int i = 0; i < 420; ++i) {
    Random own = stage.random.fork(1000 + static_cast<std::uint64_t>(i));
    const double depth = i / 420.0;
    const double spread = own.normal();
    const double size = reach * own.log_normal(0.30) * mix(0.75, 1.0, depth);
    Vec2 along = unit(Vec2{0.42 * spread, -1.0});
    const double droop = own.uniform(0.01, 0.10);
    const double wide = own.uniform(0.6, 2.1);
    const double dead = own.chance(0.2) ? 0.7 : 0.0;
    const Vec3 albedo =
        own.uniform(0.75, 1.2) * mix(1.1, 0.55, depth) * mix(green, Vec3{.62, .56, .34}, dead);
    Vec2 at = root + Vec2{34.0 * own.normal(), own.uniform(-6.0, 14.0)};
    std::vector<StrandPoint> blade;
    constexpr int kSteps = 16;
    for (int k = 0; k <= kSteps; ++k) {
      const double t = static_cast<double>(k) / kSteps;
      const Vec3 normal = unit(Vec3{-along.y * 0.6, along.x * 0.6, 0.8});
      blade.push_back({at, wide * (1.0 - t * t) + 0.12,
                       soft_clip(mix(0.55, 1.15, smooth_step(0.0, 0.4, t)) *
                                 shade_matt(stage.light, albedo, normal))});
      at = at + (size / kSteps) * along;
      along = unit(along + Vec2{0.35 * droop * spread + 0.015 * own.normal(), droop * t});
    }
    if (own.chance(0.10)) {  // a panicle of seeds with awns
      for (int k = 0; k < 34; ++k) {
        const std::size_t j = 11 + static_cast<std::size_t>(own.below(6));
        const Vec2 from = blade[j].at;
        const Vec2 to = from + Vec2{7.0 * own.normal(), -own.uniform(2.0, 11.0)};
        const Vec3 straw = own.uniform(0.7, 1.1) * Vec3{.66, .56, .36};
        const std::array<StrandPoint, 4> seed_hair{
            StrandPoint{from, 0.3, straw}, StrandPoint{mix(from, to, 0.6), 0.32, straw},
            StrandPoint{to, 1.3, straw}, StrandPoint{to + 0.7 * (to - from), 0.1, straw}};
        stage.canvas.strand(seed_hair);
      }
    }
    stage.canvas.strand(blade);
  }
  // The clod it was dug out with.
  Relief clod{{{root + Vec2{0, 36}, 118, 44, 0.0, 0.0, 60.0},
               {root + Vec2{-62, 40}, 62, 36, 0.02, 4.0, 40.0},
               {root + Vec2{60, 42}, 66, 36, -0.02, 2.0, 40.0}},
              {},
              22.0};
  FurStyle moss;
  moss.length = 12.0;
  moss.lift = 1.1;
  moss.curl = 0.5;
  moss.spacing = 2.4;
  moss.flow = [&](Vec2 at) {
    return rotated({0.0, 1.0}, 0.4 * value_noise((1.0 / 9.0) * at, seed + 2));
  };
  moss.albedo = [&](Vec2 at) {
    const double n = fractal_noise((1.0 / 26.0) * at, 4, 0.6, seed + 4);
    return (1.0 + 0.4 * n) * mix(Vec3{.30, .34, .14}, Vec3{.28, .21, .15},
                                 smooth_step(-0.1, 0.3, n + (at.y - root.y - 40.0) / 60.0));
  };
  draw_fur(stage.canvas, clod, stage.light, moss, stage.random.fork(11));
}

void draw_branch(Stage& stage) {
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(82).bits());
  Random wood = stage.random.fork(83);
  const double mirror = wood.sign();
  const auto place = [&](Vec2 p) {  // shares of the picture; the branch enters at the left
    return Vec2{mirror > 0.0 ? p.x * stage.extent.x : (1.0 - p.x) * stage.extent.x,
                p.y * stage.extent.y};
  };
  const double rise = wood.uniform(-0.12, 0.12);
  const std::array<Vec2, 5> points{place({-0.05, 0.62}), place({0.2, 0.55 + 0.3 * rise}),
                                   place({0.42, 0.50 + rise}), place({0.64, 0.42 + 0.4 * rise}),
                                   place({0.86, 0.30})};
  const Outline axis = smooth_curve(points, 12);
  const bool autumn = stage.variant % 2 == 1 || wood.chance(0.3);
  const int leaves = 22 + wood.below(10);
  for (int i = 0; i < leaves; ++i) {
    Random own = stage.random.fork(90 + static_cast<std::uint64_t>(i));
    const double depth = static_cast<double>(i) / leaves;
    const auto k = static_cast<std::size_t>((0.12 + 0.88 * own.uniform()) *
                                            static_cast<double>(axis.size() - 1));
    const double side = i % 2 == 0 ? 1.0 : -1.0;
    const Vec2 along =
        unit(Vec2{mirror * own.uniform(0.2, 1.0), side * own.uniform(0.35, 1.1) + 0.15});
    const double size = own.uniform(72.0, 118.0);
    const Vec2 base = axis[k] + own.uniform(10.0, 24.0) * along;
    const Vec3 green = autumn ? mix(Vec3{.62, .40, .14}, Vec3{.50, .20, .10}, own.uniform())
                              : mix(Vec3{.28, .42, .14}, Vec3{.40, .48, .18}, own.uniform());
    draw_leaf(stage,
              {.base = base,
               .tip = base + size * unit(along + Vec2{0, 0.25}),
               .half_width = size * own.uniform(0.25, 0.33),
               .bend = own.uniform(-0.12, 0.12),
               .widest = 0.38,
               .albedo = own.uniform(0.8, 1.15) * mix(1.1, 0.6, depth) * green,
               .tilt = own.uniform(0.15, 0.5),
               .veins = 8.0,
               .serrated = true},
              seed + static_cast<std::uint32_t>(i));
    const std::array<Vec2, 2> stalk{axis[k], base};
    draw_stem(stage, stalk, 1.5, 1.1, 0.8 * green);
  }
  // Catkins and thin shoots at the ends give the outline its fine parts.
  for (int i = 0; i < 84; ++i) {
    Random own = stage.random.fork(300 + static_cast<std::uint64_t>(i));
    Vec2 at = axis[static_cast<std::size_t>(own.below(static_cast<int>(axis.size())))];
    Vec2 along = unit(Vec2{mirror * own.uniform(0.0, 1.0), 1.2 * own.normal()});
    std::vector<StrandPoint> shoot;
    const double wide = own.uniform(0.6, 1.6);
    for (int k = 0; k <= 12; ++k) {
      shoot.push_back({at, wide * (1.0 - 0.07 * k), own.uniform(0.8, 1.1) * Vec3{.33, .24, .17}});
      at = at + own.uniform(4.0, 8.0) * along;
      along = unit(along + 0.22 * Vec2{own.normal(), own.normal() + 0.1});
      if (own.chance(0.35)) {
        for (int j = 0; j < 9; ++j) {  // hairs of a bud
          const std::array<StrandPoint, 2> hair{
              StrandPoint{at, 0.3, {.55, .50, .38}},
              StrandPoint{at + 7.0 * Vec2{own.normal(), own.normal()}, 0.1, {.62, .57, .45}}};
          stage.canvas.strand(hair);
        }
      }
    }
    stage.canvas.strand(shoot);
  }
  draw_stem(stage, points, 9.0, 2.2, {.36, .28, .21});
}

void draw_dandelion(Stage& stage) {
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(82).bits());
  Random choice = stage.random.fork(83);
  const double narrow = std::min(stage.extent.x, stage.extent.y);
  const Vec2 head{stage.extent.x * choice.uniform(0.40, 0.60), stage.extent.y * 0.31};
  const double radius = 0.25 * narrow;
  const Vec2 foot{stage.extent.x * 0.5, stage.extent.y + 10.0};
  // The clock: fruits on a ball, each with a stalk and a parachute; the near half first.
  constexpr int kFruits = 230;
  for (int i = 0; i < kFruits; ++i) {
    Random own = stage.random.fork(1000 + static_cast<std::uint64_t>(i));
    const double z = 1.0 - 2.0 * (i + 0.5) / kFruits;  // golden spiral over the ball
    const double flat = std::sqrt(1.0 - z * z);
    const double turns = 0.381966 * i;
    const Vec2 out{flat * cos_turns(turns), flat * sin_turns(turns)};
    if (own.chance(0.05)) continue;
    const double bright = mix(0.62, 1.0, 0.5 + 0.5 * z);
    const Vec2 tip = head + (0.80 * radius * own.uniform(0.95, 1.05)) * out;
    const Vec3 white = bright * Vec3{.93, .92, .89};
    const int rays = 15;
    for (int k = 0; k < rays; ++k) {
      const double spin = (k + own.uniform()) / rays;
      // Rays lie on a shallow cone about `out`: seen from the side they fold into a fan.
      const Vec2 around{cos_turns(spin), sin_turns(spin)};
      const Vec2 end = tip + (0.22 * radius * own.uniform(0.85, 1.1)) *
                                 (0.55 * out + (1.0 - 0.35 * flat) * around);
      const Vec2 mid = mix(tip, end, 0.5) + (0.02 * radius) * out;
      const std::array<StrandPoint, 3> ray{StrandPoint{tip, 0.34, white},
                                           StrandPoint{mid, 0.26, white},
                                           StrandPoint{end, 0.10, white}};
      stage.canvas.strand(ray);
    }
    const std::array<StrandPoint, 2> stalk{
        StrandPoint{tip, 0.36, 0.9 * white},
        StrandPoint{head + (0.26 * radius) * out, 0.42, 0.8 * white}};
    stage.canvas.strand(stalk);
    const std::array<StrandPoint, 3> fruit{
        StrandPoint{head + (0.27 * radius) * out, 0.5, {.36, .25, .16}},
        StrandPoint{head + (0.20 * radius) * out, 1.5, {.40, .28, .18}},
        StrandPoint{head + (0.13 * radius) * out, 0.7, {.30, .22, .14}}};
    stage.canvas.strand(fruit);
  }
  stage.canvas.fill(ellipse(head, 0.15 * radius, 0.15 * radius), [&](Vec2 at) {
    const double n = fractal_noise((1.0 / 3.0) * at, 3, 0.6, seed);
    return (1.0 + 0.4 * n) * Vec3{.46, .42, .28};
  });
  // A flower in bloom beside it.
  const Vec2 bloom = head + Vec2{choice.sign() * 0.31 * narrow, 0.42 * narrow};
  for (int i = 0; i < 260; ++i) {
    Random own = stage.random.fork(3000 + static_cast<std::uint64_t>(i));
    const double depth = i / 260.0;
    const double turns = 0.381966 * i + 0.02 * own.normal();
    const Vec2 out{cos_turns(turns), 0.72 * sin_turns(turns) - 0.12};
    const double reach = 0.135 * narrow * mix(0.35, 1.0, std::sqrt(depth)) * own.uniform(0.9, 1.1);
    const Vec3 yellow = soft_clip(
        own.uniform(0.85, 1.1) * mix(0.86, 1.0, depth) *
        shade_matt(stage.light, {.86, .66, .10}, unit(Vec3{0.6 * out.x, 0.6 * out.y, 0.7})));
    const std::array<StrandPoint, 4> floret{StrandPoint{bloom, 1.2, 0.8 * yellow},
                                            StrandPoint{bloom + (0.5 * reach) * out, 2.5, yellow},
                                            StrandPoint{bloom + (0.92 * reach) * out, 2.4, yellow},
                                            StrandPoint{bloom + reach * out, 1.3, yellow}};
    stage.canvas.strand(floret);
  }
  const std::array<Vec2, 3> stem{head, mix(head, foot, 0.5) + Vec2{14.0, 0.0}, foot};
  draw_stem(stage, stem, 3.4, 4.2, {.46, .50, .28});
  const std::array<Vec2, 3> other{bloom + Vec2{0, 8}, mix(bloom, foot, 0.6), foot + Vec2{6, 0}};
  draw_stem(stage, other, 4.0, 4.4, {.44, .50, .26});
  for (int i = 0; i < 9; ++i) {
    Random own = stage.random.fork(90 + static_cast<std::uint64_t>(i));
    const double spread = (i - 4) / 4.0 + 0.12 * own.normal();
    const Vec2 tip = foot + 0.42 * narrow * Vec2{1.1 * spread, -own.uniform(0.35, 0.8)};
    draw_leaf(stage,
              {.base = foot + Vec2{6.0 * spread, 0.0},
               .tip = tip,
               .half_width = 0.055 * narrow,
               .bend = 0.12 * spread,
               .widest = 0.66,
               .albedo = own.uniform(0.8, 1.1) * Vec3{.27, .41, .14},
               .tilt = 0.4,
               .veins = 10.0,
               .serrated = true},
              seed + static_cast<std::uint32_t>(i));
  }
}

}  // namespace mbench::datasets::demo
