#include "metrics/connectivity.hpp"

#include <vector>

#include <benchmark/benchmark.h>

#include "metrics/connected_levels_plain.hpp"
#include "metrics/connectivity_sums.hpp"
#include "metrics/prepared_mattes.hpp"
#include "tests/metrics/level_planes.hpp"
#include "tests/support/golden_pair.hpp"
#include "tests/support/images.hpp"
#include "tests/support/synthetic_pair.hpp"

using namespace mbench;
using namespace mbench::metrics;

namespace {

struct Mattes {
  Plane<std::uint8_t> predicted;
  Plane<std::uint8_t> truth;
  Trimap trimap;
};

Mattes golden(Size /*size*/) {
  testing::GoldenPair pair = testing::golden_pair("large_1080x1623");
  return {std::move(pair.predicted), std::move(pair.truth), std::move(pair.trimap)};
}

Mattes synthetic(Size size) {
  testing::SyntheticPair pair = testing::synthetic_pair(size);
  return {std::move(pair.predicted), std::move(pair.truth), std::move(pair.trimap)};
}

/// Independent pixels: nearly each is a run of its own, the worst case.
Mattes noise(Size size) {
  return {testing::noise_plane(size, 1), testing::noise_plane(size, 2),
          testing::noise_trimap(size, 3)};
}

using Make = Mattes (*)(Size);

Size size_of(const benchmark::State& state) {
  return {static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
}

void connectivity_whole_image(benchmark::State& state, Make make) {
  const Mattes pair = make(size_of(state));
  for (auto _ : state) {
    PreparedMattes mattes{pair.predicted.view(), pair.truth.view()};
    benchmark::DoNotOptimize(connectivity(mattes, {}));
  }
  state.SetItemsProcessed(state.iterations() * pair.truth.size().pixels());
}

/// Both threshold rules, each over the whole image and over the unknown pixels.
void connectivity_four_requests(benchmark::State& state, Make make) {
  const Mattes pair = make(size_of(state));
  const MattePair mattes{pair.predicted.view(), pair.truth.view()};
  std::vector<ConnectivityRequest> requests;
  for (const ThresholdRule rule : {ThresholdRule::inclusive, ThresholdRule::f64}) {
    for (const Region& region :
         {Region::whole(pair.truth.size()), Region::unknown(pair.trimap.view())}) {
      requests.push_back({.region = region, .predicted_threshold = rule, .truth_threshold = rule});
    }
  }
  for (auto _ : state) benchmark::DoNotOptimize(connectivity_sums(mattes, requests));
  state.SetItemsProcessed(state.iterations() * pair.truth.size().pixels());
}

using Levels = Plane<std::uint8_t> (*)(PixelView<std::uint8_t>, const ConnectionRules&);

void connected_levels(benchmark::State& state, Levels levels) {
  const Mattes pair = synthetic(size_of(state));
  const Plane<std::uint8_t> common =
      testing::common_levels(MattePair{pair.predicted.view(), pair.truth.view()},
                             ThresholdRule::inclusive, ThresholdRule::inclusive);
  for (auto _ : state) benchmark::DoNotOptimize(levels(common.view(), {}));
  state.SetItemsProcessed(state.iterations() * pair.truth.size().pixels());
}

}  // namespace

// Width, height.
BENCHMARK_CAPTURE(connectivity_whole_image, golden, golden)
    ->Args({1623, 1080})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(connectivity_whole_image, synthetic, synthetic)
    ->Args({1623, 1080})
    ->Args({3840, 2160})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(connectivity_whole_image, noise, noise)
    ->Args({1623, 1080})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(connectivity_four_requests, golden, golden)
    ->Args({1623, 1080})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(connected_levels, fast, testing::connected_levels_fast)
    ->Args({1623, 1080})
    ->Args({3840, 2160})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(connected_levels, plain, connected_levels_plain)
    ->Args({1623, 1080})
    ->Unit(benchmark::kMillisecond);
