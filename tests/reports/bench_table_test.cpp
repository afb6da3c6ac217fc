#include "reports/bench_table.hpp"

#include <string>
#include <vector>

#include "reports/formats/console.hpp"
#include "reports/formats/markdown.hpp"
#include "tests/support/approved.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::reports;
using testing::check_approved;

namespace {

/// Two images, `repetitions` times: the second takes twice as long, and each repetition a
/// hundredth of `unit_s` more than the one before.
results::SingleStream stream(double unit_s, int repetitions) {
  std::vector<results::ImageTimes> images;
  for (int i = 0; i < repetitions; ++i) {
    for (const double factor : {1.0, 2.0}) {
      const double infer_s = factor * unit_s * (1.0 + 0.01 * i);
      images.push_back({.sample_id = factor == 1.0 ? "a" : "b",
                        .repetition = i,
                        .decode_s = 0.004,
                        .prepare_s = 0.002,
                        .infer_s = infer_s,
                        .finish_s = 0.001,
                        .score_s = 0.003,
                        .latency_s = infer_s + 0.003,
                        .cpu_s = infer_s + 0.0035});
    }
  }
  return results::single_stream(std::move(images));
}

/// Two repetitions of two images, the second one slower.
results::Offline offline(double image_s) {
  return {.threads = 2,
          .throughput = results::throughput(
              {{.wall_s = 1 * image_s, .cpu_s = 2 * image_s, .device_s = 0.5 * image_s},
               {.wall_s = 2 * image_s, .cpu_s = 4 * image_s, .device_s = 0.5 * image_s},
               {.wall_s = 3 * image_s, .cpu_s = 6 * image_s, .device_s = 0.5 * image_s},
               {.wall_s = 4.5 * image_s, .cpu_s = 8 * image_s, .device_s = 0.5 * image_s}},
              2, 0)};
}

/// Every column and note, a name that needs care in each format, a method that failed.
results::BenchRecord full_record() {
  results::BenchRecord record;
  record.settings = {.warm_up = 1, .repeat = 6, .threads = 2};
  record.input = {.dataset = "Demo | set", .images = 2, .size = "800x600"};
  record.harness = {.label = "Nothing (the harness itself)",
                    .method = {.id = "idle", .precision = "none", .device = "cpu"}};
  record.harness.single_stream = stream(0.0, 6);
  record.harness.offline = offline(0.01);
  results::BenchRow network{
      .label = "Net|work, \"large\"",
      .method = {
          .id = "network", .parameters = 55'300'000, .precision = "fp16", .device = "cuda:0"}};
  network.single_stream = stream(0.1, 6);
  network.offline = offline(0.125);
  network.memory = results::MemoryUse{.host_before_bytes = 100 << 20,
                                      .host_peak_bytes = 300 << 20,
                                      .host_peak_is_own = false,
                                      .device_peak_bytes = 64 << 20};
  network.effort = {
      .macs_per_image = 191.5e9, .peak_flops_thread = 8e12, .peak_flops_offline = 8e12};
  results::BenchRow plain{.label = "Classical",
                          .method = {.id = "classical", .precision = "fp64", .device = "cpu"}};
  plain.single_stream = stream(2.0, 6);
  plain.offline = offline(1.25);
  plain.memory = results::MemoryUse{
      .host_before_bytes = 90 << 20, .host_peak_bytes = 150 << 20, .host_peak_is_own = true};
  record.methods = {network, plain};
  record.failed.push_back(
      {.label = "other", .error = {.kind = "method", .parts = {.what = "it failed"}}});
  return record;
}

/// Two methods in turn, too few repetitions for an interval.
results::BenchRecord compared_record(int repetitions) {
  results::BenchRecord record;
  record.settings = {.warm_up = 0, .repeat = repetitions, .threads = 1};
  record.input = {.dataset = "Demo", .images = 2};
  record.harness = {.label = "Nothing (the harness itself)", .method = {.id = "idle"}};
  record.harness.single_stream = stream(0.0, repetitions);
  results::BenchRow first{.label = "First", .method = {.id = "first"}};
  first.single_stream = stream(0.3, repetitions);
  results::BenchRow second{.label = "Second", .method = {.id = "second"}};
  second.single_stream = stream(0.2, repetitions);
  record.methods = {first, second};
  record.comparison = results::compare(first, second);
  return record;
}

std::string all_tables(const results::BenchRecord& record,
                       std::string (*format)(const TextTable&)) {
  std::string text;
  for (const TextTable& table : bench_tables(record)) text += format(table) + '\n';
  return text;
}

std::string console(const TextTable& table) { return format_console(table, Emphasis::none); }

}  // namespace

TEST_CASE("the tables and the CSV of bench are as approved", "[reports][bench]") {
  const results::BenchRecord record = full_record();
  check_approved("reports/bench.txt", all_tables(record, console));
  check_approved("reports/bench.md", all_tables(record, format_markdown));
  check_approved("reports/bench.csv", format_bench_csv(record));
}

TEST_CASE("a comparison is printed with its interval, or with the reason why it has none",
          "[reports][bench]") {
  check_approved("reports/bench_compared.txt", all_tables(compared_record(6), console));
  check_approved("reports/bench_few.txt", all_tables(compared_record(3), console));
}
