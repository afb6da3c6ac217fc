// Animals that look at the camera: head over chest, cropped by the frame as in a portrait.
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

/// Figure units: the head's half width is 1, the head's centre (0, 0).
struct Build {
  double head_height{0.9};
  Vec2 muzzle{0.0, 0.42};
  double muzzle_width{0.42}, muzzle_height{0.32}, muzzle_depth{0.5};
  double cheek{0.5};
  Vec2 ear{0.62, -0.85};
  double ear_width{0.26}, ear_height{0.5}, ear_turns{0.06}, ear_depth{-0.1};
  double neck{0.85}, chest{1.05}, chest_y{2.3};
  Vec2 eye{0.42, -0.05};
  double eye_size{0.16}, eye_height{0.85};
  double nose{0.14};
  Vec3 iris{}, nose_colour{.10, .08, .08};
  double pupil_x{0.45}, pupil_y{0.8};
  double whiskers{0.0};
};

struct Coat {
  Vec3 base{}, pale{}, dark{}, ear_inside{};
  double length{18.0}, face_length{0.4}, chest_length{1.3}, ear_length{0.45};
  double stripes{0.0};  ///< strength of a tabby's stripes
  double bib{0.0};      ///< how far up the pale chest and muzzle reach
  double mask{0.0};     ///< dark cheeks and ears
  double curl{0.14}, lift{0.6}, half_width{0.44};
};

std::vector<ReliefPart> body_of(const Build& b, double turn) {
  std::vector<ReliefPart> parts{
      {{0, 0}, 1.0, b.head_height, 0.0, 0.6, 0.8},
      {{-0.45 + 0.2 * turn, 0.36}, b.cheek, 0.85 * b.cheek, 0.0, 0.85, 0.45},
      {{0.45 + 0.2 * turn, 0.36}, b.cheek, 0.85 * b.cheek, 0.0, 0.85, 0.45},
      {{b.muzzle.x + 0.34 * turn, b.muzzle.y},
       b.muzzle_width,
       b.muzzle_height,
       0.0,
       0.9 + b.muzzle_depth,
       0.42},
      {{0.1 * turn, 1.15}, b.neck, 0.9, 0.0, -0.1, 0.7},
      {{0, b.chest_y}, b.chest, 1.5, 0.0, 0.05, 0.9},
      {{-0.8 * b.chest, b.chest_y + 0.5}, 0.5 * b.chest, 1.3, 0.02, -0.3, 0.6},
      {{0.8 * b.chest, b.chest_y + 0.5}, 0.5 * b.chest, 1.3, -0.02, -0.3, 0.6}};
  for (const double side : {-1.0, 1.0}) {
    const double squeeze = 1.0 - 0.3 * side * turn;  // the ear turned away looks narrower
    parts.push_back({{side * b.ear.x + 0.05 * turn, b.ear.y},
                     b.ear_width * squeeze,
                     b.ear_height,
                     side * b.ear_turns,
                     b.ear_depth + 0.55,
                     0.14});
  }
  return parts;
}

/// Which way the coat lies, and how long it is, at a place of the figure.
Vec2 lie_of(const Build& b, const Coat& coat, Vec2 p, double turn) {
  const double side = p.x < 0.0 ? -1.0 : 1.0;
  const Vec2 to_ear{(p.x - side * b.ear.x) / (1.2 * b.ear_width),
                    (p.y - b.ear.y) / (1.15 * b.ear_height)};
  if (dot(to_ear, to_ear) < 1.0 && p.y < b.ear.y + 0.75 * b.ear_height) {
    const Vec2 ear_axis = rotated({0.0, b.ear_turns < 0.2 ? -1.0 : 1.0}, side * b.ear_turns);
    return coat.ear_length * unit(ear_axis + 0.7 * Vec2{to_ear.x, 0.0});
  }
  const Vec2 nose{b.muzzle.x + 0.34 * turn, b.muzzle.y - 0.12};
  const Vec2 away = p - nose;
  const double r = length(away);
  const Vec2 face_flow = unit(away + Vec2{0.0, 0.12});
  const Vec2 body_flow = unit(Vec2{0.25 * p.x, 1.0});
  const double to_body = smooth_step(0.75, 1.3, p.y + 0.25 * std::abs(p.x));
  const double grown =
      mix(coat.face_length * (0.45 + 0.75 * smooth_step(0.2, 1.0, r)), coat.chest_length, to_body);
  return grown * unit(mix(face_flow, body_flow, to_body));
}

