#include <string>

#include <benchmark/benchmark.h>

#include "baselines/deep/entries.hpp"
#include "baselines/deep/network.hpp"

// One forward pass of networks with weights by formula, on the CPU in single precision. Compare
// with scripts/time_aimnet.py, which runs AIM-Net's structure in Python's PyTorch.

namespace {
using namespace mbench::baselines;

void forward(benchmark::State& state, const NetworkEntry& entry) {
  const std::int64_t side = state.range(0);
  const auto network = entry.make();
  network->load({.recipe = Recipe{}});
  Array input{.shape = {1, 3, side, side}};
  input.values.resize(static_cast<std::size_t>(3 * side * side));
  for (std::size_t i = 0; i < input.values.size(); ++i) {
    input.values[i] = static_cast<float>(i % 255) / 255.0F;
  }
  const Arrays inputs{{"input", std::move(input)}};
  const std::string wanted = "out_fusion";
  (void)network->run(inputs, {&wanted, 1});  // LibTorch prepares its kernels at the first pass
  for (auto _ : state) benchmark::DoNotOptimize(network->run(inputs, {&wanted, 1}));
}

[[maybe_unused]] const int registered = [] {
  if (!deep_methods_are_built()) return 0;
  for (const NetworkEntry* entry : all_networks()) {
    if (entry->id != "aimnet" && entry->id != "gfm_r34_tt") continue;
    benchmark::RegisterBenchmark(("forward/" + std::string{entry->id}).c_str(), forward, *entry)
        ->Arg(800)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  }
  return 1;
}();

}  // namespace
