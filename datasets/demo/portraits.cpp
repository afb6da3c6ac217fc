// People with hair: six looks, from behind, in profile and from the front.
#include <array>
#include <cmath>

#include "core/exact_math.hpp"
#include "datasets/demo/fur.hpp"
#include "datasets/demo/hair.hpp"
#include "datasets/demo/noise.hpp"
#include "datasets/demo/person.hpp"
#include "datasets/demo/recipes.hpp"
#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {
namespace {

/// A guide through figure points (x, y, z), smoothed. The mass of hair is a barrel about the
/// vertical axis: its normal looks away from (0, z) of the head.
Guide make_guide(const Frame& frame, const std::vector<Vec3>& points) {
  std::vector<Vec2> flat;
  std::vector<Vec2> depths;
  for (const Vec3& p : points) {
    flat.push_back({p.x, p.y});
    depths.push_back({p.z, 0.0});
  }
  const Outline curve = smooth_curve(flat, 6);
  const Outline depth = smooth_curve(depths, 6);
  Guide guide;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const Vec2 at = frame.to_scene(curve[i]);
    const double above = std::min(curve[i].y, 0.2);  // below the head the mass hangs straight
    const Vec3 normal = unit(Vec3{frame.mirror * curve[i].x, 0.9 * above, 0.35 + depth[i].x});
    guide.push_back({{at.x, at.y, frame.unit * depth[i].x}, normal});
  }
  return guide;
}

HairStyle style_of(const Person& person, double wave) {
  HairStyle style;
  style.root = person.hair_root;
  style.tip = person.hair_tip;
  style.half_width = 0.5;
  style.wave = wave;
  style.wave_length = 0.7 * person.frame.unit;
  style.flyaway_reach = 0.22 * person.frame.unit;
  style.loosen = 0.06 * person.frame.unit;
  style.spread = 0.025 * person.frame.unit;
  style.length_sigma = 0.2;
  style.gloss = 0.45;
  return style;
}

/// Loose hairs behind and around a mass of hair: thin, far apart, going their own way.
void draw_halo(Stage& stage, const std::vector<Guide>& guides, const HairStyle& mass) {
  HairStyle halo = mass;
  halo.strands = mass.strands / 2;
  halo.half_width = 0.36;
  halo.spread = 2.5 * mass.spread;
  halo.loosen = 0.9 * mass.flyaway_reach;
  halo.gather = 0.25;
  halo.frizz = 1.6 * mass.frizz + 0.4;
  halo.length_sigma = 0.3;
  halo.tip = 1.15 * mass.tip;
  draw_hair(stage.canvas, stage.light, guides, halo, stage.random.fork(71));
}

/// Seen from behind: from the parting over the round of the head, then down the back.
std::vector<Guide> back_guides(const Frame& frame, double length_figure, double flare,
                               double part) {
  std::vector<Guide> guides;
  constexpr int kGuides = 15;
  for (int i = 0; i < kGuides; ++i) {
    const double u = 2.0 * i / (kGuides - 1) - 1.0;
    const double bow = std::sqrt(1.0 - 0.93 * u * u);
    std::vector<Vec3> points{{part + 0.06 * u, -1.02 + 0.02 * u * u, 0.15}};
    for (const double turns : {0.06, 0.12, 0.18, 0.24}) {
      points.push_back(
          {mix(part, 0.0, turns * 4.0) * (1.0 - std::abs(u)) + 0.92 * u * sin_turns(turns),
           -0.12 - 0.93 * cos_turns(turns), 0.15 + 0.85 * bow * sin_turns(turns)});
    }
    const double end = length_figure - 0.25 * u * u;
    points.push_back({(0.9 + 0.10 * flare) * u, mix(0.0, end, 0.4), 0.9 * bow + 0.1});
    points.push_back({(0.86 + 0.35 * flare) * u, mix(0.0, end, 0.72), 0.85 * bow + 0.15});
    points.push_back({(0.78 + 0.5 * flare) * u, end, 0.8 * bow + 0.2});
    guides.push_back(make_guide(frame, points));
  }
  return guides;
}

