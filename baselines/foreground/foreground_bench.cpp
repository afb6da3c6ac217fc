// Times every way of estimating foregrounds on 880x570 pixels (0.5 Mpx) and on four times as many:
// an object with a soft rim and strands over a textured background, 13 % of the pixels mixed. CPU
// time is what PyMatting is compared with; google-benchmark's column CPU.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "baselines/foreground/foreground.hpp"

namespace mbench::baselines {
namespace {

struct Scene {
  Plane<Rgb<std::uint8_t>> picture;
  Plane<std::uint8_t> matte;
};

Scene make_scene(Size size) {
  Scene scene{Plane<Rgb<std::uint8_t>>{size}, Plane<std::uint8_t>{size}};
  std::mt19937_64 random{11};
  std::normal_distribution<double> noise{0.0, 0.02};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double u = (x + 0.5 - size.width / 2.0) / size.height;
      const double v = (y + 0.5) / size.height - 0.5;
      const double angle = std::atan2(v, u);
      const double rim = 0.33 + 0.03 * std::sin(90.0 * angle) + 0.02 * std::sin(31.0 * angle + 1.0);
      const double alpha = std::clamp((rim - std::hypot(u, v)) / 0.07 + 0.5, 0.0, 1.0);
      const auto mix = [&](double front, double back) {
        const double colour = alpha * front + (1.0 - alpha) * back + noise(random);
        return static_cast<std::uint8_t>(std::lround(255.0 * std::clamp(colour, 0.0, 1.0)));
      };
      const double stripes = 0.15 * std::sin(40.0 * u + 15.0 * v);
      scene.picture(y, x) = {mix(0.8 + 0.2 * u, 0.3 + stripes), mix(0.5 + stripes, 0.4 + 0.3 * u),
                             mix(0.3 + 0.2 * v, 0.7 - stripes)};
      scene.matte(y, x) = static_cast<std::uint8_t>(std::lround(255.0 * alpha));
    }
  }
  return scene;
}

/// 0.5 Mpx at scale 1.
Size size_at(std::int64_t scale) {
  return {static_cast<int>(880 * scale), static_cast<int>(570 * scale)};
}

void estimate(benchmark::State& state, const ForegroundEstimator& estimator,
              std::vector<std::pair<std::string, std::string>> values = {}) {
  const Scene scene = make_scene(size_at(state.range(0)));
  const Options options{estimator.facts.options, values, estimator.facts.id};
  for (auto _ : state) {
    benchmark::DoNotOptimize(estimator.estimate(scene.picture, scene.matte.view(), options));
  }
  state.SetItemsProcessed(state.iterations() * scene.matte.size().pixels());
}

void refined(benchmark::State& state) { estimate(state, refined_foreground_estimator); }
void levin(benchmark::State& state) { estimate(state, levin_foreground_estimator); }
void closed_form_cg(benchmark::State& state) { estimate(state, closed_form_foreground_estimator); }
void closed_form_direct(benchmark::State& state) {
  estimate(state, closed_form_foreground_estimator, {{"solver", "direct"}});
}
void multi_level(benchmark::State& state) { estimate(state, multi_level_foreground_estimator); }
void easier(benchmark::State& state) { estimate(state, easier_foreground_estimator); }

BENCHMARK(refined)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
BENCHMARK(levin)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
BENCHMARK(closed_form_cg)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
BENCHMARK(closed_form_direct)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(multi_level)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
BENCHMARK(easier)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mbench::baselines
