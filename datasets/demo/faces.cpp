#include "datasets/demo/faces.hpp"

#include <array>
#include <cmath>

#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {

void draw_eye(Stage& stage, const Eye& eye) {
  const Light& light = stage.light;
  const Vec2 glint = eye.centre + Vec2{0.3 * eye.radius_x * (light.direction.x > 0 ? 1 : -1),
                                       -0.35 * eye.radius_y};
  stage.canvas.fill(ellipse(glint, 0.17 * eye.radius_x, 0.17 * eye.radius_x), [](Vec2) {
    return Vec3{.95, .95, .93};
  });
  stage.canvas.fill(ellipse(eye.centre, eye.radius_x, eye.radius_y, eye.turns), [&](Vec2 at) {
    const Vec2 p = rotated(at - eye.centre, -eye.turns);
    const Vec2 q{p.x / eye.radius_x, p.y / eye.radius_y};
    const double r = length(q);
    const double pupil = length(Vec2{q.x / eye.pupil_x, q.y / eye.pupil_y});
    // The upper lid shades the ball; light entering at the top leaves through the lower iris.
    const Vec3 iris = (0.62 + 0.45 * q.y) * eye.iris;
    const Vec3 ball = mix(Vec3{.03, .03, .03}, iris, smooth_step(0.85, 1.1, pupil));
    return mix(ball, Vec3{.05, .04, .035}, smooth_step(0.74, 0.92, r));
  });
  stage.canvas.fill(
      ellipse(eye.centre, 1.18 * eye.radius_x, 1.2 * eye.radius_y, eye.turns), [&](Vec2 at) {
        const double r = length(
            Vec2{(at.x - eye.centre.x) / eye.radius_x, (at.y - eye.centre.y) / eye.radius_y});
        return Tint{Vec3{.09, .07, .06}, 0.85 * smooth_step(1.25, 1.0, r)};
      });
}

void draw_nose(Stage& stage, Vec2 centre, double half_width, Vec3 colour) {
  const double w = half_width;
  for (const double side : {-1.0, 1.0}) {
    stage.canvas.fill(
        ellipse(centre + Vec2{side * 0.42 * w, 0.12 * w}, 0.2 * w, 0.13 * w, side * 0.08),
        [](Vec2) {
          return Vec3{.03, .025, .025};
        });
  }
  const std::array<Vec2, 7> outline{
      centre + Vec2{-w, -0.3 * w},       centre + Vec2{-0.5 * w, -0.62 * w},
      centre + Vec2{0.5 * w, -0.62 * w}, centre + Vec2{w, -0.3 * w},
      centre + Vec2{0.62 * w, 0.4 * w},  centre + Vec2{0, 0.7 * w},
      centre + Vec2{-0.62 * w, 0.4 * w}};
  stage.canvas.fill(smooth_outline(outline), [&](Vec2 at) {
    const Vec2 q = (1.0 / w) * (at - centre);
    const Vec3 normal = unit(Vec3{0.8 * q.x, 1.0 * q.y + 0.1, 1.0});
    return soft_clip(shade_matt(stage.light, colour, normal) +
                     (0.35 * shade_gloss(stage.light, normal, 14.0)) * stage.light.key);
  });
}

void draw_whiskers(Stage& stage, const Frame& frame, Vec2 muzzle, double reach, int per_side,
                   Vec3 colour) {
  const Random whiskers = stage.random.fork(7001);
  std::array<StrandPoint, 13> points;
  for (int side = -1; side <= 1; side += 2) {
    for (int i = 0; i < per_side; ++i) {
      Random own = whiskers.fork(static_cast<std::uint64_t>(i * 2 + (side > 0 ? 1 : 0)));
      const Vec2 root =
          frame.to_scene(muzzle + Vec2{side * own.uniform(0.16, 0.34), own.uniform(-0.12, 0.12)});
      const double slope = -0.25 + 0.7 * i / per_side + 0.1 * own.normal();
      const Vec2 ahead = unit(Vec2{side * frame.mirror, slope});
      const double length_units = frame.unit * reach * own.uniform(0.6, 1.1);
      const double droop = own.uniform(0.05, 0.28);
      for (std::size_t k = 0; k < points.size(); ++k) {
        const double t = static_cast<double>(k) / (points.size() - 1);
        points[k] = {root + (length_units * t) * ahead + Vec2{0, droop * length_units * t * t},
                     0.62 * (1.0 - 0.8 * t), own.uniform(0.92, 1.0) * colour};
      }
      stage.canvas.strand(points);
    }
  }
}

}  // namespace mbench::datasets::demo
