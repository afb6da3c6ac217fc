#include "imaging/resample.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>

#include "imaging/gaussian.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::imaging;

namespace {

constexpr Size kFull{1920, 1080};

/// kFull divided by the argument, to multiples of 32 as networks want them.
Size small(const benchmark::State& state) {
  const auto divided = [&](int side) {
    const int part = side / static_cast<int>(state.range(0));
    return part - part % 32;
  };
  return {divided(kFull.width), divided(kFull.height)};
}

Plane<float> floats(Size size) {
  const Plane<std::uint8_t> noise = testing::noise_plane(size, 1);
  Plane<float> plane{size};
  std::ranges::transform(noise.values(), plane.values().begin(),
                         [](std::uint8_t value) { return static_cast<float>(value) / 255.0F; });
  return plane;
}

Plane<Rgb<std::uint8_t>> colours(Size size) {
  const Plane<std::uint8_t> noise = testing::noise_plane(size, 1);
  Plane<Rgb<std::uint8_t>> plane{size};
  std::ranges::transform(noise.values(), plane.values().begin(), [](std::uint8_t value) {
    return Rgb<std::uint8_t>{value, value, value};
  });
  return plane;
}

void count_pixels(benchmark::State& state, Size size) {
  state.SetItemsProcessed(state.iterations() * size.pixels());  // of the larger image
}

template <ResizeRule rule>
void skimage_shrinks_colours(benchmark::State& state) {
  const auto image = colours(kFull);
  for (auto _ : state) benchmark::DoNotOptimize(resize_skimage(image, small(state), rule));
  count_pixels(state, kFull);
}
BENCHMARK(skimage_shrinks_colours<ResizeRule::skimage014>)
    ->Arg(2)
    ->Arg(4)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(skimage_shrinks_colours<ResizeRule::skimage019>)
    ->Arg(2)
    ->Arg(4)
    ->Unit(benchmark::kMillisecond);

void skimage_enlarges_bytes(benchmark::State& state) {
  const auto image = testing::noise_plane(small(state), 1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(resize_skimage(image, kFull, ResizeRule::skimage019));
  }
  count_pixels(state, kFull);
}
BENCHMARK(skimage_enlarges_bytes)->Arg(2)->Arg(4)->Unit(benchmark::kMillisecond);

void skimage_enlarges_floats(benchmark::State& state) {
  const auto image = floats(small(state));
  for (auto _ : state) {
    benchmark::DoNotOptimize(resize_skimage(image, kFull, ResizeRule::skimage019));
  }
  count_pixels(state, kFull);
}
BENCHMARK(skimage_enlarges_floats)->Arg(2)->Arg(4)->Unit(benchmark::kMillisecond);

void skimage_enlarges_full_floats_4_times(benchmark::State& state) {
  const auto image = floats(kFull);
  const Size size{2 * kFull.width, 2 * kFull.height};
  for (auto _ : state) {
    benchmark::DoNotOptimize(resize_skimage(image, size, ResizeRule::skimage019));
  }
  count_pixels(state, size);
}
BENCHMARK(skimage_enlarges_full_floats_4_times)->Unit(benchmark::kMillisecond);

template <Interpolation interpolation>
void opencv_enlarges_colours(benchmark::State& state) {
  const auto image = colours(small(state));
  for (auto _ : state) benchmark::DoNotOptimize(resize_opencv(image, kFull, interpolation));
  count_pixels(state, kFull);
}
BENCHMARK(opencv_enlarges_colours<Interpolation::nearest>)->Arg(4)->Unit(benchmark::kMillisecond);
BENCHMARK(opencv_enlarges_colours<Interpolation::linear>)->Arg(4)->Unit(benchmark::kMillisecond);
BENCHMARK(opencv_enlarges_colours<Interpolation::cubic>)->Arg(4)->Unit(benchmark::kMillisecond);

template <Interpolation interpolation>
void opencv_enlarges_floats(benchmark::State& state) {
  const auto image = floats(small(state));
  for (auto _ : state) benchmark::DoNotOptimize(resize_opencv(image, kFull, interpolation));
  count_pixels(state, kFull);
}
BENCHMARK(opencv_enlarges_floats<Interpolation::linear>)->Arg(4)->Unit(benchmark::kMillisecond);
BENCHMARK(opencv_enlarges_floats<Interpolation::lanczos4>)->Arg(4)->Unit(benchmark::kMillisecond);

void pillow_enlarges_bytes(benchmark::State& state) {
  const auto image = testing::noise_plane({320, 320}, 1);
  for (auto _ : state)
    benchmark::DoNotOptimize(resize_pillow(image, kFull, PillowFilter::bilinear));
  count_pixels(state, kFull);
}
BENCHMARK(pillow_enlarges_bytes)->Unit(benchmark::kMillisecond);

void blur_31_bytes(benchmark::State& state) {
  const auto image = testing::noise_plane(kFull, 1);
  for (auto _ : state) benchmark::DoNotOptimize(gaussian_blur(image, default_gaussian(31)));
  count_pixels(state, kFull);
}
BENCHMARK(blur_31_bytes)->Unit(benchmark::kMillisecond);

}  // namespace
