#include <benchmark/benchmark.h>

#include "datasets/compose/blend.hpp"
#include "datasets/compose/fit.hpp"
#include "datasets/compose/rule.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::datasets::compose;

namespace {

constexpr Size kImage{1920, 1080};            // 2.07 Mpx; the mean of Composition-1k is 2.28
constexpr Size kBackground{500, 375};         // of PASCAL VOC: must be enlarged 3.84 times
constexpr Size kLargeBackground{2560, 1600};  // BG-20k: must be shrunk by rssn, cropped by dim

Colours colours(Size size, std::uint64_t seed) {
  const Plane<std::uint8_t> noise = testing::noise_plane({3 * size.width, size.height}, seed);
  Colours plane{size};
  std::size_t i = 0;
  for (auto& pixel : plane.values()) {
    pixel = {noise.values()[i], noise.values()[i + 1], noise.values()[i + 2]};
    i += 3;
  }
  return plane;
}

/// A matte with a third of its pixels between 0 and 255, as many in the foreground.
Colours matte(Size size) {
  Colours plane{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const int place = 3 * x / size.width;
      const auto v = static_cast<std::uint8_t>(place == 0   ? 0
                                               : place == 1 ? 255
                                                            : (7 * x + y) % 256);
      plane(y, x) = {v, v, v};
    }
  }
  return plane;
}

void count_pixels(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * kImage.pixels());
}

template <auto blend>
void blend_alone(benchmark::State& state) {
  const Colours foreground = colours(kImage, 1);
  const Colours background = colours(kImage, 2);
  const Colours alpha = matte(kImage);
  for (auto _ : state) {
    benchmark::DoNotOptimize(blend(foreground, alpha, background, MatteChannels::first));
  }
  count_pixels(state);
}
BENCHMARK(blend_alone<blend_truncated>)->Unit(benchmark::kMillisecond);
BENCHMARK(blend_alone<blend_truncated_plain>)->Unit(benchmark::kMillisecond);

void compose_by(benchmark::State& state, std::string_view id, Size background_size) {
  const ComposeRule& rule = find_rule(id);
  const Options options{rule.facts.options, {}, "rule"};
  const Colours foreground = colours(kImage, 1);
  const Colours background = colours(background_size, 2);
  const Colours alpha = matte(kImage);
  const Ingredients ingredients{.foreground = foreground, .alpha = alpha, .background = background};
  std::uint64_t sample = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(rule.compose(ingredients, options, Random{1}.fork(++sample)));
  }
  count_pixels(state);
}

void dim_enlarges(benchmark::State& state) { compose_by(state, "dim", kBackground); }
BENCHMARK(dim_enlarges)->Unit(benchmark::kMillisecond);
void dim_crops(benchmark::State& state) { compose_by(state, "dim", kLargeBackground); }
BENCHMARK(dim_crops)->Unit(benchmark::kMillisecond);
void foamliu_enlarges(benchmark::State& state) { compose_by(state, "foamliu", kBackground); }
BENCHMARK(foamliu_enlarges)->Unit(benchmark::kMillisecond);
void huochaitiantang_enlarges(benchmark::State& state) {
  compose_by(state, "huochaitiantang", kBackground);
}
BENCHMARK(huochaitiantang_enlarges)->Unit(benchmark::kMillisecond);
void rssn_enlarges(benchmark::State& state) { compose_by(state, "rssn", kBackground); }
BENCHMARK(rssn_enlarges)->Unit(benchmark::kMillisecond);
void rssn_shrinks(benchmark::State& state) { compose_by(state, "rssn", kLargeBackground); }
BENCHMARK(rssn_shrinks)->Unit(benchmark::kMillisecond);

}  // namespace
