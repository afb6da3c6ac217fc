#include "results/bench_record.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text_file.hpp"
#include "results/columns.hpp"
#include "results/json_writer.hpp"
#include "results/record_parts.hpp"

namespace mbench::results {
namespace {

using Layout = JsonWriter::Layout;

constexpr std::array<std::pair<const char*, double ImageTimes::*>, 6> kSteps{{
    {"decode", &ImageTimes::decode_s},
    {"prepare", &ImageTimes::prepare_s},
    {"transfer", &ImageTimes::transfer_s},
    {"infer", &ImageTimes::infer_s},
    {"finish", &ImageTimes::finish_s},
    {"score", &ImageTimes::score_s},
}};

void write_number_or_null(JsonWriter& json, const std::optional<double>& value) {
  value ? json.number(*value) : json.null();
}

void write_count(JsonWriter& json, std::size_t count) {
  json.integer(static_cast<std::int64_t>(count));
}

void write_numbers(JsonWriter& json, std::span<const double> numbers) {
  json.begin_array();
  for (const double number : numbers) json.number(number);
  json.end_array();
}

void write_interval(JsonWriter& json, const std::optional<Interval>& interval) {
  if (!interval) return json.null();
  write_numbers(json, std::array{interval->low, interval->high});
}

void write_distribution(JsonWriter& json, const Distribution& found) {
  json.begin_object();
  write_count(json.key("n"), found.n);
  json.key("mean").number(found.mean);
  json.key("min").number(found.min);
  json.key("max").number(found.max);
  json.key("p50").number(found.p50);
  write_interval(json.key("p50_ci95"), found.p50_ci95);
  json.key("p90").number(found.p90);
  json.key("p99").number(found.p99);
  json.end_object();
}

void write_machine(JsonWriter& json, const MachineState& machine) {
  json.begin_object();
  write_text_or_null(json.key("governor"), machine.governor);
  write_number_or_null(json.key("clock_mhz"), machine.clock_mhz);
  write_number_or_null(json.key("load_average"), machine.load_average);
  write_number_or_null(json.key("others_before"), machine.others_before);
  write_number_or_null(json.key("others_during"), machine.others_during);
  json.end_object();
}

void write_settings(JsonWriter& json, const BenchSettings& settings) {
  json.begin_object();
  write_list(json.key("modes"), settings.modes);
  json.key("warmup").integer(settings.warm_up);
  json.key("repeat").integer(settings.repeat);
  json.key("threads").integer(settings.threads);
  json.end_object();
}

void write_input(JsonWriter& json, const BenchInput& input) {
  json.begin_object();
  json.key("dataset").text(input.dataset);
  write_count(json.key("images"), input.images);
  write_text_or_null(json.key("size"), input.size);
  write_list(json.key("protocols"), input.protocols);
  json.end_object();
}

void write_single_stream(JsonWriter& json, const SingleStream& stream) {
  json.begin_object(Layout::indented);
  write_distribution(json.key("latency_s"), stream.latency_s);
  write_distribution(json.key("cpu_s"), stream.cpu_s);
  json.key("steps_s").begin_object(Layout::indented);
  for (const auto& [step, seconds] : stream.steps_s) write_distribution(json.key(step), seconds);
  json.end_object();
  write_numbers(json.key("repetitions_s"), stream.repetitions_s);
  json.key("spread").number(stream.spread);
  write_numbers(json.key("cpu_repetitions_s"), stream.cpu_repetitions_s);
  json.key("cpu_spread").number(stream.cpu_spread);
  json.key("images").begin_array(Layout::indented);
  for (const ImageTimes& image : stream.images) {
    json.begin_object();
    json.key("id").text(image.sample_id);
    json.key("repetition").integer(image.repetition);
    json.key("latency_s").number(image.latency_s);
    json.key("cpu_s").number(image.cpu_s);
    json.key("times_s").begin_object();
    for (const auto& [step, member] : kSteps) json.key(step).number(image.*member);
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_offline(JsonWriter& json, const Offline& offline) {
  const Throughput& reached = offline.throughput;
  json.begin_object(Layout::indented);
  json.key("threads").integer(offline.threads);
  write_count(json.key("images"), reached.images);
  json.key("elapsed_s").number(reached.elapsed_s);
  json.key("images_per_s").number(reached.images_per_s);
  write_distribution(json.key("repetitions_images_per_s"), reached.per_chunk);
  json.key("spread").number(reached.spread);
  json.key("cores_busy").number(reached.cores_busy);
  json.key("device_busy").number(reached.device_busy);
  json.end_object();
}

void write_memory(JsonWriter& json, const MemoryUse& memory) {
  json.begin_object();
  json.key("host_before_bytes").integer(memory.host_before_bytes);
  json.key("host_peak_bytes").integer(memory.host_peak_bytes);
  json.key("host_peak_of").text(memory.host_peak_is_own ? "method" : "process");
  write_integer_or_null(json.key("device_peak_bytes"), memory.device_peak_bytes);
  json.end_object();
}

void write_effort(JsonWriter& json, const BenchRow& row) {
  json.begin_object();
  write_number_or_null(json.key("macs_per_image"), row.effort.macs_per_image);
  write_number_or_null(json.key("peak_flops_thread"), row.effort.peak_flops_thread);
  write_number_or_null(json.key("peak_flops_offline"), row.effort.peak_flops_offline);
  write_number_or_null(json.key("share_of_peak"), share_of_peak(row));
  write_number_or_null(json.key("offline_share_of_peak"), offline_share_of_peak(row));
  json.end_object();
}

void write_row(JsonWriter& json, const BenchRow& row) {
  json.begin_object(Layout::indented);
  json.key("label").text(row.label);
  write_method(json.key("method"), row.method);
  json.key("single_stream");
  row.single_stream ? write_single_stream(json, *row.single_stream) : json.null();
  json.key("offline");
  row.offline ? write_offline(json, *row.offline) : json.null();
  json.key("memory");
  row.memory ? write_memory(json, *row.memory) : json.null();
  write_effort(json.key("effort"), row);
  json.end_object();
}

void write_ratio(JsonWriter& json, const Ratio& ratio) {
  json.begin_object();
  json.key("median").number(ratio.median);
  write_interval(json.key("ci95"), ratio.ci95);
  write_count(json.key("pairs"), ratio.pairs);
  json.end_object();
}

void write_comparison(JsonWriter& json, const Comparison& comparison) {
  json.begin_object(Layout::indented);
  json.key("first").text(comparison.first);
  json.key("second").text(comparison.second);
  write_ratio(json.key("latency"), comparison.latency);
  write_ratio(json.key("cpu"), comparison.cpu);
  json.end_object();
}

}  // namespace

SingleStream single_stream(std::vector<ImageTimes> images) {
  SingleStream result{.latency_s = repeated_distribution(images, &ImageTimes::latency_s),
                      .cpu_s = repeated_distribution(images, &ImageTimes::cpu_s),
                      .repetitions_s = repetition_medians(images, &ImageTimes::latency_s),
                      .cpu_repetitions_s = repetition_medians(images, &ImageTimes::cpu_s)};
  for (const auto& [step, member] : kSteps) {
    result.steps_s.emplace_back(step, repeated_distribution(images, member));
  }
  result.spread = relative_spread(result.repetitions_s);
  result.cpu_spread = relative_spread(result.cpu_repetitions_s);
  result.images = std::move(images);
  return result;
}

Comparison compare(const BenchRow& first, const BenchRow& second) {
  const auto ratio = [&](double ImageTimes::*member) {
    return paired_ratio(first.single_stream.value().images, second.single_stream.value().images,
                        member);
  };
  return {.first = first.label,
          .second = second.label,
          .latency = ratio(&ImageTimes::latency_s),
          .cpu = ratio(&ImageTimes::cpu_s)};
}

std::optional<double> share_of_peak(const BenchRow& row) {
  const Effort& effort = row.effort;
  if (!row.single_stream || !effort.macs_per_image || !effort.peak_flops_thread) return {};
  const Distribution* infer = find_entry(row.single_stream->steps_s, "infer");
  return 2.0 * *effort.macs_per_image / infer->mean / *effort.peak_flops_thread;
}

std::optional<double> offline_share_of_peak(const BenchRow& row) {
  const Effort& effort = row.effort;
  if (!row.offline || !effort.macs_per_image || !effort.peak_flops_offline) return {};
  return 2.0 * *effort.macs_per_image * row.offline->throughput.images_per_s /
         *effort.peak_flops_offline;
}

std::string to_json(const BenchRecord& record) {
  JsonWriter json;
  json.begin_object(Layout::indented);
  json.key("schema").text(kBenchSchema);
  write_tool(json.key("tool"), record.tool);
  write_environment(json.key("environment"), record.environment);
  write_machine(json.key("machine"), record.machine);
  json.key("started").text(record.started);
  json.key("elapsed_s").number(record.elapsed_s);
  json.key("interrupted").boolean(record.interrupted);
  write_list(json.key("command"), record.command);
  write_settings(json.key("settings"), record.settings);
  write_input(json.key("input"), record.input);
  write_row(json.key("harness"), record.harness);
  json.key("methods").begin_array(Layout::indented);
  for (const BenchRow& row : record.methods) write_row(json, row);
  json.end_array();
  json.key("failed").begin_array(Layout::indented);
  for (const BenchFailure& failure : record.failed) {
    json.begin_object();
    json.key("label").text(failure.label);
    write_error(json.key("error"), failure.error);
    json.end_object();
  }
  json.end_array();
  json.key("comparison");
  record.comparison ? write_comparison(json, *record.comparison) : json.null();
  json.end_object();
  return json.take() + '\n';
}

void write_bench_record(const std::filesystem::path& file, const BenchRecord& record) {
  write_text_file_atomically(file, to_json(record));
}

}  // namespace mbench::results
