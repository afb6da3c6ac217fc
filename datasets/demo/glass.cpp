// Blown glass: surfaces of revolution that show what is behind them.
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

constexpr double kMostOpaque = 0.97;  // glass is never quite opaque: alpha stays below 1

struct Glass {
  Vec3 tint{.80, .86, .85};
  double absorption{0.035};  ///< of one wall seen straight on
  double ribs{0.0};          ///< number of cut ribs around; 0 = smooth
  double swirl{0.0};         ///< turns of the ribs over the height
};

/// A profile: radius (x) over height (y), both in units; smooth through the given points.
struct Profile {
  double axis{};  // x of the axis of revolution
  Outline points{};

  Profile(double at, const std::vector<Vec2>& through)
      : axis{at}, points{smooth_curve(through, 10)} {}

  [[nodiscard]] Outline outline() const {
    Outline closed;
    for (const Vec2 p : points) closed.push_back({axis - std::max(p.x, 0.0), p.y});
    for (auto p = points.rbegin(); p != points.rend(); ++p) {
      closed.push_back({axis + std::max(p->x, 0.0), p->y});
    }
    return closed;
  }
  /// Radius and its change per unit of height.
  [[nodiscard]] Vec2 at(double y) const {
    const auto next =
        std::find_if(points.begin() + 1, points.end() - 1, [y](Vec2 p) { return p.y >= y; });
    const Vec2 p = *(next - 1);
    const Vec2 q = *next;
    const double rise = std::max(q.y - p.y, 1e-3);
    return {std::max(0.5, mix(p.x, q.x, clamp01((y - p.y) / rise))), (q.x - p.x) / rise};
  }
};

/// A window mirrored in the glass: two panes at an angle (q across, v along the height).
double window(double q, double v, double centre, double wide) {
  const double across = (q - centre) / wide;
  const double panes =
      smooth_step(1.0, 0.8, std::abs(across)) * smooth_step(0.04, 0.12, std::abs(across));
  return panes * smooth_step(0.06, 0.10, v) * smooth_step(0.46, 0.40, v) *
         smooth_step(0.008, 0.02, std::abs(v - 0.25));
}

/// The wall of a vessel, front and back taken together:
///     alpha = 1 - (1 - f) (1 - a) (1 - 0.9 f) (1 - 0.85 highlight)
/// f: Fresnel's share by Schlick's formula, a: absorption along the slanted way through the wall.
template <typename Paint>
void draw_wall(Stage& stage, const Profile& profile, const Glass& glass, std::uint32_t seed,
               Paint&& inside) {
  const double top = profile.points.front().y;
  const double height = profile.points.back().y - top;
  stage.canvas.fill(profile.outline(), [&](Vec2 at) {
    const Vec2 r = profile.at(at.y);
    double q = std::clamp((at.x - profile.axis) / r.x, -0.9995, 0.9995);
    const double v = (at.y - top) / height;
    double cosine = std::sqrt(1.0 - q * q);
    double facet = 0.0;
    if (glass.ribs > 0.0) {
      // Angle around the axis from q: the arcsine, by its rational approximation q (1 + q^2/6 +
      // ...).
      const double around = q * (1.0 + 0.17 * q * q + 0.4 * q * q * q * q);
      facet = sin_turns(glass.ribs * 0.16 * around + glass.swirl * v);
      q = std::clamp(q + 0.25 * facet * cosine, -0.99, 0.99);
      cosine = std::sqrt(1.0 - q * q);
    }
    const double slope = std::clamp(r.y, -3.0, 3.0);
    const Vec3 normal = unit(Vec3{q, -slope * cosine, cosine});
    const double one = 1.0 - std::max(normal.z, 0.0);
    const double fresnel = 0.04 + 0.96 * one * one * one * one * one;
    const double absorbed =
        1.0 - exp_exact(-glass.absorption * std::min(1.0 / std::max(normal.z, 0.05), 6.0));
    const double ripple = 0.03 * fractal_noise({at.x / 40.0, at.y / 70.0}, 3, 0.5, seed);
    const double left = stage.light.direction.x < 0.0 ? -1.0 : 1.0;
    double shine = 0.75 * window(q + ripple, v, left * 0.52, 0.20) +
                   0.35 * window(q - ripple, v + 0.05, -left * 0.72, 0.10);
    shine = std::max(shine, 0.7 * smooth_step(0.93, 1.0, shade_gloss(stage.light, normal, 6.0)));
    const Tint content = inside(at, q, r.x);
    const double passing = (1.0 - fresnel) * (1.0 - absorbed) * (1.0 - 0.9 * fresnel);
    const double wall = 1.0 - passing;
    // What the wall mirrors: bright above, dark below, darkest just inside the rim.
    const double mirrored =
        0.5 + 0.45 * (-normal.y) + 0.2 * normal.x * left +
        0.25 * fractal_noise({3.0 * normal.x + 7.0, at.y / 45.0}, 3, 0.5, seed + 1);
    const double rim = smooth_step(0.80, 0.93, std::abs(q)) * smooth_step(1.0, 0.96, std::abs(q));
    const Vec3 wall_colour = std::clamp(mirrored * (1.0 - 0.75 * rim), 0.05, 1.0) * glass.tint;
    const double opacity = 1.0 - (1.0 - wall) * (1.0 - 0.85 * shine) * (1.0 - content.opacity);
    if (opacity <= 0.0) return Tint{wall_colour, 0.0};
    // Front to back: highlight, wall, content.
    const double w1 = 0.85 * shine;
    const double w2 = (1.0 - w1) * wall;
    const double w3 = (1.0 - w1) * (1.0 - wall) * content.opacity;
    const Vec3 colour = (1.0 / (w1 + w2 + w3)) *
                        (w1 * Vec3{.97, .98, .99} + w2 * wall_colour + w3 * content.colour);
    return Tint{soft_clip(colour), std::min(opacity, kMostOpaque)};
  });
}

