#include "results/bench_record.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

using namespace mbench::results;
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) names.push_back(item.key());
  return names;
}

/// Latencies 1 s and 3 s, inference 1 s and 2 s.
BenchRow example_row() {
  BenchRow row{.label = "Network", .method = {.id = "net", .title = "Network"}};
  row.single_stream = single_stream(
      {{.sample_id = "a", .repetition = 0, .infer_s = 1, .latency_s = 1, .cpu_s = 2},
       {.sample_id = "a", .repetition = 1, .infer_s = 2, .latency_s = 3, .cpu_s = 2}});
  row.offline = Offline{
      .threads = 2,
      .throughput = throughput({{.wall_s = 1, .cpu_s = 1}, {.wall_s = 2, .cpu_s = 3}}, 1, 0)};
  row.memory = MemoryUse{.host_before_bytes = 10, .host_peak_bytes = 30, .host_peak_is_own = true};
  row.effort = {.macs_per_image = 3.0, .peak_flops_thread = 8.0, .peak_flops_offline = 12.0};
  return row;
}

}  // namespace

TEST_CASE("the share of the peak is twice the MACs per second over the measured peak",
          "[results][bench]") {
  BenchRow row = example_row();
  CHECK(share_of_peak(row).value() == Approx(2.0 * 3.0 / 1.5 / 8.0).epsilon(1e-15));
  CHECK(offline_share_of_peak(row).value() == Approx(2.0 * 3.0 * 1.0 / 12.0).epsilon(1e-15));
  row.effort.macs_per_image.reset();
  CHECK_FALSE(share_of_peak(row));
  CHECK_FALSE(offline_share_of_peak(row));
}

TEST_CASE("two methods that were measured in turn are compared image by image",
          "[results][bench]") {
  BenchRow first = example_row(), second = example_row();
  first.label = std::string{"first"};
  second.label = std::string{"second"};
  for (ImageTimes& image : second.single_stream->images) image.latency_s *= 2.0;
  const Comparison found = compare(first, second);
  CHECK(found.first == "first");
  CHECK(found.second == "second");
  CHECK(found.latency.median == 0.5);
  CHECK(found.cpu.median == 1.0);
  CHECK(found.latency.pairs == 2);
}

TEST_CASE("a bench record is JSON with every measurement, and null for what was not measured",
          "[results][bench]") {
  BenchRecord record;
  record.settings = {.warm_up = 1, .repeat = 2, .threads = 2, .modes = {"single-stream"}};
  record.input = {.dataset = "demo", .images = 1, .size = "8x6", .protocols = {"aim"}};
  record.harness.label = std::string{"Nothing"};
  record.methods.push_back(example_row());
  record.failed.push_back({.label = "other", .error = {.kind = "method", .parts = {.what = "no"}}});
  const Json json = Json::parse(to_json(record));
  CHECK(keys(json) == std::vector<std::string>{"schema", "tool", "environment", "machine",
                                               "started", "elapsed_s", "interrupted", "command",
                                               "settings", "input", "harness", "methods", "failed",
                                               "comparison"});
  CHECK(json["schema"] == "mbench.bench/1");
  CHECK(json["machine"]["governor"].is_null());
  CHECK(json["machine"]["others_during"].is_null());
  CHECK(json["comparison"].is_null());
  CHECK(json["harness"]["single_stream"].is_null());
  CHECK(json["failed"][0]["error"]["what"] == "no");
  const Json& row = json["methods"][0];
  CHECK(keys(row) == std::vector<std::string>{"label", "method", "single_stream", "offline",
                                              "memory", "effort"});
  const Json& stream = row["single_stream"];
  CHECK(stream["latency_s"]["p50"] == 2.0);
  CHECK(stream["latency_s"]["p50_ci95"].is_null());
  CHECK(stream["repetitions_s"] == Json{1.0, 3.0});
  CHECK(stream["spread"] == 1.0);
  CHECK(stream["cpu_spread"] == 0.0);
  CHECK(keys(stream["steps_s"]) ==
        std::vector<std::string>{"decode", "prepare", "transfer", "infer", "finish", "score"});
  CHECK(stream["images"].size() == 2);
  CHECK(stream["images"][1]["times_s"]["infer"] == 2.0);
  CHECK(row["offline"]["images_per_s"] == 1.0);
  CHECK(row["offline"]["cores_busy"] == 1.5);
  CHECK(row["memory"]["host_peak_of"] == "method");
  CHECK(row["memory"]["device_peak_bytes"].is_null());
  CHECK(row["effort"]["share_of_peak"] == 0.5);
}
