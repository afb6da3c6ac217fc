// Fruit and bricks.
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

/// A ball in the light.
void draw_ball(Stage& stage, Vec2 centre, double radius, Vec3 albedo, double gloss,
               std::uint32_t seed) {
  stage.canvas.fill(ellipse(centre, radius, radius * 1.06, 0.02), [&](Vec2 at) {
    const Vec2 q = (1.0 / radius) * (at - centre);
    const double r2 = std::min(dot(q, q), 0.999);
    const Vec3 normal{q.x, q.y, std::sqrt(1.0 - r2)};
    // Bloom: a pale film, wiped off in places; light that has passed through the edge.
    const double bloom = smooth_step(-0.2, 0.5, fractal_noise((1.6 / radius) * at, 3, 0.5, seed));
    const Vec3 skin = mix(albedo, Vec3{.52, .54, .58}, 0.22 * bloom);
    const double edge = r2 * r2;
    const double away = clamp01(-q.x * stage.light.direction.x - q.y * stage.light.direction.y);
    return soft_clip(shade_matt(stage.light, skin, normal) +
                     (0.55 * edge * away) * (albedo * Vec3{1.3, 1.2, .9}) +
                     (gloss * (1.0 - 0.6 * bloom) * shade_gloss(stage.light, normal, 60.0)) *
                         stage.light.key);
  });
}

/// A heap of straw: long thin blades lying about, each straight or slightly bent.
void draw_straw(Stage& stage, Vec2 centre, double radius_x, double radius_y, int count, Vec3 colour,
                std::uint64_t tag) {
  for (int i = 0; i < count; ++i) {
    Random own = stage.random.fork(tag).fork(static_cast<std::uint64_t>(i));
    const double depth = static_cast<double>(i) / count;
    const double x = own.uniform(-1.0, 1.0);
    Vec2 at = centre + Vec2{radius_x * x, radius_y * own.uniform(-1.0, 1.0) * (1.05 - x * x)};
    const bool lies = own.chance(0.7);
    const double turned = own.chance(0.5) ? 0.5 : 0.0;
    Vec2 along = rotated({1.0, 0.0}, lies ? turned + 0.06 * own.normal() : own.uniform());
    const double size = radius_x * own.uniform(0.25, 0.75);
    const double wide = own.uniform(0.45, 1.35);
    const Vec3 base = own.uniform(0.7, 1.15) * mix(1.1, 0.5, depth) * colour;
    const Vec3 lit =
        soft_clip(shade_hair(stage.light, base, {along.x, along.y, 0.0}, {0, -0.4, 0.9}, 0.25));
    const double bend = 0.03 * own.normal();
    std::vector<StrandPoint> blade;
    for (int k = 0; k <= 6; ++k) {
      blade.push_back({at, wide * (1.0 - 0.08 * k), lit});
      at = at + (size / 6.0) * along;
      along = rotated(along, bend);
    }
    stage.canvas.strand(blade);
  }
}

struct Box {
  Vec2 low{};  // of the front face
  double width{}, height{}, depth{};
  Vec3 albedo{};
};

/// A painted wooden brick in parallel projection: front, top and one side.
void draw_box(Stage& stage, const Box& box, double side, std::uint32_t seed) {
  const Vec2 back{side * 0.42 * box.depth, -0.30 * box.depth};
  const Vec2 a = box.low;
  const Vec2 b = a + Vec2{box.width, 0};
  const Vec2 c = a + Vec2{box.width, box.height};
  const Vec2 d = a + Vec2{0, box.height};
  const auto face = [&](Vec3 normal) {
    return [&stage, &box, normal, seed, a, c](Vec2 at) {
      const double n = fractal_noise({at.x / 30.0, at.y / 4.0}, 4, 0.6, seed);
      const double scuff =
          smooth_step(0.42, 0.6, fractal_noise((1.0 / 8.0) * at, 3, 0.6, seed + 1));
      const double edge =
          std::min(std::min(at.x - a.x, c.x - at.x), std::min(at.y - a.y, c.y - at.y));
      const double worn = normal.z > 0.9 ? smooth_step(2.6, 0.6, edge + 1.4 * n) : 0.0;
      const Vec3 paint = mix((1.0 + 0.10 * n) * box.albedo, Vec3{.68, .55, .38},
                             std::max(0.8 * scuff, 0.7 * worn));
      return soft_clip(shade_matt(stage.light, paint, normal, 0.9));
    };
  };
  stage.canvas.fill(Outline{a, b, c, d}, face({0, 0, 1}));
  stage.canvas.fill(Outline{a, a + back, b + back, b}, face({0, -0.95, 0.3}));
  if (side > 0.0) {
    stage.canvas.fill(Outline{b, b + back, c + back, c}, face({0.95, 0, 0.3}));
  } else {
    stage.canvas.fill(Outline{a, a + back, d + back, d}, face({-0.95, 0, 0.3}));
  }
}

}  // namespace

