#include <benchmark/benchmark.h>

#include "core/exact_math.hpp"
#include "core/random.hpp"
#include "datasets/demo/canvas.hpp"
#include "datasets/demo/sample.hpp"

namespace mbench::datasets::demo {
namespace {

/// One sample of the standard order, by index: 0 a portrait, 1 a cat, 2 a glass, 3 a fern, 9 smoke.
void demo_sample(benchmark::State& state) {
  DemoOptions options;
  options.long_side = static_cast<int>(state.range(1));
  for (auto _ : state) {
    benchmark::DoNotOptimize(render_demo_sample(static_cast<int>(state.range(0)), options));
  }
}
BENCHMARK(demo_sample)
    ->ArgNames({"index", "long_side"})
    ->ArgsProduct({{0, 1, 2, 3, 9}, {640}})
    ->Args({1, 1600})
    ->Unit(benchmark::kMillisecond);

/// All 40 samples at the default size.
void demo_set(benchmark::State& state) {
  const DemoOptions options;
  for (auto _ : state) {
    for (int index = 0; index < options.count; ++index) {
      benchmark::DoNotOptimize(render_demo_sample(index, options));
    }
  }
}
BENCHMARK(demo_set)->Iterations(1)->Unit(benchmark::kMillisecond);

/// Hairs of 6 segments, 30 units long, over an empty canvas of 640 x 480.
void demo_strands(benchmark::State& state) {
  for (auto _ : state) {
    Canvas canvas{Size{640, 480}};
    Random random{1};
    for (int i = 0; i < state.range(0); ++i) {
      StrandPoint points[7];
      const Vec2 root{random.uniform(0.0, 640.0), random.uniform(0.0, 480.0)};
      const double turns = random.uniform();
      for (int k = 0; k < 7; ++k) {
        points[k] = {root + (5.0 * k) * Vec2{cos_turns(turns), sin_turns(turns)},
                     0.5 - 0.06 * k,
                     {.5, .4, .3}};
      }
      canvas.strand(points);
    }
    benchmark::DoNotOptimize(canvas.pixel(240, 320));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(demo_strands)->Arg(10000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mbench::datasets::demo
