#include "datasets/demo/fur.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/exact_math.hpp"

namespace mbench::datasets::demo {
namespace {

struct Root {
  Vec2 at{};
  double order{};  // larger is drawn earlier, in front
  std::uint64_t tag{};
};

/// A tuft: where the tips of one cell's hairs gather.
struct Tuft {
  Vec2 tip{};
  bool grows{};
};

/// Where a hair of this flow and normal points: along the coat, lifted off it.
Vec3 growth(const FurStyle& style, Vec2 flow, Vec3 normal, double lift) {
  Vec3 along{flow.x, flow.y, 0.0};
  along = along - dot(along, normal) * normal;
  return unit(unit(along) + lift * normal + Vec3{style.gravity.x, style.gravity.y, 0.0});
}

class Coat {
 public:
  Coat(const Relief& body, const FurStyle& style, Random random)
      : body_{body}, style_{style}, random_{random} {
    columns_ = static_cast<int>((body.high().x - body.low().x) / style.clump_size) + 2;
    rows_ = static_cast<int>((body.high().y - body.low().y) / style.clump_size) + 2;
    for (int y = 0; y < rows_; ++y) {
      for (int x = 0; x < columns_; ++x) tufts_.push_back(make_tuft(x, y));
    }
  }

  [[nodiscard]] const Tuft& tuft_of(Vec2 at) const {
    const Vec2 cell = (1.0 / style_.clump_size) * (at - body_.low());
    const int x = std::clamp(static_cast<int>(cell.x), 0, columns_ - 1);
    const int y = std::clamp(static_cast<int>(cell.y), 0, rows_ - 1);
    return tufts_[static_cast<std::size_t>(y * columns_ + x)];
  }

 private:
  [[nodiscard]] Tuft make_tuft(int x, int y) const {
    Random random = random_.fork(static_cast<std::uint64_t>(y) * 65536U + static_cast<unsigned>(x));
    const Vec2 at =
        body_.low() + style_.clump_size * Vec2{x + random.uniform(), y + random.uniform()};
    if (body_.inside(at) <= 0.0) return {};
    const Vec2 flow = style_.flow(at);
    const double reach = style_.length * length(flow) * random.uniform(0.9, 1.2);
    const Vec3 along = growth(style_, flow + (0.3 * random.normal()) * perpendicular(flow),
                              body_.normal(at), style_.lift);
    return {at + reach * Vec2{along.x, along.y}, reach > 0.0};
  }

  const Relief& body_;
  const FurStyle& style_;
  Random random_;
  int columns_{}, rows_{};
  std::vector<Tuft> tufts_{};
};

std::vector<Root> place_roots(const Canvas& canvas, const Relief& body, const FurStyle& style,
                              const Random& random) {
  std::vector<Root> roots;
  const Vec2 extent = canvas.extent();
  const double margin = 3.0 * style.length;
  std::uint64_t tag = 0;
  for (double y = body.low().y; y < body.high().y; y += style.spacing) {
    for (double x = body.low().x; x < body.high().x; x += style.spacing) {
      Random own = random.fork(++tag);
      const Vec2 at{x + style.spacing * own.uniform(), y + style.spacing * own.uniform()};
      if (at.x < -margin || at.y < -margin || at.x > extent.x + margin || at.y > extent.y + margin)
        continue;
      if (body.inside(at) <= 0.5) continue;
      const Vec2 flow = style.flow(at);
      if (length(flow) <= 0.02) continue;
      // Near parts hide far ones; on one part, hairs that grow from further up the flow lie over
      // the roots of those below them.
      const double order = body.height(at) - 0.6 * dot(at, unit(flow)) + 6.0 * own.uniform();
      roots.push_back({at, order, tag});
    }
  }
  std::sort(roots.begin(), roots.end(), [](const Root& p, const Root& q) {
    return p.order != q.order ? p.order > q.order : p.tag < q.tag;
  });
  return roots;
}

}  // namespace

void draw_fur_strands(Canvas& canvas, const Relief& body, const Light& light, const FurStyle& style,
                      Random random) {
  const Coat coat{body, style, random.fork(1)};
  const Random strands = random.fork(2);
  const Random places = random.fork(3);
  std::vector<StrandPoint> points(static_cast<std::size_t>(style.segments + 1));
  for (const Root& root : place_roots(canvas, body, style, places)) {
    Random own = strands.fork(root.tag);
    const Vec3 normal = body.normal(root.at);
    const Vec2 flow = style.flow(root.at);
    const bool stray = own.chance(style.flyaway);
    const double reach =
        style.length * length(flow) * own.log_normal(style.length_sigma) * (stray ? 1.5 : 1.0);
    const Vec2 heading = flow + (0.16 * own.normal()) * perpendicular(flow);
    const double lift = style.lift * own.uniform(0.6, 1.4) * (stray ? 1.8 : 1.0);
    const Vec3 along = growth(style, heading, normal, lift);
    const Vec2 ahead{along.x, along.y};
    const Vec2 bend = (style.curl * own.normal()) * perpendicular(ahead);
    const Tuft& tuft = coat.tuft_of(root.at);
    const Vec2 straight_tip = root.at + reach * (ahead + bend);
    const Vec2 pull = tuft.grows && !stray
                          ? (style.clump * own.uniform(0.6, 1.1)) * (tuft.tip - straight_tip)
                          : Vec2{};
    const double open = body.open(root.at);
    const double brightness_factor = 1.0 + style.tone * own.normal();
    const Vec3 albedo = brightness_factor * style.albedo(root.at);
    const double half_width = style.half_width * own.uniform(0.75, 1.2);
    const Vec3 lit = shade_hair(light, albedo, along, normal, style.gloss, open);
    for (int i = 0; i <= style.segments; ++i) {
      const double t = static_cast<double>(i) / style.segments;
      const double t2 = t * t;
      points[static_cast<std::size_t>(i)] = {
          root.at + (reach * t) * ahead + (reach * t2) * (bend + (0.5 * t) * style.gravity) +
              t2 * pull,
          half_width * (1.0 - 0.86 * t2), soft_clip((0.66 + 0.44 * t) * lit)};
    }
    canvas.strand(points);
  }
}

void draw_fur(Canvas& canvas, const Relief& body, const Light& light, const FurStyle& style,
              Random random) {
  draw_fur_strands(canvas, body, light, style, random);
  // The skin stops short of the silhouette: its hard edge must not show through the hairs.
  draw_skin(
      canvas, body, light, [&](Vec2 at) { return 0.6 * style.albedo(at); }, 0.0, 1.0,
      std::min(0.12 * style.length, 2.5));
}

void draw_skin(Canvas& canvas, const Relief& body, const Light& light,
               const std::function<Vec3(Vec2)>& albedo, double gloss, double sharpness,
               double inset) {
  canvas.fill(body.outline(inset), [&](Vec2 at) {
    const Vec3 normal = body.normal(at);
    Vec3 colour = shade_matt(light, albedo(at), normal, body.open(at));
    if (gloss > 0.0) colour = colour + (gloss * shade_gloss(light, normal, sharpness)) * light.key;
    return soft_clip(colour);
  });
}

}  // namespace mbench::datasets::demo