/// One side of hair that frames a face; side = -1 or 1. The first guides hang next to the face.
std::vector<Guide> front_guides(const Frame& frame, double side, double length_figure, double part,
                                double turn) {
  std::vector<Guide> guides;
  constexpr int kGuides = 9;
  const double face = 0.60 + 0.10 * side * turn;
  for (int i = 0; i < kGuides; ++i) {
    const double s = static_cast<double>(i) / (kGuides - 1);  // 0 at the face, 1 outermost
    const double end = length_figure - 0.2 * s;
    guides.push_back(make_guide(
        frame, {{part + side * 0.01, mix(-0.70, -1.06, s), mix(0.62, 0.1, s)},
                {mix(part, side, 0.34), mix(-0.64, -1.02, s), mix(0.66, 0.15, s)},
                {side * mix(face, 0.82, s), mix(-0.28, -0.62, s), mix(0.58, 0.1, s)},
                {side * mix(face + 0.08, 0.94, s), mix(0.25, 0.0, s), mix(0.5, 0.0, s)},
                {side * mix(face + 0.06, 1.0, s), mix(0.8, 0.7, s), mix(0.5, 0.05, s)},
                {side * mix(face + 0.02, 1.06, s), mix(0.8, end, 0.6), mix(0.55, 0.1, s)},
                {side * mix(face - 0.06, 1.02, s), end, mix(0.6, 0.1, s)}}));
  }
  return guides;
}

void draw_from_behind(Stage& stage, const Person& person, bool wavy) {
  Random choice = stage.random.fork(61);
  HairStyle style = style_of(person, wavy ? 0.075 * person.frame.unit : 0.012 * person.frame.unit);
  style.strands = 5200;
  style.flyaway = 0.08;
  style.frizz = wavy ? 1.1 : 0.6;
  const double reach = choice.uniform(1.9, 2.9);
  const double flare = choice.uniform(0.1, 0.7);
  const auto guides = back_guides(person.frame, reach, flare, choice.uniform(-0.3, 0.3));
  draw_hair(stage.canvas, stage.light, guides, style, stage.random.fork(62));
  draw_clothes(stage, person, 0.7);
  draw_back_head(stage, person);
  draw_halo(stage, guides, style);
}

void draw_facing(Stage& stage, const Person& person, bool wavy, double reach) {
  HairStyle style = style_of(person, wavy ? 0.075 * person.frame.unit : 0.012 * person.frame.unit);
  style.strands = 2300;
  style.flyaway = 0.04;
  Random choice = stage.random.fork(61);
  const double part = choice.uniform(-0.25, 0.25);
  for (const double side : {-1.0, 1.0}) {
    draw_hair(stage.canvas, stage.light, front_guides(person.frame, side, reach, part, person.turn),
              style, stage.random.fork(side > 0 ? 63U : 64U));
  }
  draw_clothes(stage, person, 0.0);
  draw_front_face(stage, person);
  // What hangs behind the neck lies in the shade.
  HairStyle behind = style;
  behind.strands = 1500;
  behind.root = 0.45 * style.root;
  behind.tip = 0.55 * style.tip;
  behind.gloss = 0.1;
  std::vector<Guide> guides;
  for (int i = 0; i < 11; ++i) {
    const double u = 2.0 * i / 10 - 1.0;
    guides.push_back(make_guide(person.frame, {{0.7 * u, -0.6, -0.5},
                                               {0.85 * u, 0.0, -0.5},
                                               {0.95 * u, 0.8, -0.5},
                                               {1.0 * u, reach - 0.15, -0.5}}));
  }
  draw_hair(stage.canvas, stage.light, guides, behind, stage.random.fork(65));
  for (const double side : {-1.0, 1.0}) {
    draw_halo(stage, front_guides(person.frame, side, reach, part, person.turn), style);
  }
}

/// Short hair: a coat on the skull that follows the whorl at the crown.
void draw_cropped(Stage& stage, const Person& person) {
  const Frame& frame = person.frame;
  const Relief skull = frame.relief(
      {{{0, -0.2}, 0.80, 0.84, 0, 0.05, 0.75}, {{0, 0.25}, 0.70, 0.50, 0, 0.05, 0.68}}, {}, 0.25);
  FurStyle hair;
  Random choice = stage.random.fork(61);
  hair.length = choice.uniform(0.22, 0.36) * frame.unit;
  hair.length_sigma = 0.42;
  hair.spacing = 1.8;
  hair.half_width = 0.42;
  hair.lift = choice.uniform(0.6, 1.0);
  hair.clump = 0.55;
  hair.clump_size = 0.11 * frame.unit;
  hair.flyaway = 0.18;
  hair.gloss = 0.3;
  hair.segments = 6;
  const Vec2 whorl{choice.uniform(-0.2, 0.2), -0.45};
  const double spin = 0.12 * choice.sign();
  hair.flow = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    const Vec2 flow = rotated(unit(p - whorl), spin);
    // Shorter towards the nape and around the ears.
    const double nape = smooth_step(0.66, 0.30, p.y + 0.12 * std::abs(p.x));
    const double ear = smooth_step(0.10, 0.32, length(p - Vec2{p.x < 0 ? -0.78 : 0.78, 0.18}));
    return (0.12 + 0.88 * nape) * std::min(1.0, 0.2 + ear) * unit(flow + Vec2{0.0, 0.35});
  };
  hair.albedo = [&](Vec2 at) {
    const double nape = smooth_step(0.45, 0.75, frame.to_figure(at).y);
    return mix(mix(person.hair_root, person.hair_tip, 0.4), 0.7 * person.skin, 0.6 * nape);
  };
  draw_fur(stage.canvas, skull, stage.light, hair, stage.random.fork(62));
  draw_clothes(stage, person, 1.0);
  draw_back_head(stage, person);
}

