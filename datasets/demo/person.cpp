#include "datasets/demo/person.hpp"

#include <array>
#include <cmath>

#include "core/exact_math.hpp"
#include "datasets/demo/fur.hpp"
#include "datasets/demo/noise.hpp"
#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {
namespace {

constexpr std::array kSkins{Vec3{.86, .66, .55}, Vec3{.78, .57, .45}, Vec3{.64, .44, .33},
                            Vec3{.47, .31, .23}, Vec3{.90, .72, .62}, Vec3{.36, .23, .17}};
constexpr std::array kHairRoots{Vec3{.10, .08, .07}, Vec3{.24, .15, .10}, Vec3{.36, .24, .14},
                                Vec3{.50, .36, .20}, Vec3{.40, .17, .09}, Vec3{.46, .45, .44}};
constexpr std::array kHairTips{Vec3{.16, .13, .12}, Vec3{.36, .24, .16}, Vec3{.52, .37, .23},
                               Vec3{.76, .61, .40}, Vec3{.60, .30, .15}, Vec3{.68, .67, .66}};
constexpr std::array kCloths{Vec3{.26, .31, .40}, Vec3{.54, .50, .44}, Vec3{.42, .22, .21},
                             Vec3{.20, .21, .22}, Vec3{.70, .68, .64}, Vec3{.31, .37, .30},
                             Vec3{.55, .42, .28}, Vec3{.44, .48, .55}};

/// A dark line along the points: lids, lips, nostrils. Width and points in figure units.
void draw_line(Stage& stage, const Frame& frame, std::span<const Vec2> points, double width,
               Vec3 colour, double opacity) {
  std::vector<Vec2> placed;
  for (const Vec2 p : points) placed.push_back(frame.to_scene(p));
  const Outline curve = smooth_curve(placed, 6);
  std::vector<StrandPoint> strand;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(curve.size() - 1);
    strand.push_back({curve[i], 0.5 * width * frame.unit * (0.25 + 3.0 * t * (1.0 - t)), colour});
  }
  stage.canvas.strand(strand, opacity);
}

/// Short hairs along a line: lashes and brows.
void draw_bristles(Stage& stage, const Frame& frame, std::span<const Vec2> line, Vec2 ahead,
                   double reach, int count, double thick, Vec3 colour, std::uint64_t tag) {
  std::vector<Vec2> placed;
  for (const Vec2 p : line) placed.push_back(frame.to_scene(p));
  const Outline curve = smooth_curve(placed, 8);
  for (int i = 0; i < count; ++i) {
    Random own = stage.random.fork(tag).fork(static_cast<std::uint64_t>(i));
    const auto k = static_cast<std::size_t>(own.below(static_cast<int>(curve.size())));
    const double t = static_cast<double>(k) / static_cast<double>(curve.size() - 1);
    const double size = reach * frame.unit * own.uniform(0.5, 1.0) * (0.5 + 2.0 * t * (1.0 - t));
    const Vec2 root = curve[k] + (thick * frame.unit * own.normal()) * Vec2{0.3, 0.7};
    const Vec2 along = unit(frame.direction(ahead) + 0.25 * Vec2{own.normal(), own.normal()});
    const std::array<StrandPoint, 3> hair{
        StrandPoint{root, 0.42, colour}, StrandPoint{root + (0.5 * size) * along, 0.34, colour},
        StrandPoint{root + size * along + Vec2{0.0, -0.15 * size}, 0.1, colour}};
    stage.canvas.strand(hair, 0.85);
  }
}

Vec3 skin_albedo(const Person& person, Vec2 p, std::uint32_t seed) {
  const double mottle = fractal_noise(7.0 * p, 3, 0.55, seed);
  return (1.0 + 0.035 * mottle) * person.skin;
}

double spot(Vec2 p, Vec2 centre, double radius_x, double radius_y) {
  const Vec2 q{(p.x - centre.x) / radius_x, (p.y - centre.y) / radius_y};
  return smooth_step(1.0, 0.0, length(q));
}

}  // namespace