Vec3 colour_of(const Build& b, const Coat& coat, Vec2 p, std::uint32_t seed, double turn) {
  const double patch = fractal_noise(2.2 * p, 3, 0.5, seed);
  Vec3 colour = (1.0 + 0.13 * patch) * coat.base;
  if (coat.stripes > 0.0) {
    const double r = length(p - Vec2{0, 1.1});
    const Vec2 warp = p + 0.22 * Vec2{fractal_noise(1.9 * p, 3, 0.5, seed + 3),
                                      fractal_noise(1.9 * p, 3, 0.5, seed + 4)};
    const double bands = p.y < 0.1 ? sin_turns(3.1 * warp.x + 0.25) : sin_turns(2.4 * r + warp.x);
    colour = mix(colour, coat.dark, coat.stripes * smooth_step(-0.1, 0.7, bands));
  }
  const double side = p.x < 0.0 ? -1.0 : 1.0;
  if (coat.mask > 0.0) {
    const double ears = smooth_step(-0.55, -0.95, p.y);
    const double cheek = smooth_step(0.55, 0.2, length(p - Vec2{side * 0.42, 0.05}));
    colour = mix(colour, coat.dark, coat.mask * std::max(ears, 0.5 * cheek));
  }
  if (coat.bib > 0.0) {
    const double wobble = 0.16 * patch;
    const double muzzle =
        smooth_step(0.62, 0.3, length(p - Vec2{0.3 * turn, b.muzzle.y + 0.12}) + wobble);
    const double blaze = smooth_step(0.2, 0.04, std::abs(p.x - 0.15 * turn) + wobble) *
                         smooth_step(-0.75, -0.1, p.y) * smooth_step(0.6, 0.3, p.y);
    const double chest =
        smooth_step(0.75, 1.15, p.y + 0.35 * coat.bib - 0.45 * std::abs(p.x) + wobble);
    const double white = std::max(std::max(muzzle, 0.8 * blaze), chest);
    colour = mix(colour, coat.pale, clamp01(coat.bib * white));
  }
  const Vec2 inner{(p.x - side * b.ear.x) / (0.62 * b.ear_width),
                   (p.y - b.ear.y - 0.12 * b.ear_height) / (0.72 * b.ear_height)};
  if (b.ear_turns < 0.2)
    colour = mix(colour, coat.ear_inside, 0.8 * smooth_step(1.1, 0.6, length(inner)));
  return colour;
}

