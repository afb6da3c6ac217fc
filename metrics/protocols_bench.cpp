#include <benchmark/benchmark.h>

#include "metrics/protocol.hpp"
#include "tests/support/synthetic_pair.hpp"

using namespace mbench;
using namespace mbench::metrics;

namespace {

/// All columns of a protocol for one pair of 8-bit mattes, decoding not included.
void whole_protocol(benchmark::State& state, const char* id) {
  const Size size{static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
  const testing::SyntheticPair pair = testing::synthetic_pair(size);
  const Protocol& protocol = find_protocol(id);
  const ScoreInput input{.predicted = AlphaView{pair.predicted.view()},
                         .truth = AlphaView{pair.truth.view()},
                         .trimap = pair.trimap.view(),
                         .predicted_trimap = pair.trimap.view()};
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(protocol, input));
  state.SetItemsProcessed(state.iterations() * size.pixels());
}

}  // namespace

// Width, height.
BENCHMARK_CAPTURE(whole_protocol, dim_matlab, "dim-matlab")
    ->Args({1623, 1080})
    ->Args({3840, 2160})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(whole_protocol, aim, "aim")
    ->Args({1623, 1080})
    ->Args({3840, 2160})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(whole_protocol, trimap, "trimap")
    ->Args({1623, 1080})
    ->Args({3840, 2160})
    ->Unit(benchmark::kMillisecond);
