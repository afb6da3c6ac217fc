// Animals seen from the side, whole.
#include <array>
#include <cmath>

#include "core/exact_math.hpp"
#include "datasets/demo/faces.hpp"
#include "datasets/demo/fur.hpp"
#include "datasets/demo/noise.hpp"
#include "datasets/demo/recipes.hpp"
#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {
namespace {

Frame stand(Stage& stage, double share, double middle_y) {
  Random choice = stage.random.fork(21);
  return {{stage.extent.x * choice.uniform(0.45, 0.55), stage.extent.y * middle_y},
          share * std::min(stage.extent.x, stage.extent.y) * choice.uniform(0.94, 1.06),
          choice.sign()};
}

double falloff(Vec2 p, Vec2 centre, double radius_x, double radius_y) {
  return smooth_step(1.15, 0.75,
                     length(Vec2{(p.x - centre.x) / radius_x, (p.y - centre.y) / radius_y}));
}

}  // namespace

void draw_rabbit(Stage& stage) {
  constexpr std::array kCoats{Vec3{.56, .46, .36}, Vec3{.84, .81, .77}, Vec3{.40, .38, .37},
                              Vec3{.68, .52, .36}};
  // Figure: the body is a mound about (0, 0), the head to the left.
  const Frame frame = stand(stage, 0.33, 0.60);
  const Vec3 coat = kCoats[static_cast<std::size_t>(stage.variant + stage.random.below(4)) % 4];
  const double ear = stage.random.fork(22).uniform(-0.05, 0.04);
  const Relief body = frame.relief({{{0.22, 0.05}, 1.05, 0.78, 0.03, 0, 0.7},
                                    {{0.62, 0.42}, 0.58, 0.50, 0, 0.3, 0.45},
                                    {{-0.45, 0.32}, 0.52, 0.52, 0, 0.2, 0.5},
                                    {{-0.92, -0.35}, 0.46, 0.36, -0.06, 0.35, 0.38},
                                    {{-1.18, -0.24}, 0.24, 0.21, 0, 0.48, 0.25},
                                    {{-0.62, -0.98}, 0.15, 0.52, 0.05 + ear, 0.3, 0.12},
                                    {{-0.84, -1.0}, 0.14, 0.50, -0.01 + ear, 0.5, 0.12},
                                    {{-0.66, 0.72}, 0.34, 0.16, 0, 0.45, 0.2},
                                    {{0.55, 0.78}, 0.52, 0.16, 0, 0.5, 0.2},
                                    {{1.22, 0.12}, 0.24, 0.24, 0, 0.0, 0.22}},
                                   {}, 0.16);
  draw_whiskers(stage, frame, {-1.26, -0.18}, 0.55, 6, {.9, .88, .84});
  draw_eye(stage, {.centre = frame.to_scene({-0.98, -0.42}),
                   .radius_x = 0.085 * frame.unit,
                   .radius_y = 0.08 * frame.unit,
                   .iris = {.16, .09, .06},
                   .pupil_x = 0.75,
                   .pupil_y = 0.8});
  draw_nose(stage, frame.to_scene({-1.37, -0.26}), 0.05 * frame.unit, {.62, .44, .42});
  const auto seed = static_cast<std::uint32_t>(stage.random.bits());
  FurStyle fur;
  fur.length = 22.0;
  fur.clump_size = 8.0;
  fur.flow = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    const bool on_ear = p.y < -0.62 && p.x > -1.05;
    if (on_ear) return frame.direction(0.35 * unit(Vec2{0.15, -1.0}));
    const double head = falloff(p, {-0.98, -0.32}, 0.52, 0.42);
    const Vec2 flow =
        mix(unit(Vec2{0.9, 0.45 + 0.4 * p.y}), unit(Vec2{0.9, 0.15 + p.y + 0.35}), head);
    return frame.direction(mix(1.0, 0.38, head) * unit(flow));
  };
  fur.albedo = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    const double agouti = fractal_noise((1.0 / 6.0) * at, 3, 0.6, seed);
    const Vec3 base = (1.0 + 0.22 * agouti) * coat;
    const double pale = std::max(smooth_step(0.45, 0.85, p.y), falloff(p, {1.26, 0.2}, 0.26, 0.24));
    const double inner = falloff(p, {-0.86, -0.98}, 0.07, 0.36);
    return mix(mix(base, mix(coat, Vec3{.92, .9, .87}, 0.7), pale), Vec3{.74, .54, .50},
               0.8 * inner);
  };
  draw_fur(stage.canvas, body, stage.light, fur, stage.random.fork(11));
}

