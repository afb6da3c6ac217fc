// Things that are mostly holes: a spider's web, a net.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/exact_math.hpp"
#include "datasets/demo/leaf.hpp"
#include "datasets/demo/noise.hpp"
#include "datasets/demo/recipes.hpp"
#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {

void draw_web(Stage& stage) {
  Random choice = stage.random.fork(21);
  const Vec2 hub{stage.extent.x * choice.uniform(0.42, 0.58),
                 stage.extent.y * choice.uniform(0.40, 0.52)};
  const double reach = 0.60 * std::max(stage.extent.x, stage.extent.y);
  const Vec3 silk{.80, .81, .82};
  const int spokes = 26 + choice.below(8);
  std::vector<double> angles;
  std::vector<double> stretch;
  for (int i = 0; i < spokes; ++i) {
    angles.push_back((i + 0.35 * choice.normal() * 0.6) / spokes);
    stretch.push_back(choice.uniform(0.86, 1.1));
  }
  const auto on_spoke = [&](int i, double radius) {
    const auto k = static_cast<std::size_t>(i % spokes);
    return hub + (radius * stretch[k]) * Vec2{cos_turns(angles[k]), 0.94 * sin_turns(angles[k])};
  };
  // Dew hangs on the capture spiral; each drop is a small lens, bright below and dark above.
  const auto draw_drop = [&](Vec2 at, double radius) {
    stage.canvas.fill(
        ellipse(at + Vec2{-0.3 * radius, -0.35 * radius}, 0.28 * radius, 0.22 * radius), [](Vec2) {
          return Tint{{.99, .99, .98}, 0.9};
        });
    stage.canvas.fill(ellipse(at, radius, 1.06 * radius), [&](Vec2 p) {
      const Vec2 q = (1.0 / radius) * (p - at);
      const double r = length(q);
      return Tint{mix(Vec3{.30, .32, .34}, Vec3{.88, .90, .90}, clamp01(0.5 + 0.6 * q.y)),
                  0.30 + 0.45 * r * r};
    });
  };
  const double pitch = choice.uniform(7.0, 9.0);
  const double first = 0.09 * reach;
  const int turns_count = static_cast<int>((0.93 * reach - first) / pitch);
  for (int turn = 0; turn < turns_count; ++turn) {
    for (int i = 0; i < spokes; ++i) {
      Random own = stage.random.fork(static_cast<std::uint64_t>(1000 + turn * 64 + i));
      if (own.chance(0.012)) continue;  // torn
      const double r0 = first + pitch * (turn + static_cast<double>(i) / spokes);
      const double r1 = first + pitch * (turn + static_cast<double>(i + 1) / spokes);
      const Vec2 from = on_spoke(i, r0 + 0.6 * own.normal());
      const Vec2 to = on_spoke(i + 1, r1 + 0.6 * own.normal());
      const double gap = length(to - from);
      // Between two spokes the thread sags inwards and down.
      const Vec2 middle =
          mix(from, to, 0.5) + (0.05 * gap) * unit(hub - from) + Vec2{0.0, 0.06 * gap};
      std::vector<StrandPoint> thread;
      for (int k = 0; k <= 6; ++k) {
        const double t = k / 6.0;
        const Vec2 at = mix(mix(from, middle, t), mix(middle, to, t), t);
        thread.push_back({at, 0.32, own.uniform(0.75, 1.1) * silk});
      }
      for (double along = own.uniform(0.0, 7.0); along < gap; along += own.uniform(4.5, 13.0)) {
        const double t = along / gap;
        if (own.chance(0.5))
          draw_drop(mix(mix(from, middle, t), mix(middle, to, t), t), own.uniform(0.5, 1.5));
      }
      stage.canvas.strand(thread, 0.78);
    }
  }
  for (int i = 0; i < spokes; ++i) {
    const std::array<StrandPoint, 3> spoke{StrandPoint{hub, 0.42, silk},
                                           StrandPoint{on_spoke(i, 0.5 * reach), 0.42, silk},
                                           StrandPoint{on_spoke(i, 1.3 * reach), 0.48, silk}};
    stage.canvas.strand(spoke, 0.88);
  }
  for (int turn = 0; turn < 6; ++turn) {
    for (int i = 0; i < spokes; ++i) {
      const std::array<StrandPoint, 2> thread{
          StrandPoint{on_spoke(i, 5.0 + 5.5 * turn), 0.36, silk},
          StrandPoint{on_spoke(i + 1, 5.0 + 5.5 * turn), 0.36, silk}};
      stage.canvas.strand(thread, 0.8);
    }
  }
  // The plants that hold it, at the edges of the picture.
  for (int i = 0; i < 14; ++i) {
    Random own = stage.random.fork(90 + static_cast<std::uint64_t>(i));
    const bool at_left = own.chance(0.5);
    Vec2 at{at_left ? own.uniform(-15.0, 35.0) : stage.extent.x - own.uniform(-15.0, 35.0),
            stage.extent.y + 10.0};
    Vec2 along = unit(Vec2{(at_left ? -0.05 : 0.05) + 0.10 * own.normal(), -1.0});
    std::vector<StrandPoint> stalk;
    const Vec3 colour = own.uniform(0.6, 1.0) * Vec3{.40, .40, .20};
    for (int k = 0; k <= 24; ++k) {
      stalk.push_back({at, 2.4 - 0.085 * k, colour});
      at = at + (stage.extent.y * own.uniform(0.034, 0.044)) * along;
      along = unit(along + Vec2{0.025 * own.normal(), 0.004 * k});
    }
    stage.canvas.strand(stalk);
  }
}