void draw_frontal(Stage& stage, const Build& build, const Coat& coat, const Frame& frame,
                  double turn) {
  const auto seed = static_cast<std::uint32_t>(stage.random.bits());
  const Relief body =
      frame.relief(body_of(build, turn),
                   {{{-build.eye.x + 0.24 * turn, build.eye.y}, 0.26, 0.24, 0.0, -0.16},
                    {{build.eye.x + 0.24 * turn, build.eye.y}, 0.26, 0.24, 0.0, -0.16},
                    {{0.3 * turn, 0.05}, 0.22, 0.5, 0.0, 0.12}},
                   0.3);
  if (build.whiskers > 0.0) {
    draw_whiskers(stage, frame, build.muzzle + Vec2{0.34 * turn, 0.05}, build.whiskers, 9,
                  {.93, .92, .88});
  }
  const double size = frame.unit;
  draw_nose(stage, frame.to_scene(build.muzzle + Vec2{0.44 * turn, -0.13}), build.nose * size,
            build.nose_colour);
  for (const double side : {-1.0, 1.0}) {
    draw_eye(stage, {.centre = frame.to_scene({side * build.eye.x + 0.26 * turn, build.eye.y}),
                     .radius_x = build.eye_size * size * (1.0 - 0.14 * side * turn),
                     .radius_y = build.eye_height * build.eye_size * size,
                     .turns = frame.mirror * side * -0.02,
                     .iris = build.iris,
                     .pupil_x = build.pupil_x,
                     .pupil_y = build.pupil_y});
  }
  // The line of the mouth, under the nose and along the lips.
  const Vec2 lip = build.muzzle + Vec2{0.42 * turn, 0.02};
  for (const double side : {-1.0, 1.0}) {
    const std::array<Vec2, 4> line{frame.to_scene(lip), frame.to_scene(lip + Vec2{0, 0.1}),
                                   frame.to_scene(lip + Vec2{side * 0.12, 0.17}),
                                   frame.to_scene(lip + Vec2{side * 0.26, 0.13})};
    std::vector<StrandPoint> points;
    for (const Vec2 at : smooth_curve(line, 5))
      points.push_back({at, 0.012 * size, {.07, .05, .05}});
    stage.canvas.strand(points, 0.75);
  }
  FurStyle fur;
  fur.length = coat.length;
  fur.half_width = coat.half_width;
  fur.curl = coat.curl;
  fur.lift = coat.lift;
  fur.spacing = 2.2;
  fur.flow = [&](Vec2 at) {
    return frame.direction(lie_of(build, coat, frame.to_figure(at), turn));
  };
  fur.albedo = [&](Vec2 at) { return colour_of(build, coat, frame.to_figure(at), seed, turn); };
  draw_fur(stage.canvas, body, stage.light, fur, stage.random.fork(11));
}

Frame place_head(Stage& stage, double head_share) {
  const double unit = head_share * std::min(stage.extent.x, stage.extent.y);
  return {{stage.extent.x * stage.random.uniform(0.4, 0.6), stage.extent.y * 0.40},
          unit,
          stage.random.sign()};
}

}  // namespace

void draw_cat(Stage& stage) {
  constexpr std::array kIris{Vec3{.72, .66, .25}, Vec3{.45, .60, .32}, Vec3{.40, .62, .70},
                             Vec3{.75, .52, .20}};
  constexpr std::array<Coat, 4> kCoats{Coat{.base = {.52, .46, .38},
                                            .pale = {.86, .83, .78},
                                            .dark = {.17, .14, .12},
                                            .ear_inside = {.70, .52, .46},
                                            .stripes = 0.75,
                                            .bib = 0.55},
                                       Coat{.base = {.46, .46, .48},
                                            .pale = {.92, .90, .88},
                                            .dark = {.2, .2, .2},
                                            .ear_inside = {.72, .56, .54},
                                            .bib = 1.0},
                                       Coat{.base = {.72, .48, .26},
                                            .pale = {.92, .82, .70},
                                            .dark = {.50, .28, .12},
                                            .ear_inside = {.80, .60, .50},
                                            .stripes = 0.6,
                                            .bib = 0.4},
                                       Coat{.base = {.16, .15, .15},
                                            .pale = {.3, .3, .3},
                                            .dark = {.08, .08, .08},
                                            .ear_inside = {.36, .28, .27}}};
  Coat coat = kCoats[static_cast<std::size_t>(stage.variant) % kCoats.size()];
  const bool long_haired = stage.variant % 3 == 1;
  coat.length = long_haired ? 32.0 : 20.0;
  coat.face_length = long_haired ? 0.38 : 0.42;
  Build build;
  build.iris = stage.random.pick(std::span<const Vec3>{kIris});
  build.pupil_x = stage.random.uniform(0.2, 0.55);
  build.nose_colour = stage.random.chance(0.5) ? Vec3{.66, .42, .38} : Vec3{.22, .15, .14};
  build.whiskers = 1.35;
  const Frame frame = place_head(stage, 0.27);
  draw_frontal(stage, build, coat, frame, stage.random.uniform(-0.5, 0.5));
}