void draw_sheep(Stage& stage) {
  const Frame frame = stand(stage, 0.30, 0.52);
  Random choice = stage.random.fork(23);
  const bool black_face = choice.chance(0.5);
  const Vec3 skin = black_face ? Vec3{.13, .12, .12} : Vec3{.74, .68, .60};
  const Vec3 wool_colour = choice.chance(0.8) ? Vec3{.80, .76, .68} : Vec3{.38, .32, .27};

  // Head: short smooth hair; then the woolly body; legs last, behind it.
  draw_eye(stage, {.centre = frame.to_scene({-1.24, -0.42}),
                   .radius_x = 0.06 * frame.unit,
                   .radius_y = 0.05 * frame.unit,
                   .iris = {.55, .42, .22},
                   .pupil_x = 0.85,
                   .pupil_y = 0.4});
  draw_nose(stage, frame.to_scene({-1.66, -0.03}), 0.05 * frame.unit, {.16, .13, .12});
  const Relief head = frame.relief({{{-1.22, -0.40}, 0.32, 0.28, 0, 0.5, 0.28},
                                    {{-1.48, -0.14}, 0.33, 0.2, 0.11, 0.5, 0.22},
                                    {{-0.92, -0.38}, 0.26, 0.10, 0.06, 0.75, 0.08}},
                                   {}, 0.14);
  FurStyle hair;
  hair.length = 7.0;
  hair.spacing = 1.9;
  hair.flow = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    return frame.direction(unit(Vec2{1.0, 0.4 + 0.5 * (p.y + 0.3)}));
  };
  hair.albedo = [&](Vec2) { return skin; };
  draw_fur(stage.canvas, head, stage.light, hair, stage.random.fork(12));

  const Relief body = frame.relief({{{0.12, 0.0}, 1.05, 0.68, 0, 0, 0.7},
                                    {{-0.62, -0.12}, 0.55, 0.58, 0, 0.1, 0.55},
                                    {{0.72, 0.05}, 0.55, 0.60, 0, 0.1, 0.55},
                                    {{-1.10, -0.68}, 0.30, 0.20, 0, 0.55, 0.25}},
                                   {}, 0.3);
  FurStyle wool;
  wool.length = 15.0;
  wool.length_sigma = 0.3;
  wool.curl = 0.8;
  wool.clump = 0.85;
  wool.clump_size = 10.0;
  wool.lift = 1.1;
  wool.spacing = 2.0;
  wool.gravity = {0, 0.3};
  wool.segments = 7;
  const auto seed = static_cast<std::uint32_t>(stage.random.bits());
  wool.flow = [&](Vec2 at) {
    return rotated({0.0, 1.0}, 0.45 * value_noise((1.0 / 12.0) * at, seed));
  };
  wool.albedo = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    const double dirt =
        smooth_step(0.2, 0.7, p.y) * 0.25 + 0.16 * fractal_noise(4.0 * p, 3, 0.5, seed);
    return (1.0 - dirt) * wool_colour;
  };
  draw_fur(stage.canvas, body, stage.light, wool, stage.random.fork(11));

  for (const double x : {-0.62, 0.72, -0.35, 0.98}) {
    const bool near = x < -0.5 || (x > 0.0 && x < 0.9);
    const Relief leg = frame.relief({{{x, 0.85}, 0.13, 0.52, 0.008, near ? 0.1 : -0.4, 0.1},
                                     {{x - 0.02, 1.3}, 0.10, 0.28, 0, near ? 0.1 : -0.4, 0.1},
                                     {{x - 0.05, 1.5}, 0.13, 0.09, 0, near ? 0.1 : -0.4, 0.1}},
                                    {}, 0.1);
    FurStyle coat = hair;
    coat.length = 6.0;
    coat.flow = [](Vec2) { return Vec2{0.0, 1.0}; };
    coat.albedo = [&](Vec2 at) {
      const double hoof = smooth_step(1.40, 1.44, frame.to_figure(at).y);
      return (near ? 1.0 : 0.6) * mix(skin, Vec3{.16, .13, .11}, hoof);
    };
    draw_fur(stage.canvas, leg, stage.light, coat, stage.random.fork(near ? 13U : 14U));
  }
}

