// Times closed-form matting and its steps on a synthetic portrait-like scene: a disc with a soft
// rim over a smooth background, both with noise; the rim is unknown (about 40 % of the pixels).
#include <algorithm>
#include <cmath>
#include <random>

#include <benchmark/benchmark.h>

#include "baselines/classical/closed_form.hpp"
#include "baselines/classical/laplacian/matting_laplacian.hpp"
#include "baselines/classical/preconditioner/incomplete_cholesky.hpp"

namespace mbench::baselines {
namespace {

struct Scene {
  Plane<Rgb<double>> image;
  Trimap trimap;
};

Scene make_scene(int side) {
  const Size size{side, side};
  Scene scene{Plane<Rgb<double>>{size}, Trimap{size}};
  std::mt19937_64 random{7};
  std::normal_distribution<double> noise{0.0, 0.02};
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const double u = (x + 0.5) / side - 0.5, v = (y + 0.5) / side - 0.5;
      const double distance = std::hypot(u, v);
      const double alpha = std::clamp((0.34 - distance) / 0.12 + 0.5, 0.0, 1.0);
      const auto mix = [&](double front, double back) {
        return std::round(255.0 * std::clamp(alpha * front + (1.0 - alpha) * back + noise(random),
                                             0.0, 1.0)) /
               255.0;
      };
      scene.image(y, x) = {mix(0.8 + 0.2 * u, 0.2 + 0.3 * v), mix(0.5, 0.4 + 0.3 * u),
                           mix(0.3 + 0.2 * v, 0.7)};
      scene.trimap(y, x) =
          distance < 0.24 ? kForeground : (distance > 0.44 ? kBackground : kUnknown);
    }
  }
  return scene;
}

void matting_laplacian_of_unknowns(benchmark::State& state) {
  const Scene scene = make_scene(static_cast<int>(state.range(0)));
  const PixelRoles roles = unknown_pixels_as_variables(scene.trimap);
  for (auto _ : state) benchmark::DoNotOptimize(matting_laplacian(scene.image, roles, {}));
  state.SetItemsProcessed(state.iterations() * roles.variables);
}
BENCHMARK(matting_laplacian_of_unknowns)->Arg(200)->Arg(700)->Unit(benchmark::kMillisecond);

void incomplete_cholesky(benchmark::State& state) {
  const Scene scene = make_scene(static_cast<int>(state.range(0)));
  const LinearSystem system =
      matting_laplacian(scene.image, unknown_pixels_as_variables(scene.trimap), {});
  for (auto _ : state) {
    const IncompleteCholesky factor{system.matrix};
    state.counters["entries_per_row"] =
        static_cast<double>(factor.entries()) / system.matrix.order();
  }
  state.SetItemsProcessed(state.iterations() * system.matrix.order());
}
BENCHMARK(incomplete_cholesky)->Arg(200)->Arg(700)->Unit(benchmark::kMillisecond);

void closed_form(benchmark::State& state, SolverKind kind) {
  const Scene scene = make_scene(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        closed_form_matting(scene.image, scene.trimap, {.solver = {.kind = kind}}));
  }
  state.SetItemsProcessed(state.iterations() * scene.image.size().pixels());
}
BENCHMARK_CAPTURE(closed_form, cg, SolverKind::cg)
    ->Arg(200)
    ->Arg(700)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(closed_form, direct, SolverKind::direct)
    ->Arg(200)
    ->Arg(700)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mbench::baselines