/// A cloud of tight curls around a face.
void draw_curly(Stage& stage, const Person& person) {
  const Frame& frame = person.frame;
  const Relief cloud = frame.relief({{{0, -0.55}, 1.05, 0.72, 0, -0.2, 0.7},
                                     {{-0.82, 0.05}, 0.42, 0.72, 0, -0.2, 0.5},
                                     {{0.82, 0.05}, 0.42, 0.72, 0, -0.2, 0.5}},
                                    {}, 0.3);
  FurStyle hair;
  hair.length = 0.30 * frame.unit;
  hair.length_sigma = 0.28;
  hair.spacing = 2.1;
  hair.half_width = 0.42;
  hair.lift = 1.0;
  hair.curl = 0.6;
  hair.clump = 0.75;
  hair.clump_size = 0.09 * frame.unit;
  hair.flyaway = 0.015;
  hair.segments = 8;
  hair.gravity = {0, 0.1};
  const auto seed = static_cast<std::uint32_t>(stage.random.fork(66).bits());
  hair.flow = [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    // The face looks out of the cloud.
    const Vec2 face{(p.x - 0.15 * person.turn) / 0.68, (p.y - 0.30) / 1.0};
    if (dot(face, face) < 1.0) return Vec2{};
    return rotated(unit(p + Vec2{0, 0.1}), 0.3 * value_noise((1.0 / 11.0) * at, seed));
  };
  hair.albedo = [&](Vec2 at) {
    return (1.0 + 0.4 * value_noise((1.0 / 8.0) * at, seed + 1)) *
           mix(person.hair_root, person.hair_tip, 0.35);
  };
  // The skin under the curls would cover the face: only the hairs are wanted in front of it.
  draw_fur_strands(stage.canvas, cloud, stage.light, hair, stage.random.fork(62));
  draw_clothes(stage, person, 0.4);
  draw_front_face(stage, person);
  draw_skin(
      stage.canvas, cloud, stage.light, [&](Vec2) { return 0.5 * person.hair_root; }, 0.0, 1.0,
      0.06 * frame.unit);
}