void draw_peach(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double u = 0.23 * std::min(stage.extent.x, stage.extent.y);
  const Vec2 c{0.5 * stage.extent.x, 0.50 * stage.extent.y};
  const bool apple = stage.variant % 2 == 1;
  const double side = choice.sign();
  draw_straw(stage, c + Vec2{0, 1.12 * u}, 2.3 * u, 0.30 * u, 260, {.74, .60, .36}, 31);
  const std::array<Vec2, 2> places{c + u * Vec2{-0.72 * side, 0.30},
                                   c + u * Vec2{0.85 * side, 0.06}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Vec2 p = places[i];
    Random own = stage.random.fork(41 + i);
    const double tip = own.uniform(-0.2, 0.2);
    const std::array<Vec2, 3> stalk{p + u * Vec2{0.05, -0.86}, p + u * Vec2{0.10, -1.1},
                                    p + u * Vec2{0.24 + tip, -1.34}};
    for (int k = 0; k < 2; ++k) {
      const Vec2 base = p + u * Vec2{0.08, -1.0};
      const Vec2 ahead = unit(Vec2{k == 0 ? 1.0 : -0.8, own.uniform(-0.75, 0.1)});
      draw_leaf(stage,
                {.base = base,
                 .tip = base + (u * own.uniform(0.9, 1.35)) * ahead,
                 .half_width = 0.2 * u,
                 .bend = own.uniform(-0.15, 0.15),
                 .widest = 0.4,
                 .albedo = own.uniform(0.85, 1.1) * Vec3{.26, .38, .15},
                 .tilt = 0.4,
                 .veins = 11.0,
                 .serrated = true},
                seed + static_cast<std::uint32_t>(10 * i) + static_cast<std::uint32_t>(k));
    }
    draw_stem(stage, stalk, 0.045 * u, 0.06 * u, {.34, .25, .16});
    const Relief body{
        {{p + u * Vec2{-0.1, 0}, 0.94 * u, 0.90 * u, 0.0, 0, 0.9 * u},
         {p + u * Vec2{0.14, 0.03}, 0.86 * u, 0.88 * u, 0.0, -0.02 * u, 0.85 * u}},
        {{p + u * Vec2{0.06, -0.80}, 0.42 * u, 0.24 * u, 0, -0.3 * u},
         {p + u * Vec2{0.30, -0.1}, 0.07 * u, 0.95 * u, 0.03, apple ? 0.0 : -0.08 * u}},
        0.1 * u};
    const auto albedo = [&, p](Vec2 at) {
      const Vec2 q = (1.0 / u) * (at - p);
      const double n = fractal_noise((3.0 / u) * at, 4, 0.55, seed + 5);
      const double blush = smooth_step(-0.5, 0.6, -q.x * side * 0.7 - q.y * 0.5 + 0.7 * n);
      if (apple) {
        const double streak = value_noise(
            {16.0 * q.x / (0.4 + std::sqrt(1.3 - std::min(1.2, q.y * q.y))), 1.2 * q.y}, seed + 6);
        return mix(Vec3{.66, .60, .24}, Vec3{.58, .13, .10}, clamp01(blush + 0.35 * streak));
      }
      return mix(Vec3{.86, .62, .32}, Vec3{.70, .27, .20}, blush);
    };
    if (apple) {
      draw_skin(stage.canvas, body, stage.light, albedo, 0.5, 50.0);
    } else {
      FurStyle fuzz;
      fuzz.length = 5.5;
      fuzz.length_sigma = 0.3;
      fuzz.spacing = 1.7;
      fuzz.half_width = 0.17;
      fuzz.lift = 2.2;
      fuzz.curl = 0.4;
      fuzz.clump = 0.0;
      fuzz.segments = 3;
      fuzz.flyaway = 0.0;
      fuzz.gloss = 0.05;
      fuzz.flow = [&](Vec2 at) {
        return rotated({1.0, 0.0}, value_noise((1.0 / 6.0) * at, seed + 7));
      };
      fuzz.albedo = [&](Vec2 at) { return mix(albedo(at), Vec3{.9, .82, .7}, 0.25); };
      draw_fur_strands(stage.canvas, body, stage.light, fuzz, stage.random.fork(51 + i));
      draw_skin(stage.canvas, body, stage.light, albedo);
    }
  }
  draw_straw(stage, c + Vec2{0, 1.02 * u}, 2.4 * u, 0.52 * u, 700, {.70, .56, .33}, 32);
}

