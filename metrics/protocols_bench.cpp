#include <benchmark/benchmark.h>

#include <ctime>
#include <vector>

#include "metrics/protocol.hpp"
#include "tests/support/golden_files.hpp"

using namespace mbench;
using namespace mbench::metrics;

namespace {

using Protocols = std::vector<const Protocol*>;

Protocols dim_matlab() { return {&find_protocol("dim-matlab")}; }
Protocols five() {
  Protocols protocols;
  for (const char* id : {"dim-matlab", "aim", "mmagic", "gca", "rvm"}) {
    protocols.push_back(&find_protocol(id));
  }
  return protocols;
}

ScoreInput input_of(const testing::DecodedTriple& images) {
  return {.predicted = images.predicted.view(),
          .truth = images.truth.view(),
          .trimap = images.trimap.view(),
          .predicted_trimap = images.trimap.view()};
}

/// CPU seconds of this process since it began.
double cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void count_pixels(benchmark::State& state, const testing::DecodedTriple& images) {
  state.SetItemsProcessed(state.iterations() * images.truth.size().pixels());
}

/// Reading the three PNG files of a sample from memory.
void decode_triple(benchmark::State& state, const testing::PngTriple& files) {
  for (auto _ : state) benchmark::DoNotOptimize(testing::decode(files));
  count_pixels(state, testing::decode(files));
}

/// All columns of a protocol, decoding not included.
void protocol(benchmark::State& state, const testing::PngTriple& files, const Protocol& protocol) {
  const testing::DecodedTriple images = testing::decode(files);
  const ScoreInput input = input_of(images);
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(protocol, input));
  count_pixels(state, images);
}

/// Both in turn; `ratio` is the CPU time of the metrics over that of decoding.
void decode_and_score(benchmark::State& state, const testing::PngTriple& files,
                      const Protocols& protocols) {
  double decoding_s = 0.0;
  double scoring_s = 0.0;
  for (auto _ : state) {
    const double start_s = cpu_s();
    const testing::DecodedTriple images = testing::decode(files);
    const double decoded_s = cpu_s();
    benchmark::DoNotOptimize(evaluate(protocols, input_of(images)));
    decoding_s += decoded_s - start_s;
    scoring_s += cpu_s() - decoded_s;
  }
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["decoding_ms"] = 1e3 * decoding_s / rounds;
  state.counters["scoring_ms"] = 1e3 * scoring_s / rounds;
  state.counters["ratio"] = scoring_s / decoding_s;
}

/// Five protocols at once, and one of them alone; `ratio` is the CPU time of the first over that of
/// the second.
void together(benchmark::State& state, const testing::PngTriple& files) {
  const testing::DecodedTriple images = testing::decode(files);
  const ScoreInput input = input_of(images);
  double together_s = 0.0;
  double alone_s = 0.0;
  for (auto _ : state) {
    const double start_s = cpu_s();
    benchmark::DoNotOptimize(evaluate(five(), input));
    const double between_s = cpu_s();
    benchmark::DoNotOptimize(evaluate(dim_matlab(), input));
    together_s += between_s - start_s;
    alone_s += cpu_s() - between_s;
  }
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["together_ms"] = 1e3 * together_s / rounds;
  state.counters["alone_ms"] = 1e3 * alone_s / rounds;
  state.counters["ratio"] = together_s / alone_s;
}

/// dim-matlab on copies of the golden pair side by side, cut to a size: time per pixel should not
/// depend on it.
void dim_matlab_of_size(benchmark::State& state) {
  const Size size{static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
  const testing::DecodedTriple tile = testing::decode(testing::golden_files());
  const testing::DecodedTriple images{.predicted = testing::repeated(to_u8(tile.predicted), size),
                                      .truth = testing::repeated(to_u8(tile.truth), size),
                                      .trimap = testing::repeated(tile.trimap, size)};
  const ScoreInput input = input_of(images);
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(dim_matlab(), input));
  count_pixels(state, images);
}
BENCHMARK(dim_matlab_of_size)
    ->Args({387, 258})  // 0.1 Mpx
    ->Args({816, 544})
    ->Args({1623, 1080})
    ->Args({3840, 2160})
    ->Args({6000, 4000})
    ->Args({9798, 6532})  // 64 Mpx
    ->Unit(benchmark::kMillisecond);

void add(const std::string& name, const testing::PngTriple& files) {
  const auto with_name = [&](const std::string& what, auto run) {
    benchmark::RegisterBenchmark((what + "/" + name).c_str(), run)->Unit(benchmark::kMillisecond);
  };
  with_name("decode_triple", [files](benchmark::State& state) { decode_triple(state, files); });
  for (const char* id : {"dim-matlab", "aim", "trimap"}) {
    with_name(id,
              [files, id](benchmark::State& state) { protocol(state, files, find_protocol(id)); });
  }
  with_name("decode_and_score/dim-matlab",
            [files](benchmark::State& state) { decode_and_score(state, files, dim_matlab()); });
  with_name("together", [files](benchmark::State& state) { together(state, files); });
}

const bool added = [] {
  add("golden_1623x1080", testing::golden_files());
  add("synthetic_1623x1080", testing::synthetic_files({1623, 1080}));
  add("synthetic_3840x2160", testing::synthetic_files({3840, 2160}));
  return true;
}();

}  // namespace