/// Profile with the hair gathered at the back: a knot or a tail, and loose wisps.
void draw_gathered(Stage& stage, const Person& person, bool tail) {
  const Frame& frame = person.frame;
  const Vec2 knot = tail ? Vec2{0.98, -0.30} : Vec2{1.02, -0.12};
  HairStyle style = style_of(person, 0.012 * frame.unit);
  Random choice = stage.random.fork(61);

  if (tail) {
    std::vector<Guide> guides;
    const double reach = choice.uniform(1.5, 2.3);
    const double sway = choice.uniform(0.1, 0.5);
    for (int i = 0; i < 7; ++i) {
      const double u = 2.0 * i / 6 - 1.0;
      guides.push_back(
          make_guide(frame, {{knot.x - 0.05, knot.y, 0.2 * u},
                             {knot.x + 0.22, knot.y - 0.10 - 0.05 * u, 0.3 * u},
                             {knot.x + 0.42 + 0.16 * u, knot.y + 0.30, 0.3},
                             {knot.x + 0.36 + sway * 0.4 + 0.2 * u, knot.y + 0.6 * reach, 0.3},
                             {knot.x + 0.26 + sway + 0.13 * u, knot.y + reach, 0.3}}));
    }
    HairStyle tail_style = style;
    tail_style.strands = 1700;
    tail_style.wave = 0.04 * frame.unit;
    tail_style.flyaway = 0.06;
    draw_hair(stage.canvas, stage.light, guides, tail_style, stage.random.fork(67));
  } else {
    std::vector<Guide> guides;
    for (int i = 0; i < 9; ++i) {
      const double start = i / 9.0;
      std::vector<Vec3> loop;
      for (int k = 0; k <= 6; ++k) {
        const double turns = start + 0.11 * k;
        const double radius = 0.32 - 0.025 * k;
        loop.push_back({knot.x + radius * cos_turns(turns), knot.y + radius * sin_turns(turns),
                        0.1 + 0.05 * k});
      }
      guides.push_back(make_guide(frame, loop));
    }
    HairStyle knot_style = style;
    knot_style.strands = 1300;
    knot_style.flyaway = 0.12;
    draw_hair(stage.canvas, stage.light, guides, knot_style, stage.random.fork(68));
  }

  // From the hairline, forehead to nape, towards the knot, over the round of the head.
  std::vector<Guide> guides;
  for (int i = 0; i < 13; ++i) {
    const double s = i / 12.0;
    const Vec2 root = s < 0.6 ? mix(Vec2{-0.66, -0.60}, Vec2{-0.10, 0.02}, s / 0.6)
                              : mix(Vec2{-0.10, 0.02}, Vec2{0.52, 0.62}, (s - 0.6) / 0.4);
    const double rise = mix(-0.70, 0.10, s);
    const Vec2 middle = mix(root, knot, 0.5) + Vec2{0.0, 0.9 * rise};
    const double bulge = 0.35 + 0.45 * sin_turns(0.5 * s);
    guides.push_back(make_guide(
        frame, {{root.x, root.y, bulge},
                {mix(root.x, middle.x, 0.45), mix(root.y, middle.y, 0.68) + 0.18 * rise, bulge},
                {middle.x, middle.y, bulge},
                {mix(middle.x, knot.x, 0.6), mix(middle.y, knot.y, 0.42) + 0.1 * rise, 0.4},
                {knot.x, knot.y, 0.2}}));
  }
  style.strands = 3600;
  style.length_sigma = 0.05;
  style.loosen = 0.03 * frame.unit;
  style.flyaway = 0.06;
  style.flyaway_reach = 0.2 * frame.unit;
  draw_hair(stage.canvas, stage.light, guides, style, stage.random.fork(62));

  // Wisps at the temple and the nape.
  for (const Vec2 from : {Vec2{-0.16, -0.05}, Vec2{0.50, 0.60}}) {
    HairStyle wisp = style;
    wisp.strands = 130;
    wisp.length_sigma = 0.4;
    wisp.loosen = 0.16 * frame.unit;
    wisp.spread = 0.05 * frame.unit;
    wisp.wave = 0.05 * frame.unit;
    wisp.frizz = 1.3;
    const Guide one = make_guide(frame, {{from.x, from.y, 0.7},
                                         {from.x - 0.02, from.y + 0.3, 0.7},
                                         {from.x + 0.06, from.y + 0.62, 0.7}});
    draw_hair(stage.canvas, stage.light, {one, one}, wisp,
              stage.random.fork(from.x < 0 ? 69U : 70U));
  }
  const Relief scalp = frame.relief(
      {{{0.22, -0.27}, 0.82, 0.80, 0, 0, 0.70}, {{0.55, 0.15}, 0.42, 0.42, 0, 0, 0.5}}, {}, 0.2);
  // Roots cast shade on the scalp; the forehead and the face stay free.
  Path roots = scalp.outline(0.03 * frame.unit);
  stage.canvas.fill(roots, [&](Vec2 at) {
    const Vec2 p = frame.to_figure(at);
    const double grown = smooth_step(-0.08, 0.14, (p.x + 0.66) * 0.80 - (p.y + 0.60) * 0.62);
    return Tint{0.55 * person.hair_root, grown};
  });
  draw_clothes(stage, person, 0.8);
  draw_profile(stage, person);
  draw_halo(stage, guides, style);
}

}  // namespace

void draw_portrait(Stage& stage) {
  const Person person = make_person(stage);
  switch (stage.variant % 6) {
    case 0: return draw_from_behind(stage, person, true);
    case 1: return draw_gathered(stage, person, false);
    case 2: return draw_facing(stage, person, true, 2.3);
    case 3: return draw_cropped(stage, person);
    case 4: return draw_curly(stage, person);
    default: return draw_gathered(stage, person, true);
  }
}

}  // namespace mbench::datasets::demo
