#include "metrics/gradient_sums.hpp"

#include <benchmark/benchmark.h>

#include "tests/support/golden_files.hpp"

using namespace mbench;
using namespace mbench::metrics;

namespace {

void time_sum(benchmark::State& state, AlphaView predicted, AlphaView truth, const Region& region,
              GradientKernel kernel, Border border) {
  const MattePair mattes{predicted, truth};
  const GradientRequest request{.region = region};
  for (auto _ : state) {
    benchmark::DoNotOptimize(gradient_error_sums(mattes, kernel, border, {&request, 1}));
  }
  state.SetItemsProcessed(state.iterations() * truth.size().pixels());
}

void gradient_of_golden(benchmark::State& state, GradientKernel kernel, Border border) {
  const testing::DecodedTriple images = testing::decode(testing::golden_files());
  time_sum(state, images.predicted.view(), images.truth.view(),
           state.range(0) != 0 ? Region::unknown(images.trimap.view())
                               : Region::whole(images.truth.size()),
           kernel, border);
}

void gradient_of(benchmark::State& state, GradientKernel kernel, Border border) {
  const Size size{static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
  const testing::SyntheticPair pair = testing::synthetic_pair(size);
  time_sum(state, pair.predicted.view(), pair.truth.view(),
           state.range(2) != 0 ? Region::unknown(pair.trimap.view()) : Region::whole(size), kernel,
           border);
}

}  // namespace

// 1 for the unknown pixels and 0 for the whole image.
BENCHMARK_CAPTURE(gradient_of_golden, taps9, GradientKernel::taps9, Border::replicate)
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(gradient_of_golden, taps13, GradientKernel::taps13, Border::reflect)
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond);
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
