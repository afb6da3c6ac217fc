#include <benchmark/benchmark.h>

#include "baselines/checkpoint/recipe.hpp"

namespace {

using namespace mbench::checkpoint;

void recipe_convolution(benchmark::State& state) {
  const std::int64_t channels = state.range(0);
  const Recipe recipe{{{.name = "conv.weight", .shape = {channels, channels, 3, 3}}}, {}};
  std::vector<float> out(static_cast<std::size_t>(element_count(recipe.tensors()[0].shape)));
  for (auto _ : state) {
    recipe.fill(0, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}
BENCHMARK(recipe_convolution)->Arg(512)->Arg(1024)->Unit(benchmark::kMillisecond);

}  // namespace