void draw_bird(Stage& stage) {
  struct Plumage {
    Vec3 back, breast, belly, cap, bill;
  };
  constexpr std::array<Plumage, 4> kPlumages{
      Plumage{{.36, .31, .25}, {.72, .38, .18}, {.80, .77, .72}, {.36, .31, .25}, {.18, .15, .13}},
      Plumage{{.34, .42, .52}, {.82, .76, .42}, {.86, .80, .56}, {.22, .40, .62}, {.20, .20, .21}},
      Plumage{{.44, .34, .24}, {.66, .60, .52}, {.78, .74, .68}, {.40, .24, .16}, {.30, .26, .22}},
      Plumage{{.80, .70, .36}, {.88, .80, .48}, {.90, .85, .62}, {.84, .74, .38}, {.70, .48, .22}}};
  const Plumage& look = kPlumages[static_cast<std::size_t>(stage.variant) % kPlumages.size()];
  const bool chick = stage.variant % 4 == 3;
  const Frame frame = stand(stage, 0.27, 0.47);
  draw_eye(stage, {.centre = frame.to_scene({-0.80, -0.72}),
                   .radius_x = 0.075 * frame.unit,
                   .radius_y = 0.075 * frame.unit,
                   .iris = {.14, .09, .06},
                   .pupil_x = 0.8,
                   .pupil_y = 0.8});
  // The bill: two mandibles.
  for (const double lower : {0.0, 1.0}) {
    const std::array<Vec2, 3> bill{frame.to_scene({-1.06, -0.72 + 0.08 * lower}),
                                   frame.to_scene({-1.38, -0.60}),
                                   frame.to_scene({-1.04, -0.58 + 0.05 * lower})};
    stage.canvas.fill(Outline{bill.begin(), bill.end()}, [&](Vec2 at) {
      const double t = (frame.to_figure(at).y + 0.75) / 0.25;
      return (1.25 - 0.6 * clamp01(t) - 0.2 * lower) * look.bill;
    });
  }
  const auto seed = static_cast<std::uint32_t>(stage.random.bits());

  // Wing: rows of feathers over the side of the body, each a blade with a shaft.
  if (!chick) {
    for (int row = 0; row < 4; ++row) {
      for (int i = 0; i < 7; ++i) {
        Random own = stage.random.fork(static_cast<std::uint64_t>(300 + row * 10 + i));
        const double s = i / 6.0;
        const Vec2 root =
            frame.to_scene({mix(-0.25, 0.45, s) + 0.17 * row, mix(-0.28, 0.30, s) + 0.05 * row});
        const Vec2 along = unit(frame.direction({1.0, mix(0.35, 0.62, s)}));
        const double reach = frame.unit * (0.36 + 0.16 * row) * own.uniform(0.92, 1.08);
        const Vec2 across = (0.12 * frame.unit) * perpendicular(along);
        const std::array<Vec2, 5> blade{
            root, root + (0.35 * reach) * along + across, root + reach * along + 0.25 * across,
            root + (0.92 * reach) * along - 0.5 * across, root + (0.3 * reach) * along - across};
        const Vec3 base = (0.75 + 0.08 * row) * own.uniform(0.9, 1.1) * look.back;
        stage.canvas.fill(smooth_outline(blade, 6), [&](Vec2 at) {
          const double v = dot(at - root, across) / dot(across, across);
          const double barbs =
              value_noise({dot(at - root, along) / 1.8 + 0.6 * std::abs(v) * 9.0, v}, seed);
          const double edge = smooth_step(0.45, 0.8, v);
          return soft_clip((1.0 + 0.12 * barbs - 0.28 * v) *
                           (0.95 * mix(base, look.belly, 0.45 * edge)));
        });
      }
    }
  }
  const Relief body = frame.relief({{{0.0, 0.0}, 0.86, 0.68, 0.09, 0, 0.65},
                                    {{-0.42, 0.06}, 0.58, 0.60, 0, 0.1, 0.55},
                                    {{-0.70, -0.64}, 0.46, 0.42, 0, 0.2, 0.42}},
                                   {}, 0.35);
  FurStyle down;
  down.length = chick ? 30.0 : 23.0;
  down.length_sigma = 0.3;
  down.lift = chick ? 0.9 : 0.65;
  down.half_width = 0.46;
  down.clump = 0.6;
  down.clump_size = 7.0;
  down.gloss = 0.1;
  down.gravity = {0, 0.05};
  down.flow = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    const double face = smooth_step(0.62, 0.2, length(p - Vec2{-0.98, -0.66}));
    return frame.direction(mix(1.0, 0.3, face) * unit(Vec2{0.9, 0.55 + 0.3 * p.y}));
  };
  down.albedo = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    const double n = 0.12 * fractal_noise(5.0 * p, 3, 0.5, seed);
    const double front = smooth_step(0.1, -0.35, p.x + 0.5 * p.y + n);
    const double under = smooth_step(0.05, 0.45, p.y - 0.35 * p.x + n);
    const double cap = smooth_step(-0.72, -0.85, p.y + 0.25 * (p.x + 0.7) + 0.4 * n);
    Vec3 colour = mix(look.back, look.breast, front);
    colour = mix(colour, look.belly, under);
    return (1.0 + n) * mix(colour, look.cap, cap);
  };
  draw_fur(stage.canvas, body, stage.light, down, stage.random.fork(11));

  // Tail feathers, then the twig with thin legs.
  for (int i = 0; i < 6; ++i) {
    const Vec2 root = frame.to_scene({0.55, 0.22});
    const Vec2 tip = frame.to_scene({chick ? 0.95 : 1.75, (chick ? 0.42 : 0.92) + 0.045 * i});
    const Vec3 base = (0.62 + 0.06 * i) * look.back;
    stage.canvas.fill(bar(root, tip, 0.16 * frame.unit, 0.10 * frame.unit), [&](Vec2 at) {
      return (1.0 + 0.14 * value_noise({at.x / 2.0, at.y / 9.0}, seed + 5)) * base;
    });
  }
  for (const double x : {-0.18, 0.14}) {
    const std::array<StrandPoint, 3> leg{
        StrandPoint{frame.to_scene({x, 0.5}), 0.03 * frame.unit, {.34, .24, .19}},
        StrandPoint{frame.to_scene({x - 0.06, 0.8}), 0.024 * frame.unit, {.40, .29, .23}},
        StrandPoint{frame.to_scene({x - 0.02, 0.98}), 0.03 * frame.unit, {.34, .24, .19}}};
    stage.canvas.strand(leg);
  }
  Random wood = stage.random.fork(15);
  std::vector<Vec2> twig;
  for (int i = 0; i <= 8; ++i) {
    twig.push_back({mix(-20.0, stage.extent.x + 20.0, i / 8.0),
                    frame.to_scene({0, 1.03}).y + 5.0 * wood.normal() + mix(14.0, -14.0, i / 8.0)});
  }
  const Outline axis = smooth_curve(twig, 8);
  // Side twigs and lichen hairs.
  for (int i = 0; i < 7; ++i) {
    const Vec2 root = axis[static_cast<std::size_t>(wood.below(static_cast<int>(axis.size())))];
    const Vec2 along = unit(Vec2{wood.normal(), wood.chance(0.7) ? -1.2 : 1.0});
    std::vector<StrandPoint> side;
    Vec2 at = root;
    for (int k = 0; k <= 8; ++k) {
      side.push_back({at, 2.6 - 0.28 * k, wood.uniform(0.8, 1.1) * Vec3{.30, .23, .17}});
      at = at + 9.0 * along + Vec2{1.8 * wood.normal(), 1.8 * wood.normal()};
    }
    stage.canvas.strand(side);
  }
  // Lichen: tufts of thin threads.
  for (int i = 0; i < 900; ++i) {
    Random own = wood.fork(static_cast<std::uint64_t>(i));
    const double tuft = own.fork(3).uniform();
    const auto k = static_cast<std::size_t>(
        std::min(0.999, std::abs(value_noise({std::floor(tuft * 40.0) * 1.7, 0.3}, seed)) +
                            0.012 * own.normal() + 0.02) *
        static_cast<double>(axis.size()));
    if (k >= axis.size()) continue;
    const Vec2 root = axis[k] + Vec2{4.0 * own.normal(), own.uniform(-8.0, 8.0)};
    const Vec2 along{0.5 * own.normal(), own.normal() > -0.6 ? 0.9 : -0.9};
    const double reach = 13.0 * own.log_normal(0.45);
    const Vec3 colour = own.uniform(0.7, 1.1) * Vec3{.50, .54, .42};
    std::vector<StrandPoint> thread;
    Vec2 at = root;
    for (int j = 0; j <= 5; ++j) {
      thread.push_back({at, 0.42 - 0.06 * j, colour});
      at = at + (reach / 5.0) * along + Vec2{0.9 * own.normal(), 0.9 * own.normal()};
    }
    stage.canvas.strand(thread);
  }
  Outline bark;
  for (const Vec2 p : axis) bark.push_back(p - Vec2{0, 8.5});
  for (auto p = axis.rbegin(); p != axis.rend(); ++p) bark.push_back(*p + Vec2{0, 8.5});
  stage.canvas.fill(std::move(bark), [&](Vec2 at) {
    double nearest = 1e9;
    double middle = 0.0;
    for (const Vec2 p : axis) {
      if (std::abs(p.x - at.x) < nearest) {
        nearest = std::abs(p.x - at.x);
        middle = p.y;
      }
    }
    const double v = std::clamp((at.y - middle) / 8.5, -1.0, 1.0);
    const double grain = fractal_noise({at.x / 26.0, at.y / 4.0}, 4, 0.6, seed + 9);
    const Vec3 normal = unit(Vec3{0.15 * grain, v, std::sqrt(1.001 - v * v)});
    return soft_clip(shade_matt(stage.light, (1.0 + 0.45 * grain) * Vec3{.42, .34, .26}, normal));
  });
}

}  // namespace mbench::datasets::demo
