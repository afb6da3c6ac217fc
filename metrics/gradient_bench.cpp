#include "metrics/gradient_sums.hpp"

#include <benchmark/benchmark.h>

#include "tests/support/synthetic_pair.hpp"

using namespace mbench;
using namespace mbench::metrics;

namespace {

void gradient_of(benchmark::State& state, GradientKernel kernel, Border border) {
  const Size size{static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
  const testing::SyntheticPair pair = testing::synthetic_pair(size);
  const MattePair mattes{pair.predicted.view(), pair.truth.view()};
  const Region region =
      state.range(2) != 0 ? Region::unknown(pair.trimap.view()) : Region::whole(size);
  const GradientRequest request{.region = region};
  for (auto _ : state) {
    benchmark::DoNotOptimize(gradient_error_sums(mattes, kernel, border, {&request, 1}));
  }
  state.SetItemsProcessed(state.iterations() * size.pixels());
}

}  // namespace

// Width, height, 1 for the unknown pixels and 0 for the whole image.
BENCHMARK_CAPTURE(gradient_of, taps9, GradientKernel::taps9, Border::replicate)
    ->Args({1623, 1080, 1})
    ->Args({1623, 1080, 0})
    ->Args({3840, 2160, 1})
    ->Args({3840, 2160, 0})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(gradient_of, taps13, GradientKernel::taps13, Border::reflect)
    ->Args({1623, 1080, 0})
    ->Args({3840, 2160, 0})
    ->Unit(benchmark::kMillisecond);