Tint empty(Vec2, double, double) { return {{}, 0.0}; }

/// The edge of an opening or a foot, seen as an ellipse: thicker glass, so lines of light and dark.
void draw_ring(Stage& stage, Vec2 centre, double radius_x, double radius_y, double thick,
               double opacity) {
  std::vector<StrandPoint> ring;
  constexpr int kSteps = 90;
  for (int i = 0; i <= kSteps; ++i) {
    const double turns = static_cast<double>(i) / kSteps;
    const double glint = 0.5 + 0.5 * sin_turns(2.0 * turns + 0.1);
    ring.push_back({centre + Vec2{radius_x * cos_turns(turns), radius_y * sin_turns(turns)}, thick,
                    mix(Vec3{.22, .25, .26}, Vec3{.95, .96, .96}, glint)});
  }
  stage.canvas.strand(ring, opacity);
}

struct Liquid {
  Vec3 colour{};
  double density{};  // per unit of the way through
  double level{};    // y of its surface
  double bottom{};
};

Tint liquid_at(const Liquid& liquid, Vec2 at, double q, double radius) {
  if (at.y < liquid.level || at.y > liquid.bottom) return {{}, 0.0};
  const double chord = 2.0 * 0.94 * radius * std::sqrt(std::max(0.0, 1.0 - q * q / (0.94 * 0.94)));
  const double opacity = std::min(1.0 - exp_exact(-liquid.density * chord), kMostOpaque);
  const double lens = 0.75 + 0.35 * q + 0.25 * smooth_step(liquid.level + 30.0, liquid.level, at.y);
  return {lens * liquid.colour, opacity};
}

double unit_of(const Stage& stage) { return std::min(stage.extent.x / 1.35, stage.extent.y / 2.0); }

}  // namespace