Person make_person(Stage& stage) {
  Person person;
  Random choice = stage.random.fork(21);
  const double narrow = std::min(stage.extent.x, stage.extent.y);
  person.frame = {{stage.extent.x * choice.uniform(0.44, 0.56), stage.extent.y * 0.38},
                  narrow * choice.uniform(0.19, 0.235),
                  choice.sign()};
  person.skin = choice.pick(std::span<const Vec3>{kSkins});
  const auto hair = static_cast<std::size_t>(choice.below(static_cast<int>(kHairRoots.size())));
  person.hair_root = kHairRoots[hair];
  person.hair_tip = kHairTips[hair];
  person.cloth = choice.pick(std::span<const Vec3>{kCloths});
  person.cloth = choice.uniform(0.85, 1.1) * person.cloth;
  person.weave = choice.below(4);
  person.turn = choice.uniform(-0.6, 0.6);
  return person;
}

void draw_clothes(Stage& stage, const Person& person, double collar) {
  const Frame& frame = person.frame;
  std::vector<ReliefPart> parts{{{0, 2.22}, 1.72, 0.60, 0, 0.0, 0.5},
                                {{0, 1.95}, 1.05, 0.50, 0, 0.0, 0.45},
                                {{0, 3.3}, 1.75, 1.8, 0, -0.1, 0.75},
                                {{-1.62, 3.4}, 0.5, 1.6, 0.012, -0.15, 0.5},
                                {{1.62, 3.4}, 0.5, 1.6, -0.012, -0.15, 0.5}};
  if (collar > 0.0) {
    parts.push_back({{0, 1.66 - 0.2 * collar}, 0.52, 0.30 + 0.16 * collar, 0, -0.05, 0.45});
  }
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(31).bits());
  // Folds: oblique ridges that run from the shoulders to the middle.
  std::vector<ReliefBump> folds;
  Random fold = stage.random.fork(32);
  for (int i = 0; i < 16; ++i) {
    const double side = fold.sign();
    const double rise = fold.sign();
    folds.push_back({{side * fold.uniform(0.2, 1.7), fold.uniform(2.2, 4.2)},
                     0.09 + 0.08 * fold.uniform(),
                     fold.uniform(0.4, 0.9),
                     side * fold.uniform(0.02, 0.16),
                     rise * fold.uniform(0.04, 0.11)});
  }
  const Relief body = frame.relief(parts, folds, 0.6);
  const auto albedo = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    const double n = fractal_noise((1.0 / 3.0) * at, 3, 0.7, seed);
    double tone = 1.0 + 0.07 * n;
    if (person.weave == 1) {  // ribs of stitches
      const double rib = sin_turns(9.0 * p.x + 0.12 * n);
      tone += 0.10 * rib + 0.08 * sin_turns(16.0 * p.y + (rib > 0.0 ? 0.3 : 0.0));
    } else if (person.weave == 2) {  // tartan
      const double warp = smooth_step(0.1, 0.4, sin_turns(2.4 * p.x + 0.05 * p.y));
      const double weft = smooth_step(0.1, 0.4, sin_turns(2.4 * p.y - 0.05 * p.x));
      tone *= 1.0 - 0.22 * (warp + weft);
    } else if (person.weave == 3) {
      tone += 0.25 * smooth_step(0.3, 0.6, value_noise((1.0 / 2.2) * at, seed + 3));
    }
    return tone * person.cloth;
  };
  // Every cloth sheds some fibres; knitted ones are fluffy.
  FurStyle fuzz;
  fuzz.length = person.weave == 1 ? 11.0 : 8.0;
  fuzz.length_sigma = 0.45;
  fuzz.spacing = 2.4;
  fuzz.half_width = 0.26;
  fuzz.lift = 1.4;
  fuzz.curl = 0.7;
  fuzz.clump = 0.0;
  fuzz.segments = 4;
  fuzz.gloss = 0.05;
  fuzz.flow = [&](Vec2 at) {
    return rotated({1.0, 0.0}, 1.5 * value_noise((1.0 / 5.0) * at, seed + 7));
  };
  fuzz.albedo = [&](Vec2 at) { return 1.15 * albedo(at); };
  draw_fur_strands(stage.canvas, body, stage.light, fuzz, stage.random.fork(33));
  draw_skin(stage.canvas, body, stage.light, albedo);
}