void draw_net(Stage& stage) {
  Random choice = stage.random.fork(21);
  const auto seed = static_cast<std::uint32_t>(choice.bits());
  const double period = choice.uniform(24.0, 34.0);
  const double shear = choice.uniform(-0.35, 0.35);
  constexpr std::array kTwines{Vec3{.60, .52, .38}, Vec3{.25, .42, .44}, Vec3{.78, .76, .70},
                               Vec3{.26, .30, .22}};
  const Vec3 twine = choice.pick(std::span<const Vec3>{kTwines});
  const Vec2 extent = stage.extent;
  const int count = static_cast<int>(1.6 * Canvas::kLongSide / period);
  // The net (i, j) to the picture: sheared and bulged as if it hung and blew.
  const auto place = [&](double i, double j) {
    const Vec2 flat = 0.5 * extent + period * Vec2{i + shear * j, j};
    return flat + 30.0 * Vec2{fractal_noise((1.0 / 210.0) * flat, 3, 0.5, seed),
                              fractal_noise((1.0 / 210.0) * flat, 3, 0.5, seed + 7)};
  };
  const double half = period * choice.uniform(0.045, 0.06);
  // Fibres stand off the twine everywhere.
  for (int i = -count; i <= count; ++i) {
    for (int j = -count; j <= count; ++j) {
      const Vec2 corner = place(i, j);
      if (corner.x < -60 || corner.y < -60 || corner.x > extent.x + 60 || corner.y > extent.y + 60)
        continue;
      Random own = stage.random.fork(static_cast<std::uint64_t>((i + 500) * 1000 + j + 500));
      for (int k = 0; k < 9; ++k) {
        const double t = own.uniform();
        const Vec2 root = own.chance(0.5) ? place(i + t, j) : place(i, j + t);
        const Vec2 out = 5.5 * Vec2{own.normal(), own.normal()};
        const std::array<StrandPoint, 3> fibre{
            StrandPoint{root, 0.28, 1.1 * twine}, StrandPoint{root + 0.6 * out, 0.22, 1.1 * twine},
            StrandPoint{root + out + Vec2{own.normal(), own.normal()}, 0.08, 1.1 * twine}};
        stage.canvas.strand(fibre);
      }
      // The knot: two crossing turns of twine.
      const double knot = half * own.uniform(1.7, 2.3);
      stage.canvas.fill(ellipse(corner, knot, 0.8 * knot, own.uniform(0.05, 0.2)), [&](Vec2 p) {
        const Vec2 q = (1.0 / knot) * (p - corner);
        const double r2 = std::min(dot(q, q), 0.98);
        const double turn_light = 0.85 + 0.25 * sin_turns(1.4 * (q.x - q.y));
        return soft_clip(turn_light *
                         shade_matt(stage.light, twine, unit(Vec3{q.x, q.y, std::sqrt(1.0 - r2)})));
      });
      for (const bool down : {false, true}) {
        // Two yarns wound around each other: each shows in turn.
        for (const double yarn : {0.0, 0.5}) {
          for (int k = 0; k < 8; ++k) {
            std::vector<StrandPoint> piece;
            for (int m = 0; m <= 4; ++m) {
              const double t = (k + m / 4.0) / 8.0;
              const Vec2 at = down ? place(i, j + t) : place(i + t, j);
              const Vec2 next = down ? place(i, j + t + 0.05) : place(i + t + 0.05, j);
              const Vec2 across = perpendicular(unit(next - at));
              const double wind = 2.0 * t + yarn;
              const double off = 0.45 * half * sin_turns(wind);
              const double side =
                  dot(across, Vec2{stage.light.direction.x, stage.light.direction.y});
              const double level = 0.62 + 0.22 * cos_turns(wind) + 0.3 * side * sin_turns(wind);
              piece.push_back({at + off * across, 0.62 * half, soft_clip(level * 1.25 * twine)});
            }
            stage.canvas.strand(piece);
          }
        }
      }
    }
  }
}

}  // namespace mbench::datasets::demo
