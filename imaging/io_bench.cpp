#include "imaging/io.hpp"

#include <benchmark/benchmark.h>

#include "imaging/memory_io.hpp"
#include "imaging/trimap_rules.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::imaging;

namespace {

constexpr Size kSize{1623, 1080};

/// A matte as they are: a disc with a soft, noisy rim; most pixels are 0 or 255.
Plane<std::uint8_t> soft_disc() {
  Plane<std::uint8_t> alpha = testing::noise_plane(kSize, 1);
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      const int dx = x - kSize.width / 2;
      const int dy = y - kSize.height / 2;
      const int distance2 = dx * dx + dy * dy;
      if (distance2 < 360 * 360) alpha(y, x) = 255;
      if (distance2 > 440 * 440) alpha(y, x) = 0;
    }
  }
  return alpha;
}

/// A picture with the smoothness of a photograph: ramps with a little noise.
Plane<Rgb<std::uint8_t>> noisy_ramps() {
  const Plane<std::uint8_t> noise = testing::noise_plane(kSize, 2);
  Plane<Rgb<std::uint8_t>> image{kSize};
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      const int n = noise(y, x);
      image(y, x) = {static_cast<std::uint8_t>(x / 8 + (n & 7)),
                     static_cast<std::uint8_t>(y / 6 + (n >> 5)),
                     static_cast<std::uint8_t>((x + y) / 16 + (n >> 3 & 3))};
    }
  }
  return image;
}

std::vector<std::byte> grey_file() {
  const Plane<std::uint8_t> alpha = soft_disc();
  return encode_png(kSize, 1, Depth::u8, std::as_bytes(alpha.values()));
}

std::vector<std::byte> rgb_file() {
  const Plane<Rgb<std::uint8_t>> image = noisy_ramps();
  return encode_png(kSize, 3, Depth::u8, std::as_bytes(image.values()));
}

/// The same matte in three equal channels.
std::vector<std::byte> equal_channels_file() {
  const Plane<std::uint8_t> alpha = soft_disc();
  Plane<Rgb<std::uint8_t>> image{kSize};
  for (std::size_t i = 0; i < alpha.values().size(); ++i) {
    const std::uint8_t value = alpha.values()[i];
    image.values()[i] = {value, value, value};
  }
  return encode_png(kSize, 3, Depth::u8, std::as_bytes(image.values()));
}

void report(benchmark::State& state, std::size_t file_bytes) {
  state.SetItemsProcessed(state.iterations() * kSize.pixels());
  state.counters["file_bytes"] = static_cast<double>(file_bytes);
}

void decode_grey_matte(benchmark::State& state) {
  const auto file = grey_file();
  for (auto _ : state) benchmark::DoNotOptimize(decode_matte(file));
  report(state, file.size());
}
BENCHMARK(decode_grey_matte)->Unit(benchmark::kMillisecond);

void decode_matte_of_equal_channels(benchmark::State& state) {
  const auto file = equal_channels_file();
  for (auto _ : state) benchmark::DoNotOptimize(decode_matte(file));
  report(state, file.size());
}
BENCHMARK(decode_matte_of_equal_channels)->Unit(benchmark::kMillisecond);

void decode_rgb_image(benchmark::State& state) {
  const auto file = rgb_file();
  for (auto _ : state) benchmark::DoNotOptimize(decode_image(file));
  report(state, file.size());
}
BENCHMARK(decode_rgb_image)->Unit(benchmark::kMillisecond);

void encode_grey_matte(benchmark::State& state) {
  const Plane<std::uint8_t> alpha = soft_disc();
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = encode_png(kSize, 1, Depth::u8, std::as_bytes(alpha.values())).size();
  }
  report(state, bytes);
}
BENCHMARK(encode_grey_matte)->Unit(benchmark::kMillisecond);

void encode_rgb_image(benchmark::State& state) {
  const Plane<Rgb<std::uint8_t>> image = noisy_ramps();
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = encode_png(kSize, 3, Depth::u8, std::as_bytes(image.values())).size();
  }
  report(state, bytes);
}
BENCHMARK(encode_rgb_image)->Unit(benchmark::kMillisecond);

void make_trimap_of_size(benchmark::State& state) {
  const Plane<std::uint8_t> alpha = soft_disc();
  const int k = static_cast<int>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(make_trimap(alpha, k));
  state.SetItemsProcessed(state.iterations() * kSize.pixels());
}
BENCHMARK(make_trimap_of_size)->Arg(10)->Arg(25)->Arg(50)->Unit(benchmark::kMillisecond);

}  // namespace