void draw_grapes(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  constexpr std::array kSkins{Vec3{.24, .14, .26}, Vec3{.48, .54, .24}, Vec3{.46, .17, .18}};
  const Vec3 skin = choice.pick(std::span<const Vec3>{kSkins});
  const double u = 0.30 * std::min(stage.extent.x, stage.extent.y);
  const Vec2 c{0.5 * stage.extent.x, 0.46 * stage.extent.y};
  const auto draw_tendrils = [&](int first, int end, double spread, double light) {
    for (int i = first; i < end; ++i) {
      Random own = stage.random.fork(300 + static_cast<std::uint64_t>(i));
      Vec2 at = c + u * Vec2{spread * own.normal(), -0.95 + 0.35 * own.normal()};
      double turns = own.uniform();
      const double sense = own.sign();
      const double wind = sense * own.uniform(0.5, 1.5);
      std::vector<StrandPoint> tendril;
      for (int k = 0; k <= 70; ++k) {
        const double t = k / 70.0;
        tendril.push_back(
            {at, 0.95 * (1.0 - 0.75 * t), (light * own.uniform(0.95, 1.05)) * Vec3{.45, .50, .24}});
        at = at + (0.034 * u * (1.2 - t)) * rotated({1.0, 0.0}, turns);
        turns += wind * (0.004 + 0.045 * t);
      }
      stage.canvas.strand(tendril);
    }
  };
  draw_tendrils(0, 12, 0.9, 1.0);  // a few curl in front of all
  for (int i = 0; i < 6; ++i) {
    Random own = stage.random.fork(90 + static_cast<std::uint64_t>(i));
    const Vec2 base = c + u * Vec2{-0.9 + 0.36 * i, -1.12 + 0.1 * own.normal()};
    const Vec2 ahead = unit(Vec2{(i - 2.5) * 0.5, own.uniform(-0.9, 0.6)});
    // A vine leaf: three lobes.
    for (const double lobe : {0.0, -0.13, 0.13}) {
      const Vec2 along = rotated(ahead, lobe);
      const double size = u * (lobe == 0.0 ? 0.92 : 0.72) * own.uniform(0.9, 1.1);
      draw_leaf(stage,
                {.base = base - (0.1 * u) * ahead,
                 .tip = base + size * along,
                 .half_width = 0.27 * u,
                 .bend = own.uniform(-0.08, 0.08),
                 .widest = 0.45,
                 .albedo = own.uniform(0.8, 1.1) * Vec3{.29, .37, .14},
                 .tilt = 0.35,
                 .veins = 8.0,
                 .serrated = true},
                seed + static_cast<std::uint32_t>(i));
    }
  }
  struct Berry {
    Vec2 at{};
    double depth{}, radius{};
    std::uint64_t tag{};
  };
  std::vector<Berry> berries;
  for (int i = 0; i < 75; ++i) {
    Random own = stage.random.fork(500 + static_cast<std::uint64_t>(i));
    const double t = std::sqrt(own.uniform());  // from the stalk to the tip, wide above
    const double wide = 0.84 * (1.0 - 0.78 * (1.0 - t) * (1.0 - t)) * std::sqrt(t) * 1.05;
    const Vec3 out = unit(Vec3{own.normal(), 0.0, own.normal()});
    berries.push_back({c + u * Vec2{wide * out.x, 1.45 - 2.2 * t}, wide * out.z,
                       u * own.uniform(0.16, 0.21), 700 + static_cast<std::uint64_t>(i)});
  }
  std::stable_sort(berries.begin(), berries.end(),
                   [](const Berry& p, const Berry& q) { return p.depth > q.depth; });
  for (const Berry& berry : berries) {
    Random own = stage.random.fork(berry.tag);
    const double shade = mix(0.45, 1.1, clamp01(0.5 + 0.7 * berry.depth));
    const std::array<Vec2, 2> stalk{berry.at - Vec2{0, berry.radius},
                                    c + u * Vec2{0.0, (berry.at.y - c.y) / u - 0.5}};
    draw_ball(stage, berry.at, berry.radius, shade * own.uniform(0.8, 1.25) * skin, 0.8,
              seed + static_cast<std::uint32_t>(berry.tag));
    draw_stem(stage, stalk, 1.2, 1.4, {.36, .36, .20});
  }
  draw_tendrils(12, 130, 1.35, 0.75);
  const std::array<Vec2, 4> cane{c + u * Vec2{-2.6, -1.42}, c + u * Vec2{-0.8, -1.22},
                                 c + u * Vec2{0.7, -1.3}, c + u * Vec2{2.6, -1.12}};
  for (int i = 0; i < 600; ++i) {  // frayed bark
    Random own = stage.random.fork(1200 + static_cast<std::uint64_t>(i));
    const double t = own.uniform();
    Vec2 at = mix(cane[0], cane[3], t) + Vec2{0, 6.0 * own.normal()};
    Vec2 along = unit(Vec2{own.sign(), 0.5 * own.normal()});
    std::vector<StrandPoint> shred;
    for (int k = 0; k <= 5; ++k) {
      shred.push_back({at, 0.45 - 0.06 * k, own.uniform(0.8, 1.1) * Vec3{.44, .34, .25}});
      at = at + own.uniform(3.0, 8.0) * along;
      along = unit(along + Vec2{0, 0.25 * own.normal()});
    }
    stage.canvas.strand(shred);
  }
  draw_stem(stage, cane, 8.0, 6.5, {.40, .31, .23});
}

