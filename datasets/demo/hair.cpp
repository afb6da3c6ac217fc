#include "datasets/demo/hair.hpp"

#include <algorithm>
#include <cmath>

#include "core/exact_math.hpp"
#include "datasets/demo/noise.hpp"

namespace mbench::datasets::demo {
namespace {

/// The guide at position u in [0, guides - 1], at t in [0, 1] along it; beyond 1 it runs straight
/// on.
GuidePoint between(const std::vector<Guide>& guides, double u, double t) {
  const auto last = static_cast<double>(guides.size() - 1);
  u = std::clamp(u, 0.0, last);
  const auto left = static_cast<std::size_t>(std::min(u, std::max(last - 1.0, 0.0)));
  const Guide& p = guides[left];
  const Guide& q = guides[std::min(left + 1, guides.size() - 1)];
  const double s = u - static_cast<double>(left);
  const auto at = [t](const Guide& guide) {
    const auto steps = static_cast<double>(guide.size() - 1);
    const std::size_t i = static_cast<std::size_t>(std::clamp(t * steps, 0.0, steps - 1.0));
    const double v = t * steps - static_cast<double>(i);
    return GuidePoint{mix(guide[i].at, guide[i + 1].at, v),
                      mix(guide[i].normal, guide[i + 1].normal, std::min(v, 1.0))};
  };
  const GuidePoint from = at(p);
  const GuidePoint to = at(q);
  return {mix(from.at, to.at, s), mix(from.normal, to.normal, s)};
}

struct Strand {
  std::vector<StrandPoint> points{};
  double order{};
};

/// What the strands of one lock have in common.
struct Lock {
  double u{}, wave_phase{}, wave_size{}, tone{};
  Vec2 offset{};

  Lock(const HairStyle& style, double range, Random random)
      : u{random.uniform() * range},
        wave_phase{1.5 * value_noise({0.35 * u, 0.5}, style.wave_seed) + 0.08 * random.normal()},
        wave_size{style.wave * random.uniform(0.6, 1.4)},
        tone{1.0 + 0.6 * style.tone * random.normal()},
        offset{style.spread * random.normal(), style.spread * random.normal()} {}
};

Strand grow(const Light& light, const std::vector<Guide>& guides, const HairStyle& style,
            const Lock& lock, Random random) {
  const auto range = static_cast<double>(guides.size() - 1);
  const double u = lock.u + 0.35 * random.normal() * std::min(1.0, range * 0.1);
  const bool stray = random.chance(style.flyaway);
  const double reach = std::min(random.log_normal(style.length_sigma), 1.6);
  const double gather = stray ? 0.0 : style.gather * random.uniform(0.6, 1.1);
  const Vec2 at_root{style.spread * random.normal(), style.spread * random.normal()};
  const Vec2 at_tip{
      (style.loosen + (stray ? style.flyaway_reach : 0.0)) * random.normal(),
      (0.5 * style.loosen + (stray ? 0.6 * style.flyaway_reach : 0.0)) * random.normal()};
  const double phase = lock.wave_phase + 0.06 * random.normal();
  const double tone = lock.tone * (1.0 + style.tone * random.normal());
  const double half_width = style.half_width * random.uniform(0.7, 1.2) * (stray ? 0.7 : 1.0);
  const double jitter = random.uniform(-3.0, 3.0);

  Strand strand;
  Vec2 walk{};
  Vec2 drift{};
  double travelled = 0.0;
  Vec3 before{};
  double height_sum = 0.0;
  for (int i = 0; i <= style.segments; ++i) {
    const double along = static_cast<double>(i) / style.segments;
    const double t = along * reach;
    const double blend = gather * along * along;
    const GuidePoint own = between(guides, u, t);
    const GuidePoint common = between(guides, lock.u, t);
    const Vec3 centre = mix(own.at, common.at, blend);
    const Vec3 tangent = i > 0 ? unit(centre - before) : Vec3{0, 1, 0};
    if (i > 0) travelled += length(centre - before);
    before = centre;
    drift = 0.7 * drift + (0.5 * style.frizz) * Vec2{random.normal(), random.normal()};
    walk = walk + along * drift;
    const Vec2 across = perpendicular(unit(Vec2{tangent.x, tangent.y}));
    const double swing = lock.wave_size * smooth_step(0.05, 0.4, along) *
                         sin_turns(travelled / style.wave_length + phase);
    const Vec2 place = Vec2{centre.x, centre.y} + mix(at_root, lock.offset, blend) +
                       (along * along) * at_tip + walk + swing * across;
    // The wave turns the strand towards and away from the light, which shows as bright bands.
    const double lean = style.wave > 0.0 ? 0.5 * lock.wave_size / style.wave *
                                               cos_turns(travelled / style.wave_length + phase)
                                         : 0.0;
    const Vec3 shown = unit(tangent + Vec3{0, 0, lean} + 0.05 * own.normal);
    const Vec3 albedo = tone * mix(style.root, style.tip, along);
    const double depth_shade = 0.72 + 0.28 * smooth_step(0.0, 0.25, along);
    strand.points.push_back(
        {place, half_width * (1.0 - 0.75 * along * along),
         soft_clip(depth_shade * shade_hair(light, albedo, shown, own.normal, style.gloss))});
    height_sum += centre.z;
  }
  strand.order = height_sum / (style.segments + 1) + jitter;
  return strand;
}

}  // namespace

void draw_hair(Canvas& canvas, const Light& light, const std::vector<Guide>& guides,
               const HairStyle& style, Random random) {
  const auto range = static_cast<double>(guides.size() - 1);
  const Random locks = random.fork(1);
  const Random strands = random.fork(2);
  std::vector<Strand> all;
  all.reserve(static_cast<std::size_t>(style.strands));
  for (int i = 0; i < style.strands; ++i) {
    const Lock lock{style, range, locks.fork(static_cast<std::uint64_t>(i / style.clump))};
    all.push_back(grow(light, guides, style, lock, strands.fork(static_cast<std::uint64_t>(i))));
  }
  // Ties keep the order in which the strands were grown: no standard library decides.
  std::stable_sort(all.begin(), all.end(),
                   [](const Strand& p, const Strand& q) { return p.order > q.order; });
  for (const Strand& strand : all) canvas.strand(strand.points);
}

}  // namespace mbench::datasets::demo
