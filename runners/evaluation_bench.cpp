#include "runners/evaluation.hpp"

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/heap.hpp"
#include "core/stopwatch.hpp"
#include "imaging/io.hpp"
#include "runners/scoring.hpp"
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

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 != 0) return *middle;
  return (*middle + *std::ranges::max_element(values.begin(), middle)) / 2.0;
}

/// What `mbench eval` does, in one process with the decoding that it is compared with. The counters
/// are medians over the iterations; a ratio is the median of the ratios of each.
void eval_against_decoding(benchmark::State& state) {
  keep_freed_memory();  // as the program does first of all
  const Folders folders;
  EvalSettings settings{.protocols = find_protocols({"dim-matlab"})};
  const auto evaluate_with = [&](int threads) {
    settings.threads = threads;
    benchmark::DoNotOptimize(evaluate(folders.pairs(), settings));
  };
  std::vector<double> decode_cpu_s, eval_cpu_s, cpu_ratio, speedup;
  for (auto _ : state) {
    const Cost decode = cost_of([&] { decode_all(folders.pairs()); });
    // What comes second finds caches and memory as the first left them: they take turns.
    const bool two_first = eval_cpu_s.size() % 2 != 0;
    Cost one{}, two{};
    if (two_first) two = cost_of([&] { evaluate_with(2); });
    one = cost_of([&] { evaluate_with(1); });
    if (!two_first) two = cost_of([&] { evaluate_with(2); });
    decode_cpu_s.push_back(decode.cpu_s);
    eval_cpu_s.push_back(one.cpu_s);
    cpu_ratio.push_back(one.cpu_s / decode.cpu_s);
    speedup.push_back(one.wall_s / two.wall_s);
  }
  state.counters["decode_cpu_s"] = median(decode_cpu_s);
  state.counters["eval_cpu_s"] = median(eval_cpu_s);
  state.counters["cpu_ratio"] = median(cpu_ratio);
  state.counters["speedup_2_threads"] = median(speedup);
}

}  // namespace

// Each iteration decodes, evaluates on one thread and on two; the counters are what counts. An even
// number, so that each order occurs as often.
BENCHMARK(eval_against_decoding)->Unit(benchmark::kSecond)->Iterations(6)->MeasureProcessCPUTime();