void draw_bricks(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  constexpr std::array kPaints{Vec3{.62, .20, .16}, Vec3{.22, .36, .55}, Vec3{.76, .60, .22},
                               Vec3{.27, .44, .28}, Vec3{.72, .58, .40}, Vec3{.80, .76, .68}};
  const double u = 0.155 * std::min(stage.extent.x, stage.extent.y);
  const Vec2 c{0.5 * stage.extent.x, 0.80 * stage.extent.y};
  const double side = choice.sign();
  // The rug's near hairs stand in front of the lowest bricks.
  Relief rug{{{c + Vec2{0, 0.28 * u}, 2.75 * u, 0.52 * u, 0, 0, 0.3 * u}}, {}, 10.0};
  FurStyle pile;
  pile.length = 0.34 * u;
  pile.lift = 1.0;
  pile.curl = 0.45;
  pile.clump = 0.6;
  pile.clump_size = 10.0;
  pile.gravity = {0.0, -0.25};
  pile.segments = 6;
  const Vec3 wool = choice.chance(0.5) ? Vec3{.78, .74, .66} : Vec3{.40, .44, .47};
  pile.flow = [&](Vec2 at) {
    const double near = smooth_step(c.y + 0.1 * u, c.y + 0.5 * u, at.y);
    const Vec2 flow = mix(Vec2{0.0, -1.0}, unit(Vec2{(at.x - c.x) / u, 0.9}), near);
    return rotated(flow, 0.12 * value_noise((1.0 / 11.0) * at, seed));
  };
  pile.albedo = [&](Vec2 at) {
    return (1.0 + 0.15 * fractal_noise((1.0 / 30.0) * at, 3, 0.5, seed + 1)) * wool;
  };
  Relief front{{{c + Vec2{0, 0.5 * u}, 2.5 * u, 0.3 * u, 0, 0, 0.3 * u}}, {}, 10.0};
  draw_fur_strands(stage.canvas, front, stage.light, pile, stage.random.fork(12));

  // A cord with a knot hangs over the top; then the storeys from the top down.
  const int storeys = 3 + choice.below(2);
  for (int row = storeys - 1; row >= 0; --row) {
    const int count = storeys - row;
    for (int i = 0; i < count; ++i) {
      Random own = stage.random.fork(static_cast<std::uint64_t>(40 + row * 10 + i));
      const int column = side > 0.0 ? i : count - 1 - i;  // the one in front of its neighbour first
      const double x = (column - 0.5 * (count - 1)) * 1.18 + 0.07 * own.normal();
      const Vec3 paint = own.pick(std::span<const Vec3>{kPaints});
      draw_box(stage,
               {.low = c + u * Vec2{x - 0.5, -1.0 * row - 0.95},
                .width = 0.98 * u,
                .height = 0.98 * u,
                .depth = 0.98 * u,
                .albedo = own.uniform(0.85, 1.1) * paint},
               side, seed + static_cast<std::uint32_t>(row * 7 + i));
    }
  }
  draw_fur(stage.canvas, rug, stage.light, pile, stage.random.fork(11));
}

}  // namespace mbench::datasets::demo