void draw_front_face(Stage& stage, const Person& person) {
  const Frame& frame = person.frame;
  const double turn = person.turn;
  const double shift = 0.22 * turn;  // features move further than the outline
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(41).bits());
  const Vec3 lash = 0.45 * person.hair_root;
  for (const double side : {-1.0, 1.0}) {
    const double narrow = 1.0 - 0.22 * side * turn;
    const double x = side * 0.315 + shift;
    const std::array<Vec2, 4> lid{Vec2{x - side * 0.14 * narrow, 0.085}, Vec2{x, 0.135},
                                  Vec2{x + side * 0.10 * narrow, 0.118},
                                  Vec2{x + side * 0.17 * narrow, 0.075}};
    draw_bristles(stage, frame, lid, {side * 0.35, 1.0}, 0.085, 46, 0.004, lash,
                  side > 0 ? 51U : 52U);
    draw_line(stage, frame, lid, 0.026, 0.7 * lash, 0.85);
    const std::array<Vec2, 3> crease{Vec2{x - side * 0.13 * narrow, -0.02}, Vec2{x, -0.055},
                                     Vec2{x + side * 0.16 * narrow, 0.0}};
    draw_line(stage, frame, crease, 0.02, 0.5 * person.skin, 0.5);
    const std::array<Vec2, 4> brow{Vec2{x - side * 0.17 * narrow, -0.165},
                                   Vec2{x - side * 0.02, -0.215}, Vec2{x + side * 0.12, -0.215},
                                   Vec2{x + side * 0.22 * narrow, -0.15}};
    draw_bristles(stage, frame, brow, {side, -0.25}, 0.11, 110, 0.014, 0.8 * person.hair_root,
                  side > 0 ? 53U : 54U);
  }
  const std::array<Vec2, 5> mouth{Vec2{-0.2 + 1.1 * shift, 0.60}, Vec2{-0.07 + 1.15 * shift, 0.588},
                                  Vec2{1.15 * shift, 0.60}, Vec2{0.07 + 1.15 * shift, 0.588},
                                  Vec2{0.2 + 1.1 * shift, 0.60}};
  draw_line(stage, frame, mouth, 0.03, {.24, .11, .10}, 0.75);
  for (const double side : {-1.0, 1.0}) {
    const std::array<Vec2, 3> nostril{Vec2{side * 0.035 + 1.5 * shift, 0.412},
                                      Vec2{side * 0.07 + 1.5 * shift, 0.398},
                                      Vec2{side * 0.105 + 1.5 * shift, 0.415}};
    draw_line(stage, frame, nostril, 0.03, {.20, .10, .08}, 0.55);
  }

  const Relief head = frame.relief({{{0, -0.2}, 0.72, 0.80, 0, 0, 0.72},
                                    {{0.5 * shift, 0.32}, 0.57, 0.62, 0, 0.06, 0.62},
                                    {{0.7 * shift, 0.78}, 0.25, 0.20, 0, 0.38, 0.25},
                                    {{-0.72, 0.12}, 0.09, 0.19, 0.02, -0.1, 0.12},
                                    {{0.72, 0.12}, 0.09, 0.19, -0.02, -0.1, 0.12},
                                    {{0, 1.2}, 0.42, 0.85, 0, -0.35, 0.42},
                                    {{0, 1.95}, 0.75, 0.4, 0, -0.4, 0.4}},
                                   {{{-0.31 + shift, 0.03}, 0.27, 0.20, 0, -0.11},
                                    {{0.31 + shift, 0.03}, 0.27, 0.20, 0, -0.11},
                                    {{-0.31 + shift, 0.07}, 0.16, 0.11, 0, 0.06},
                                    {{0.31 + shift, 0.07}, 0.16, 0.11, 0, 0.06},
                                    {{1.25 * shift, 0.18}, 0.13, 0.38, 0, 0.115},
                                    {{1.5 * shift, 0.345}, 0.15, 0.14, 0, 0.11},
                                    {{-0.10 + 1.4 * shift, 0.38}, 0.075, 0.06, 0, 0.05},
                                    {{0.10 + 1.4 * shift, 0.38}, 0.075, 0.06, 0, 0.05},
                                    {{-0.36 + shift, 0.34}, 0.26, 0.22, 0, 0.06},
                                    {{0.36 + shift, 0.34}, 0.26, 0.22, 0, 0.06},
                                    {{1.15 * shift, 0.555}, 0.22, 0.06, 0, 0.05},
                                    {{1.15 * shift, 0.655}, 0.18, 0.07, 0, 0.065},
                                    {{1.1 * shift, 0.735}, 0.20, 0.06, 0, -0.035}},
                                   0.22);
  draw_skin(
      stage.canvas, head, stage.light,
      [&](Vec2 at) {
        const Vec2 p = frame.to_figure(at);
        Vec3 colour = skin_albedo(person, p, seed);
        const double flush = std::max(spot(p, {-0.36 + shift, 0.33}, 0.32, 0.26),
                                      spot(p, {0.36 + shift, 0.33}, 0.32, 0.26));
        colour = mix(colour, colour * Vec3{1.06, .86, .84}, 0.6 * flush);
        const double nose = spot(p, {1.5 * shift, 0.36}, 0.18, 0.14);
        colour = mix(colour, colour * Vec3{1.04, .90, .88}, 0.6 * nose);
        const double lips = smooth_step(0.25, 0.55,
                                        std::max(spot(p, {1.15 * shift, 0.57}, 0.24, 0.068),
                                                 spot(p, {1.15 * shift, 0.64}, 0.20, 0.085)));
        colour = mix(colour, colour * Vec3{.93, .74, .72}, lips);
        const double socket = std::max(spot(p, {-0.31 + shift, 0.03}, 0.26, 0.18),
                                       spot(p, {0.31 + shift, 0.03}, 0.26, 0.18));
        return mix(colour, 0.88 * colour, 0.7 * socket);
      },
      0.10, 12.0);
}