void draw_fox(Stage& stage) {
  Build build;
  build.muzzle = {0, 0.55};
  build.muzzle_width = 0.33;
  build.muzzle_height = 0.36;
  build.muzzle_depth = 0.9;
  build.cheek = 0.62;
  build.ear = {0.62, -0.98};
  build.ear_height = 0.62;
  build.eye_size = 0.125;
  build.nose = 0.13;
  build.iris = {.62, .42, .16};
  build.whiskers = 0.9;
  Coat coat{.base = {.66, .37, .17},
            .pale = {.92, .88, .82},
            .dark = {.14, .10, .08},
            .ear_inside = {.78, .70, .62},
            .length = 28.0,
            .face_length = 0.45,
            .bib = 1.0,
            .mask = 0.75};
  const Frame frame = place_head(stage, 0.22);
  draw_frontal(stage, build, coat, frame, stage.random.uniform(-0.6, 0.6));
}

void draw_dog(Stage& stage) {
  constexpr std::array<Coat, 4> kCoats{Coat{.base = {.62, .46, .28},
                                            .pale = {.85, .74, .58},
                                            .dark = {.36, .24, .14},
                                            .ear_inside = {.5, .36, .24},
                                            .bib = 0.5},
                                       Coat{.base = {.78, .75, .70},
                                            .pale = {.92, .90, .86},
                                            .dark = {.3, .28, .26},
                                            .ear_inside = {.6, .5, .45},
                                            .bib = 0.6,
                                            .curl = 0.4},
                                       Coat{.base = {.14, .13, .13},
                                            .pale = {.88, .85, .80},
                                            .dark = {.10, .09, .09},
                                            .ear_inside = {.2, .17, .16},
                                            .bib = 1.0},
                                       Coat{.base = {.36, .23, .14},
                                            .pale = {.62, .46, .32},
                                            .dark = {.2, .12, .08},
                                            .ear_inside = {.3, .2, .14},
                                            .bib = 0.4,
                                            .curl = 0.25}};
  Coat coat = kCoats[static_cast<std::size_t>(stage.variant) % kCoats.size()];
  const bool shaggy = stage.variant % 2 == 1;
  coat.length = shaggy ? 40.0 : 26.0;
  coat.face_length = shaggy ? 0.6 : 0.36;
  coat.ear_length = shaggy ? 1.1 : 0.8;
  coat.lift = shaggy ? 0.6 : 0.4;
  Build build;
  build.head_height = 0.95;
  build.muzzle = {0, 0.5};
  build.muzzle_width = 0.47;
  build.muzzle_height = 0.42;
  build.muzzle_depth = 0.85;
  build.ear = {1.0, 0.1};  // hanging
  build.ear_width = 0.34;
  build.ear_height = 0.78;
  build.ear_turns = 0.48;
  build.ear_depth = 0.1;
  build.eye = {0.4, -0.12};
  build.eye_size = 0.115;
  build.nose = 0.21;
  build.iris = {.30, .18, .09};
  build.pupil_x = 0.6;
  build.pupil_y = 0.65;
  const Frame frame = place_head(stage, 0.24);
  draw_frontal(stage, build, coat, frame, stage.random.uniform(-0.7, 0.7));
}

