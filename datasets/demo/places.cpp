#include "datasets/demo/places.hpp"

#include <array>
#include <cmath>
#include <cstdint>

#include "core/exact_math.hpp"
#include "datasets/demo/noise.hpp"
#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {
namespace {

std::uint32_t seed_of(Random& random) { return static_cast<std::uint32_t>(random.bits()); }

/// Leaves in front of leaves in front of leaves, radii by the power law r^-3 [lee2001]: the model
/// of natural images whose statistics do not change with scale.
void draw_dead_leaves(Canvas& canvas, Random random, double top, double smallest, double largest,
                      int count, std::span<const Vec3> palette, double light_from) {
  const Vec2 extent = canvas.extent();
  const std::uint32_t patches = seed_of(random);
  for (int i = 0; i < count; ++i) {
    Random leaf = random.fork(static_cast<std::uint64_t>(i));
    // Inverse of the distribution function of r^-3 between the two radii.
    const double low = 1.0 / (smallest * smallest);
    const double high = 1.0 / (largest * largest);
    const double radius = 1.0 / std::sqrt(mix(low, high, leaf.uniform()));
    const Vec2 at{leaf.uniform(-0.05, 1.05) * extent.x,
                  mix(top, extent.y, leaf.uniform(-0.05, 1.05))};
    const double patch = value_noise((1.0 / 150.0) * at, patches);
    const double light = (0.62 + 0.5 * patch + 0.25 * leaf.normal()) *
                         mix(1.25, 0.8, clamp01((at.y - light_from) / extent.y));
    const Vec3 base = std::max(0.12, light) * leaf.pick(palette);
    const Vec2 lamp = rotated({1.0, 0.0}, leaf.uniform());
    const double narrow = radius * leaf.uniform(0.35, 0.9);
    canvas.fill(ellipse(at, radius, narrow, leaf.uniform()),
                [&](Vec2 p) { return (0.95 + 0.25 * dot(p - at, lamp) / radius) * base; });
  }
}

constexpr std::array kGreens{Vec3{.30, .40, .16}, Vec3{.22, .33, .14}, Vec3{.42, .48, .22},
                             Vec3{.16, .24, .12}, Vec3{.36, .38, .20}, Vec3{.50, .52, .30}};
constexpr std::array kAutumn{Vec3{.48, .33, .16}, Vec3{.36, .24, .14}, Vec3{.55, .44, .22},
                             Vec3{.28, .26, .15}, Vec3{.42, .22, .13}, Vec3{.33, .34, .18}};
constexpr std::array kStones{Vec3{.48, .46, .42}, Vec3{.36, .35, .33}, Vec3{.55, .51, .45},
                             Vec3{.29, .28, .27}, Vec3{.43, .40, .34}};

void draw_foliage(Canvas& canvas, Random random) {
  constexpr std::array<std::span<const Vec3>, 3> palettes{kGreens, kAutumn, kGreens};
  const auto palette = palettes[static_cast<std::size_t>(random.below(3))];
  draw_dead_leaves(canvas, random.fork(1), 0.0, 5.0, 90.0, 2600, palette, 0.0);
  canvas.fill_all([&](Vec2) { return 0.4 * palette[1]; });
}

Vec3 sky_colour(Vec2 at, double horizon, std::uint32_t clouds, double cover) {
  const double down = clamp01(at.y / horizon);
  const Vec3 clear = mix(Vec3{.42, .56, .74}, Vec3{.78, .82, .84}, down);
  const double n = fractal_noise({at.x / 210.0, at.y / 95.0}, 5, 0.55, clouds);
  return mix(clear, Vec3{.90, .89, .87}, smooth_step(0.25 - cover, 0.75 - cover, n) * 0.9);
}

void draw_ridge(Canvas& canvas, double y, double rise, double roughness, Vec3 colour,
                std::uint32_t seed) {
  const Vec2 extent = canvas.extent();
  Outline outline{{extent.x + 20.0, extent.y + 5.0}, {-20.0, extent.y + 5.0}};
  for (double x = -20.0; x <= extent.x + 20.0; x += 2.0) {
    outline.push_back({x, y - rise * fractal_noise({x / roughness, 0.5}, 6, 0.5, seed)});
  }
  canvas.fill(std::move(outline), [&](Vec2 at) {
    const double n = fractal_noise({at.x / 22.0, at.y / 14.0}, 4, 0.6, seed + 77U);
    return (1.0 + 0.35 * n) * colour;
  });
}

void draw_hills(Canvas& canvas, Random random) {
  const Vec2 extent = canvas.extent();
  const double horizon = extent.y * random.uniform(0.42, 0.62);
  const bool dry = random.chance(0.4);
  const Vec3 near_colour = dry ? Vec3{.46, .38, .25} : Vec3{.27, .35, .17};
  const Vec3 haze{.62, .67, .72};
  const std::uint32_t seed = seed_of(random);
  draw_ridge(canvas, horizon + 0.20 * extent.y, 18.0, 190.0, near_colour, seed + 1);
  draw_ridge(canvas, horizon + 0.10 * extent.y, 26.0, 120.0, mix(near_colour, haze, 0.25),
             seed + 2);
  draw_ridge(canvas, horizon, 46.0, 150.0, mix(near_colour, haze, 0.55), seed + 3);
  draw_ridge(canvas, horizon - 0.06 * extent.y, 70.0, 210.0, mix(Vec3{.40, .44, .50}, haze, 0.6),
             seed + 4);
  const double cover = random.uniform(-0.1, 0.35);
  canvas.fill_all([&](Vec2 at) { return sky_colour(at, horizon, seed + 9, cover); });
}

void draw_meadow(Canvas& canvas, Random random) {
  const Vec2 extent = canvas.extent();
  const double horizon = extent.y * random.uniform(0.35, 0.6);
  const bool path = random.chance(0.35);
  const std::uint32_t seed = seed_of(random);
  const std::span<const Vec3> trees = random.chance(0.7) ? kGreens : kAutumn;
  // Grass is finer towards the horizon.
  Outline ground{{0, horizon}, {extent.x, horizon}, {extent.x, extent.y}, {0, extent.y}};
  const Vec3 grass = path ? Vec3{.50, .45, .36} : Vec3{.36, .43, .18};
  canvas.fill(std::move(ground), [&](Vec2 at) {
    const double depth = 0.15 + (at.y - horizon) / (extent.y - horizon);
    const double fine = fractal_noise({at.x / (9.0 * depth), at.y / (4.0 * depth)}, 3, 0.6, seed);
    const double broad = value_noise({at.x / 130.0, at.y / 40.0}, seed + 5);
    return (0.85 + 0.28 * fine + 0.22 * broad) * mix(grass, Vec3{.52, .52, .26}, 0.4 - 0.4 * depth);
  });
  draw_dead_leaves(canvas, random.fork(2), -0.9 * extent.y + horizon, 6.0, 80.0, 1500, trees, -100);
  canvas.fill_all([&](Vec2 at) { return sky_colour(at, horizon, seed + 3, 0.2); });
}

void draw_evening(Canvas& canvas, Random random) {
  constexpr std::array kLamps{Vec3{1.0, .80, .50}, Vec3{1.0, .66, .36}, Vec3{.95, .90, .82},
                              Vec3{.72, .80, .95}, Vec3{.95, .48, .34}, Vec3{.62, .85, .70}};
  const Vec2 extent = canvas.extent();
  const double radius = random.uniform(11.0, 24.0);
  const int count = 40 + random.below(50);
  for (int i = 0; i < count; ++i) {
    Random lamp = random.fork(100 + static_cast<std::uint64_t>(i));
    const double across = lamp.uniform();
    const double spread = lamp.uniform(0.3, 1.0);
    const Vec2 at{across * extent.x, extent.y * (0.45 + 0.28 * spread * lamp.normal())};
    const double own = radius * lamp.uniform(0.7, 1.25);
    const Vec3 colour = lamp.pick(std::span<const Vec3>{kLamps});
    const double strength = lamp.uniform(0.12, 0.6);
    canvas.fill(ellipse(at, own, own * 0.97), [&](Vec2 p) {
      const double r = length(p - at) / own;
      return Tint{colour, strength * (0.75 + 0.25 * smooth_step(0.75, 1.0, r))};
    });
  }
  const std::uint32_t seed = seed_of(random);
  const Vec3 top = random.chance(0.5) ? Vec3{.10, .13, .22} : Vec3{.16, .12, .12};
  canvas.fill_all([&](Vec2 at) {
    const double n = fractal_noise({at.x / 120.0, at.y / 150.0}, 3, 0.5, seed);
    return (1.0 + 0.7 * n) * mix(top, Vec3{.22, .16, .12}, at.y / extent.y);
  });
}

void draw_room(Canvas& canvas, Random random) {
  constexpr std::array kWalls{Vec3{.74, .71, .65}, Vec3{.58, .63, .64}, Vec3{.66, .58, .50},
                              Vec3{.48, .53, .48}, Vec3{.78, .77, .75}};
  constexpr std::array kBooks{Vec3{.52, .20, .16}, Vec3{.20, .28, .40}, Vec3{.70, .64, .52},
                              Vec3{.24, .34, .24}, Vec3{.60, .46, .24}, Vec3{.15, .14, .15},
                              Vec3{.78, .75, .70}};
  const Vec2 extent = canvas.extent();
  const Vec3 wall = random.pick(std::span<const Vec3>{kWalls});
  const double floor_y = extent.y * random.uniform(0.72, 0.9);
  const bool window = random.chance(0.6);
  const double side = random.chance(0.5) ? 0.08 : 0.62;
  if (window) {
    const Vec2 low{extent.x * side, extent.y * 0.06};
    const Vec2 high{extent.x * (side + 0.3), extent.y * 0.62};
    const Vec2 middle = 0.5 * (low + high);
    canvas.fill(rectangle({middle.x - 4, low.y}, {middle.x + 4, high.y}), [](Vec2) {
      return Vec3{.82, .80, .76};
    });
    canvas.fill(rectangle(low, high), [&](Vec2 at) {
      return mix(Vec3{.95, .95, .94}, Vec3{.72, .82, .78}, (at.y - low.y) / (high.y - low.y));
    });
    canvas.fill(rectangle(low - Vec2{9, 9}, high + Vec2{9, 9}), [](Vec2) {
      return Vec3{.86, .84, .80};
    });
  }
  const double shelf_x = extent.x * (side < 0.3 ? 0.5 : 0.05);
  for (int row = 0; row < 4; ++row) {
    const double base = extent.y * (0.22 + 0.17 * row);
    double x = shelf_x;
    for (int i = 0; x < shelf_x + 0.42 * extent.x; ++i) {
      Random book = random.fork(static_cast<std::uint64_t>(500 + row * 100 + i));
      const double width = book.uniform(6.0, 17.0);
      if (book.chance(0.88)) {
        const Vec3 cover = book.pick(std::span<const Vec3>{kBooks});
        const Vec3 colour = book.uniform(0.6, 1.1) * cover;
        canvas.fill(rectangle({x, base - book.uniform(0.09, 0.14) * extent.y}, {x + width, base}),
                    [&](Vec2) { return colour; });
      }
      x += width;
    }
    canvas.fill(rectangle({shelf_x - 6, base}, {shelf_x + 0.44 * extent.x, base + 7}), [](Vec2) {
      return Vec3{.36, .27, .19};
    });
  }
  const std::uint32_t seed = seed_of(random);
  const double lamp_x = extent.x * (window ? side + 0.15 : random.uniform());
  canvas.fill_all([&](Vec2 at) {
    if (at.y > floor_y) {
      const double n = fractal_noise({at.x / 90.0, at.y / 9.0}, 3, 0.5, seed);
      return (0.9 + 0.3 * n) * Vec3{.42, .32, .23};
    }
    const double from_lamp = length(at - Vec2{lamp_x, 0.35 * extent.y}) / Canvas::kLongSide;
    return (1.12 - 0.6 * from_lamp) * wall;
  });
}

void draw_studio(Canvas& canvas, Random random) {
  constexpr std::array kCloths{Vec3{.42, .44, .47}, Vec3{.62, .60, .57}, Vec3{.30, .34, .38},
                               Vec3{.52, .45, .38}, Vec3{.36, .42, .40}, Vec3{.70, .70, .71}};
  const Vec2 extent = canvas.extent();
  const Vec3 cloth = random.pick(std::span<const Vec3>{kCloths});
  const std::uint32_t seed = seed_of(random);
  const Vec2 spot{extent.x * random.uniform(0.3, 0.7), extent.y * random.uniform(0.2, 0.5)};
  canvas.fill_all([&](Vec2 at) {
    const double away = length(at - spot) / Canvas::kLongSide;
    const double cloud = fractal_noise((1.0 / 130.0) * at, 4, 0.5, seed);
    return (1.2 - 0.9 * away + 0.16 * cloud) * cloth;
  });
}

void draw_wall(Canvas& canvas, Random random) {
  const int kind = random.below(3);  // bricks, planks, stones
  const std::uint32_t seed = seed_of(random);
  const Vec2 extent = canvas.extent();
  if (kind == 2) {
    draw_dead_leaves(canvas, random.fork(1), 0.0, 4.0, 60.0, 5000, kStones, 0.0);
    canvas.fill_all([](Vec2) { return Vec3{.2, .2, .19}; });
    return;
  }
  const bool bricks = kind == 0;
  const Vec3 base = bricks ? Vec3{.52, .33, .25} : Vec3{.50, .40, .29};
  const double tall = bricks ? random.uniform(26.0, 34.0) : random.uniform(46.0, 70.0);
  const double wide = bricks ? 2.6 * tall : 5000.0;
  canvas.fill_all([&](Vec2 at) {
    const Vec2 warped = at + 1.6 * Vec2{value_noise((1.0 / 19.0) * at, seed + 1),
                                        value_noise((1.0 / 19.0) * at, seed + 2)};
    const double row = std::floor(warped.y / tall);
    const double shift = bricks && static_cast<int>(row) % 2 != 0 ? 0.5 * wide : 0.0;
    const double column = std::floor((warped.x + shift) / wide);
    const double to_row = warped.y - row * tall;
    const double to_column = warped.x + shift - column * wide;
    const double edge =
        std::min(std::min(to_row, tall - to_row), std::min(to_column, wide - to_column));
    const double tone = 1.0 + 0.28 * value_noise({row * 7.31 + 0.5, column * 3.77 + 0.5}, seed);
    const double grain = bricks ? fractal_noise((1.0 / 7.0) * at, 4, 0.65, seed + 4)
                                : fractal_noise({at.x / 90.0, at.y / 3.5}, 4, 0.6, seed + 4);
    const double shade = mix(1.08, 0.72, at.x / extent.x);
    const Vec3 stone = (tone + 0.3 * grain) * base;
    const Vec3 joint = bricks ? Vec3{.58, .55, .50} : Vec3{.14, .10, .07};
    const double gap = bricks ? 2.2 : 1.2;
    return shade * mix(joint + (0.1 * grain) * Vec3{1, 1, 1}, stone,
                       smooth_step(gap * 0.6, gap * 1.3, edge));
  });
}

}  // namespace

void draw_place(Canvas& canvas, Place place, Random random) {
  switch (place) {
    case Place::foliage: return draw_foliage(canvas, random);
    case Place::meadow: return draw_meadow(canvas, random);
    case Place::hills: return draw_hills(canvas, random);
    case Place::evening: return draw_evening(canvas, random);
    case Place::room: return draw_room(canvas, random);
    case Place::studio: return draw_studio(canvas, random);
    case Place::wall: return draw_wall(canvas, random);
  }
}

}  // namespace mbench::datasets::demo