void draw_back_head(Stage& stage, const Person& person) {
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(41).bits());
  const Relief head = person.frame.relief({{{0, -0.15}, 0.74, 0.82, 0, 0, 0.72},
                                           {{0, 0.35}, 0.58, 0.5, 0, 0.0, 0.6},
                                           {{-0.75, 0.12}, 0.10, 0.20, 0.03, -0.05, 0.1},
                                           {{0.75, 0.12}, 0.10, 0.20, -0.03, -0.05, 0.1},
                                           {{0, 1.1}, 0.45, 0.85, 0, 0.0, 0.42},
                                           {{0, 1.9}, 0.8, 0.5, 0, -0.1, 0.5}},
                                          {{{0, 1.05}, 0.08, 0.5, 0, -0.05}}, 0.25);
  draw_skin(
      stage.canvas, head, stage.light,
      [&](Vec2 at) {
        const Vec2 p = person.frame.to_figure(at);
        const Vec3 colour = skin_albedo(person, p, seed);
        const double ears = smooth_step(0.62, 0.72, std::abs(p.x)) * smooth_step(0.5, 0.3, p.y);
        return mix(colour, colour * Vec3{1.05, .84, .80}, 0.7 * ears);
      },
      0.06, 12.0);
}

void draw_profile(Stage& stage, const Person& person) {
  const Frame& frame = person.frame;
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(41).bits());
  const Vec3 lash = 0.45 * person.hair_root;
  const std::array<Vec2, 3> lid{Vec2{-0.70, 0.115}, Vec2{-0.63, 0.135}, Vec2{-0.53, 0.09}};
  draw_bristles(stage, frame, lid, {-0.8, 0.6}, 0.10, 34, 0.004, lash, 55);
  draw_line(stage, frame, lid, 0.026, 0.7 * lash, 0.85);
  const std::array<Vec2, 3> crease{Vec2{-0.70, 0.0}, Vec2{-0.62, -0.035}, Vec2{-0.50, 0.02}};
  draw_line(stage, frame, crease, 0.02, 0.5 * person.skin, 0.5);
  const std::array<Vec2, 4> brow{Vec2{-0.76, -0.14}, Vec2{-0.68, -0.20}, Vec2{-0.56, -0.20},
                                 Vec2{-0.44, -0.13}};
  draw_bristles(stage, frame, brow, {1.0, -0.2}, 0.10, 90, 0.013, 0.8 * person.hair_root, 56);
  const std::array<Vec2, 3> mouth{Vec2{-0.815, 0.60}, Vec2{-0.72, 0.60}, Vec2{-0.62, 0.625}};
  draw_line(stage, frame, mouth, 0.028, {.24, .11, .10}, 0.75);
  const std::array<Vec2, 3> nostril{Vec2{-0.86, 0.415}, Vec2{-0.81, 0.395}, Vec2{-0.77, 0.42}};
  draw_line(stage, frame, nostril, 0.03, {.20, .10, .08}, 0.55);
  const std::array<Vec2, 6> ear_rim{Vec2{0.13, 0.08},  Vec2{0.12, -0.10}, Vec2{0.22, -0.17},
                                    Vec2{0.32, -0.08}, Vec2{0.27, 0.12},  Vec2{0.18, 0.24}};
  draw_line(stage, frame, ear_rim, 0.022, 0.55 * person.skin, 0.6);

  const Relief head = frame.relief({{{0.10, -0.2}, 0.88, 0.80, 0, 0, 0.72},
                                    {{-0.36, 0.12}, 0.42, 0.72, 0, 0.05, 0.62},
                                    {{-0.20, 0.52}, 0.56, 0.40, 0.05, 0.02, 0.55},
                                    {{0.12, 0.40}, 0.40, 0.42, 0, 0.0, 0.5},
                                    {{-0.62, 0.80}, 0.17, 0.15, 0, 0.1, 0.3},
                                    {{-0.74, -0.14}, 0.07, 0.12, 0, 0.1, 0.3},
                                    {{-0.79, 0.12}, 0.07, 0.24, 0.035, 0.1, 0.22},
                                    {{-0.88, 0.32}, 0.10, 0.085, 0, 0.1, 0.2},
                                    {{-0.775, 0.545}, 0.075, 0.06, 0, 0.1, 0.2},
                                    {{-0.755, 0.655}, 0.07, 0.055, 0, 0.1, 0.2},
                                    {{0.18, 1.1}, 0.45, 0.85, -0.03, -0.1, 0.42},
                                    {{0.2, 1.95}, 0.75, 0.4, 0, -0.2, 0.4},
                                    {{0.22, 0.05}, 0.12, 0.22, 0.03, 0.68, 0.1}},
                                   {{{-0.60, 0.04}, 0.17, 0.19, 0, -0.10},
                                    {{-0.62, 0.08}, 0.10, 0.09, 0, 0.05},
                                    {{-0.45, 0.33}, 0.28, 0.2, 0, 0.05},
                                    {{-0.80, 0.40}, 0.06, 0.05, 0, 0.05},
                                    {{0.23, 0.06}, 0.06, 0.13, 0.03, -0.06}},
                                   0.11);
  draw_skin(
      stage.canvas, head, stage.light,
      [&](Vec2 at) {
        const Vec2 p = frame.to_figure(at);
        Vec3 colour = skin_albedo(person, p, seed);
        colour =
            mix(colour, colour * Vec3{1.06, .86, .84}, 0.6 * spot(p, {-0.42, 0.35}, 0.34, 0.26));
        const double lips = smooth_step(
            0.2, 0.5,
            std::max(spot(p, {-0.77, 0.555}, 0.16, 0.07), spot(p, {-0.75, 0.65}, 0.15, 0.075)));
        colour = mix(colour, colour * Vec3{.93, .74, .72}, lips);
        const double ear = spot(p, {0.22, 0.05}, 0.2, 0.32);
        return mix(colour, colour * Vec3{1.05, .84, .80}, 0.6 * ear);
      },
      0.10, 12.0);
}

}  // namespace mbench::datasets::demo