void draw_wine_glass(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double u = 0.46 * unit_of(stage);
  const Vec2 c{stage.extent.x * choice.uniform(0.45, 0.55), 0.40 * stage.extent.y};
  const double wide = choice.uniform(0.82, 1.08);
  const double mouth = wide * choice.uniform(0.66, 0.85);
  const double y_rim = c.y - 1.45 * u;
  const double y_bowl = c.y + 0.55 * u;
  const double y_foot = c.y + 1.95 * u;
  const Profile bowl{c.x,
                     {{mouth * u, y_rim},
                      {0.88 * wide * u, c.y - 0.95 * u},
                      {wide * u, c.y - 0.30 * u},
                      {0.72 * wide * u, c.y + 0.22 * u},
                      {0.16 * u, c.y + 0.50 * u},
                      {0.06 * u, y_bowl}}};
  const Glass glass{.absorption = 0.03};
  draw_ring(stage, {c.x, y_rim}, mouth * u, 0.14 * mouth * u, 1.0, 0.75);
  constexpr std::array kWines{Vec3{.30, .04, .07}, Vec3{.80, .70, .36}, Vec3{.82, .46, .36}};
  constexpr std::array kDensities{0.016, 0.004, 0.0055};
  const auto wine = static_cast<std::size_t>(stage.variant + choice.below(3)) % 3;
  const Liquid liquid{kWines[wine], kDensities[wine], c.y - u * choice.uniform(0.1, 0.55),
                      y_bowl - 0.12 * u};
  const double surface = 0.94 * bowl.at(liquid.level).x;
  stage.canvas.fill(ellipse({c.x, liquid.level}, surface, 0.14 * surface), [&](Vec2) {
    return Tint{mix(liquid.colour, Vec3{.9, .88, .86}, 0.35), 0.35};
  });
  draw_wall(stage, bowl, glass, seed,
            [&](Vec2 at, double q, double radius) { return liquid_at(liquid, at, q, radius); });
  const Profile stem{c.x,
                     {{0.075 * u, y_bowl - 1.0},
                      {0.05 * u, y_bowl + 0.4 * u},
                      {0.055 * u, y_foot - 0.25 * u},
                      {0.16 * u, y_foot - 0.06 * u},
                      {0.62 * u, y_foot + 0.02 * u},
                      {0.70 * u, y_foot + 0.06 * u}}};
  draw_wall(stage, stem, {.absorption = 0.10}, seed + 3, empty);
  draw_ring(stage, {c.x, y_foot + 0.06 * u}, 0.70 * u, 0.10 * u, 1.3, 0.7);
  stage.canvas.fill(ellipse({c.x, y_foot + 0.06 * u}, 0.70 * u, 0.10 * u), [&](Vec2 at) {
    const double r = length(Vec2{(at.x - c.x) / (0.7 * u), (at.y - y_foot - 0.06 * u) / (0.1 * u)});
    return Tint{mix(Vec3{.85, .88, .88}, Vec3{.30, .33, .34}, r), 0.10 + 0.25 * r * r};
  });
}

void draw_bottle(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double u = 0.5 * unit_of(stage);
  const Vec2 c{stage.extent.x * choice.uniform(0.44, 0.56), 0.5 * stage.extent.y};
  constexpr std::array kTints{Vec3{.55, .74, .66}, Vec3{.82, .88, .88}, Vec3{.62, .46, .24},
                              Vec3{.48, .62, .76}};
  const auto look = static_cast<std::size_t>(stage.variant + choice.below(4)) % 4;
  const Glass glass{.tint = kTints[look], .absorption = look == 1 ? 0.035 : 0.14};
  const double body = choice.uniform(0.60, 0.85);
  const double shoulder = choice.uniform(-0.55, -0.25);
  const Profile profile{c.x,
                        {{0.21 * u, c.y - 1.76 * u},
                         {0.23 * u, c.y - 1.70 * u},
                         {0.19 * u, c.y - 1.62 * u},
                         {0.19 * u, c.y + (shoulder - 0.6) * u},
                         {0.30 * u, c.y + (shoulder - 0.22) * u},
                         {0.92 * body * u, c.y + (shoulder + 0.12) * u},
                         {body * u, c.y + (shoulder + 0.45) * u},
                         {body * u, c.y + 1.1 * u},
                         {body * u, c.y + 1.58 * u},
                         {0.9 * body * u, c.y + 1.72 * u}}};
  draw_ring(stage, {c.x, c.y - 1.75 * u}, 0.21 * u, 0.05 * u, 1.4, 0.8);
  draw_ring(stage, {c.x, c.y - 1.60 * u}, 0.22 * u, 0.04 * u, 1.6, 0.55);
  const Liquid liquid{0.8 * glass.tint, 0.0042, c.y + u * choice.uniform(-0.1, 0.7),
                      c.y + 1.66 * u};
  const double surface = 0.94 * profile.at(liquid.level).x;
  draw_ring(stage, {c.x, liquid.level}, surface, 0.12 * surface, 0.9, 0.5);
  draw_wall(stage, profile, glass, seed,
            [&](Vec2 at, double q, double radius) { return liquid_at(liquid, at, q, radius); });
}

