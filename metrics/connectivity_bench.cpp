#include "metrics/connectivity.hpp"

#include <benchmark/benchmark.h>

#include "metrics/connected_levels.hpp"
#include "tests/support/synthetic_pair.hpp"

using namespace mbench;
using namespace mbench::metrics;

namespace {

void connectivity_whole_image(benchmark::State& state) {
  const Size size{static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
  const testing::SyntheticPair pair = testing::synthetic_pair(size);
  for (auto _ : state) {
    PreparedMattes mattes{pair.predicted.view(), pair.truth.view()};
    benchmark::DoNotOptimize(connectivity(mattes, {}));
  }
  state.SetItemsProcessed(state.iterations() * size.pixels());
}

using Levels = Plane<std::uint8_t> (*)(PixelView<std::uint8_t>, const ConnectionRules&);

void connected_levels(benchmark::State& state, Levels levels) {
  const Size size{static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
  const testing::SyntheticPair pair = testing::synthetic_pair(size);
  const Plane<std::uint8_t> common =
      common_levels(MattePair{pair.predicted.view(), pair.truth.view()}, ThresholdRule::inclusive,
                    ThresholdRule::inclusive);
  for (auto _ : state) benchmark::DoNotOptimize(levels(common.view(), {}));
  state.SetItemsProcessed(state.iterations() * size.pixels());
}

}  // namespace

// Width, height.
BENCHMARK(connectivity_whole_image)
    ->Args({1623, 1080})
    ->Args({3840, 2160})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(connected_levels, fast, connected_levels_fast)
    ->Args({1623, 1080})
    ->Args({3840, 2160})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(connected_levels, plain, connected_levels_plain)
    ->Args({1623, 1080})
    ->Unit(benchmark::kMillisecond);
