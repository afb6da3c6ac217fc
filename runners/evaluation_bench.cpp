#include "runners/evaluation.hpp"

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <ctime>
#include <filesystem>
#include <string>
#include <utility>

#include "imaging/io.hpp"
#include "runners/scoring.hpp"
#include "runners/stopwatch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::runners;

namespace {

namespace fs = std::filesystem;

constexpr int kPairs = 200;

/// Folders with the golden pair of 1080 x 1623 pixels under 200 names.
class Folders {
 public:
  Folders() {
    const std::pair<const char*, const char*> roles[] = {
        {"alpha", "truth"}, {"pred", "pred"}, {"trimap", "trimap"}};
    for (const auto& [from, to] : roles) {
      fs::create_directories(folder_ / to);
      const fs::path file = testing::source_path("tests/golden") / from / "large_1080x1623.png";
      for (int i = 0; i < kPairs; ++i) {
        fs::copy_file(file, folder_ / to / fmt::format("{:03}.png", i));
      }
    }
  }

  [[nodiscard]] EvalPairs pairs() const {
    return pair_folders(
        {.truth = folder_ / "truth", .predicted = folder_ / "pred", .trimap = folder_ / "trimap"});
  }

 private:
  testing::TemporaryFolder folder_;
};

/// CPU seconds of all threads and wall seconds of one call.
struct Cost {
  double cpu_s;
  double wall_s;
};

template <typename Work>
Cost cost_of(Work work) {
  const Stopwatch watch;
  const std::clock_t before = std::clock();
  work();
  const auto ticks = static_cast<double>(std::clock() - before);
  return {.cpu_s = ticks / CLOCKS_PER_SEC, .wall_s = watch.elapsed_s()};
}

void decode_all(const EvalPairs& pairs) {
  for (const EvalPair& pair : pairs.pairs) {
    benchmark::DoNotOptimize(imaging::read_matte(pair.truth));
    benchmark::DoNotOptimize(imaging::read_matte(pair.predicted));
    benchmark::DoNotOptimize(imaging::read_trimap(pair.trimap));
  }
}

/// What `mbench eval` does, in one process with the decoding that it is compared with.
void eval_against_decoding(benchmark::State& state) {
  const Folders folders;
  EvalSettings settings{.protocols = find_protocols({"dim-matlab"})};
  const auto evaluate_with = [&](int threads) {
    settings.threads = threads;
    benchmark::DoNotOptimize(evaluate(folders.pairs(), settings));
  };
  Cost decoding{}, one{}, two{};
  for (auto _ : state) {
    const Cost decode = cost_of([&] { decode_all(folders.pairs()); });
    const Cost eval = cost_of([&] { evaluate_with(1); });
    const Cost eval_two = cost_of([&] { evaluate_with(2); });
    decoding.cpu_s += decode.cpu_s;
    one.cpu_s += eval.cpu_s;
    one.wall_s += eval.wall_s;
    two.wall_s += eval_two.wall_s;
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["decode_cpu_s"] = decoding.cpu_s / runs;
  state.counters["eval_cpu_s"] = one.cpu_s / runs;
  state.counters["cpu_ratio"] = one.cpu_s / decoding.cpu_s;
  state.counters["speedup_2_threads"] = one.wall_s / two.wall_s;
}

}  // namespace

// Each iteration decodes, evaluates on one thread and on two; the counters are what counts.
BENCHMARK(eval_against_decoding)->Unit(benchmark::kSecond)->MeasureProcessCPUTime();