void draw_vase(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double u = 0.5 * unit_of(stage);
  const Vec2 c{stage.extent.x * choice.uniform(0.44, 0.56), 0.5 * stage.extent.y};
  const double belly = choice.uniform(0.85, 1.15);
  const double neck = choice.uniform(0.34, 0.55);
  const Profile profile{c.x,
                        {{(neck + 0.28) * u, c.y - 1.55 * u},
                         {neck * 1.1 * u, c.y - 1.25 * u},
                         {neck * u, c.y - 0.9 * u},
                         {0.86 * belly * u, c.y - 0.30 * u},
                         {belly * u, c.y + 0.35 * u},
                         {0.78 * belly * u, c.y + 1.0 * u},
                         {0.48 * u, c.y + 1.45 * u},
                         {0.55 * u, c.y + 1.6 * u}}};
  const Glass glass{.tint = choice.chance(0.5) ? Vec3{.80, .86, .86} : Vec3{.66, .72, .84},
                    .absorption = 0.06,
                    .ribs = 22.0 + choice.below(14),
                    .swirl = choice.uniform(-0.9, 0.9)};
  draw_ring(stage, {c.x, c.y - 1.55 * u}, (neck + 0.28) * u, 0.16 * (neck + 0.28) * u, 1.6, 0.75);
  const Liquid water{{.70, .76, .76}, 0.0016, c.y + u * choice.uniform(-0.3, 0.4), c.y + 1.48 * u};
  const double surface = 0.94 * profile.at(water.level).x;
  draw_ring(stage, {c.x, water.level}, surface, 0.14 * surface, 1.0, 0.45);
  draw_wall(stage, profile, glass, seed,
            [&](Vec2 at, double q, double radius) { return liquid_at(water, at, q, radius); });
}

void draw_bulb(Stage& stage) {
  // Hangs into the picture; its cap is above the frame. Inside: the glass stem, wires, filament.
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double u = 0.40 * std::min(stage.extent.x, 0.9 * stage.extent.y);
  const Vec2 c{stage.extent.x * choice.uniform(0.42, 0.58), 0.56 * stage.extent.y};
  const Vec3 wire{.36, .33, .30};
  const auto draw_wire = [&](const std::vector<Vec2>& through, double half_width, double opacity,
                             Vec3 colour) {
    std::vector<StrandPoint> points;
    for (const Vec2 p : smooth_curve(through, 6)) points.push_back({p, half_width, colour});
    stage.canvas.strand(points, opacity);
  };
  const Profile profile{c.x,
                        {{0.38 * u, -10.0},
                         {0.36 * u, c.y - 1.05 * u},
                         {0.48 * u, c.y - 0.78 * u},
                         {0.88 * u, c.y - 0.34 * u},
                         {1.0 * u, c.y + 0.12 * u},
                         {0.86 * u, c.y + 0.62 * u},
                         {0.48 * u, c.y + 0.92 * u},
                         {0.02 * u, c.y + 1.02 * u}}};
  draw_wall(stage, profile, {.tint = {.84, .86, .85}, .absorption = 0.04}, seed, empty);
  const double coils = choice.uniform(9.0, 16.0);
  for (const double side : {-1.0, 1.0}) {
    draw_wire({c + u * Vec2{0.05 * side, -0.62}, c + u * Vec2{0.16 * side, -0.2},
               c + u * Vec2{0.42 * side, 0.02}},
              0.8, 0.92, wire);
    draw_wire({c + u * Vec2{0.03 * side, -0.4}, c + u * Vec2{0.12 * side, -0.05},
               c + u * Vec2{0.16 * side, 0.08}},
              0.45, 0.9, wire);
  }
  std::vector<StrandPoint> filament;
  for (int i = 0; i <= 240; ++i) {
    const double t = i / 240.0;
    filament.push_back({c + u * Vec2{mix(-0.42, 0.42, t) + 0.014 * cos_turns(coils * t),
                                     0.02 + 0.10 * (1.0 - (2 * t - 1) * (2 * t - 1)) +
                                         0.03 * sin_turns(coils * t)},
                        0.55, mix(Vec3{.95, .70, .34}, Vec3{.62, .48, .30}, std::abs(2 * t - 1))});
  }
  stage.canvas.strand(filament, 0.93);
  const Profile stem{c.x,
                     {{0.26 * u, -8.0},
                      {0.24 * u, c.y - 1.0 * u},
                      {0.10 * u, c.y - 0.75 * u},
                      {0.07 * u, c.y - 0.45 * u},
                      {0.03 * u, c.y - 0.36 * u}}};
  draw_wall(stage, stem, {.tint = {.80, .84, .83}, .absorption = 0.09}, seed + 2, empty);
}

}  // namespace mbench::datasets::demo