void draw_bear(Stage& stage) {
  Build build;
  build.head_height = 0.86;
  build.muzzle = {0, 0.45};
  build.muzzle_width = 0.44;
  build.muzzle_height = 0.36;
  build.muzzle_depth = 0.8;
  build.cheek = 0.62;
  build.ear = {0.78, -0.72};
  build.ear_width = 0.28;
  build.ear_height = 0.29;
  build.neck = 1.2;
  build.chest = 1.75;
  build.chest_y = 1.9;
  build.eye = {0.36, -0.08};
  build.eye_size = 0.075;
  build.nose = 0.19;
  build.iris = {.2, .12, .07};
  Coat coat{.base = {.38, .26, .17},
            .pale = {.62, .48, .34},
            .dark = {.2, .13, .09},
            .ear_inside = {.3, .2, .14},
            .length = 30.0,
            .face_length = 0.45,
            .ear_length = 0.6,
            .bib = 0.35};
  if (stage.variant % 2 == 1) coat.base = {.16, .14, .13};
  const Frame frame = place_head(stage, 0.21);
  draw_frontal(stage, build, coat, frame, stage.random.uniform(-0.6, 0.6));
}

void draw_plush(Stage& stage) {
  // A toy bear: round everything, pile of even length, button eyes, a stitched nose.
  constexpr std::array kPiles{Vec3{.66, .50, .32}, Vec3{.80, .74, .64}, Vec3{.58, .44, .42},
                              Vec3{.50, .53, .58}};
  const Frame frame{{stage.extent.x * 0.5, stage.extent.y * 0.34},
                    0.19 * std::min(stage.extent.x, stage.extent.y),
                    stage.random.sign()};
  const Vec3 pile = kPiles[static_cast<std::size_t>(stage.variant) % kPiles.size()];
  const Relief body = frame.relief({{{0, 0}, 1.0, 0.9, 0, 0.5, 0.8},
                                    {{0, 0.34}, 0.42, 0.34, 0, 1.1, 0.4},
                                    {{-0.82, -0.7}, 0.38, 0.38, 0, 0.35, 0.2},
                                    {{0.82, -0.7}, 0.38, 0.38, 0, 0.35, 0.2},
                                    {{0, 1.75}, 1.05, 1.1, 0, 0.1, 0.9},
                                    {{-1.15, 1.45}, 0.36, 0.8, 0.09, 0.4, 0.35},
                                    {{1.15, 1.45}, 0.36, 0.8, -0.09, 0.4, 0.35},
                                    {{-0.85, 2.65}, 0.52, 0.6, 0.1, 0.9, 0.5},
                                    {{0.85, 2.65}, 0.52, 0.6, -0.1, 0.9, 0.5}},
                                   {}, 0.16);
  draw_nose(stage, frame.to_scene({0, 0.22}), 0.15 * frame.unit, {.12, .08, .07});
  for (const double side : {-1.0, 1.0}) {
    draw_eye(stage, {.centre = frame.to_scene({side * 0.38, -0.06}),
                     .radius_x = 0.1 * frame.unit,
                     .radius_y = 0.1 * frame.unit,
                     .iris = {.10, .06, .04},
                     .pupil_x = 0.9,
                     .pupil_y = 0.9});
  }
  FurStyle fur;
  fur.length = 11.0;
  fur.length_sigma = 0.22;
  fur.lift = 1.2;
  fur.curl = 0.5;
  fur.clump = 0.55;
  fur.clump_size = 7.0;
  fur.spacing = 2.0;
  fur.half_width = 0.55;
  fur.gravity = {0, 0.1};
  const auto seed = static_cast<std::uint32_t>(stage.random.bits());
  fur.flow = [&](Vec2 at) {
    const double turns = 0.25 + 0.3 * value_noise((1.0 / 30.0) * at, seed);
    return rotated({1.0, 0.0}, turns);
  };
  fur.albedo = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    const double muzzle = smooth_step(0.5, 0.4, length(p - Vec2{0, 0.36}));
    const double pads = std::max(smooth_step(0.28, 0.22, length(p - Vec2{-0.8, -0.66})),
                                 smooth_step(0.28, 0.22, length(p - Vec2{0.8, -0.66})));
    return mix(pile, mix(pile, Vec3{.90, .84, .74}, 0.6), std::max(muzzle, pads));
  };
  draw_fur(stage.canvas, body, stage.light, fur, stage.random.fork(11));
}

}  // namespace mbench::datasets::demo
