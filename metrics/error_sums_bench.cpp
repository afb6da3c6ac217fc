#include "metrics/error_sums.hpp"

#include <benchmark/benchmark.h>

#include "tests/support/synthetic_pair.hpp"

using namespace mbench;
using namespace mbench::metrics;

namespace {

/// The sums behind SAD, MSE and MAD.
void error_sums_8_bits(benchmark::State& state) {
  const Size size{static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
  const testing::SyntheticPair pair = testing::synthetic_pair(size);
  const MattePair mattes{pair.predicted.view(), pair.truth.view()};
  const Region region =
      state.range(2) != 0 ? Region::unknown(pair.trimap.view()) : Region::whole(size);
  for (auto _ : state) benchmark::DoNotOptimize(error_sums(mattes, region));
  state.SetItemsProcessed(state.iterations() * size.pixels());
}

void error_sums_16_bits(benchmark::State& state) {
  const Size size{static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
  const testing::SyntheticPair pair = testing::synthetic_pair(size);
  const Plane<std::uint16_t> predicted = to_u16(pair.predicted.view());
  const Plane<std::uint16_t> truth = to_u16(pair.truth.view());
  const MattePair mattes{predicted.view(), truth.view()};
  const Region region =
      state.range(2) != 0 ? Region::unknown(pair.trimap.view()) : Region::whole(size);
  for (auto _ : state) benchmark::DoNotOptimize(error_sums(mattes, region));
  state.SetItemsProcessed(state.iterations() * size.pixels());
}

}  // namespace

// Width, height, 1 for the unknown pixels and 0 for the whole image.
BENCHMARK(error_sums_8_bits)
    ->Args({1623, 1080, 1})
    ->Args({1623, 1080, 0})
    ->Args({3840, 2160, 1})
    ->Args({3840, 2160, 0})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(error_sums_16_bits)
    ->Args({1623, 1080, 1})
    ->Args({1623, 1080, 0})
    ->Unit(benchmark::kMillisecond);
