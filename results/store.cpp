#include "results/store.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/json_reader.hpp"
#include "core/text_file.hpp"
#include "results/sample_reader.hpp"

namespace mbench::results {
namespace {

void require_schema(const JsonNode& schema, std::string_view expected) {
  if (schema.text() != expected) schema.fail(fmt::format("\"{}\"", expected));
}

std::vector<std::string> read_text_array(const JsonNode& node) {
  std::vector<std::string> texts;
  node.for_each_element([&](const JsonNode& value) { texts.push_back(value.text()); });
  return texts;
}

Averaging read_averaging(const JsonNode& node) {
  if (node.text() != to_string(Averaging::frame_index)) node.fail("\"frame-index\"");
  return Averaging::frame_index;
}

Tool read_tool(const JsonNode& node) {
  JsonObject object{node};
  Tool tool{.name = object.at("name").text(),
            .version = object.at("version").text(),
            .commit = object.at("commit").text(),
            .compiler = object.at("compiler").text(),
            .build_type = object.at("build_type").text()};
  object.leave();
  return tool;
}

Environment read_environment(const JsonNode& node) {
  JsonObject object{node};
  Environment environment{.host = object.at("host").text(),
                          .os = object.at("os").text(),
                          .cpu = object.at("cpu").text(),
                          .cores = object.at("cores").small_integer(),
                          .threads = object.at("threads").small_integer(),
                          .gpu = object.at("gpu").text_or_null(),
                          .libraries = read_texts(object.at("libraries"))};
  object.leave();
  return environment;
}

std::optional<WeightsFile> read_weights(const JsonNode& node) {
  if (node.is_null()) return std::nullopt;
  JsonObject object{node};
  WeightsFile weights{.file = object.at("file").text(), .sha256 = object.at("sha256").text()};
  object.leave();
  return weights;
}

MethodInfo read_method(const JsonNode& node) {
  JsonObject object{node};
  MethodInfo method{.id = object.at("id").text(),
                    .title = object.at("title").text(),
                    .options = read_texts(object.at("options")),
                    .weights = read_weights(object.at("weights")),
                    .parameters = object.at("parameters").integer_or_null(),
                    .macs = object.at("macs").integer_or_null(),
                    .macs_input = object.at("macs_input").text_or_null(),
                    .precision = object.at("precision").text(),
                    .device = object.at("device").text()};
  object.leave();
  return method;
}

DatasetInfo read_dataset(const JsonNode& node) {
  JsonObject object{node};
  DatasetInfo dataset{.id = object.at("id").text(),
                      .title = object.at("title").text(),
                      .samples = object.at("samples").count(),
                      .manifest_sha256 = object.at("manifest_sha256").text()};
  object.leave();
  return dataset;
}

ColumnSummary read_summary(const JsonNode& node) {
  JsonObject object{node};
  ColumnSummary summary{.n = object.at("n").count(), .undefined = object.at("undefined").count()};
  const auto number = [&](const std::string& key, std::size_t smallest_n) {
    const JsonNode value = object.at(key);
    if (value.is_null() != (summary.n < smallest_n)) {
      value.fail(summary.n < smallest_n ? fmt::format("null, because n is {}", summary.n)
                                        : "a number");
    }
    return value.number_or_null();
  };
  summary.mean = number("mean", 1);
  summary.std = number("std", 2);
  summary.min = number("min", 1);
  summary.max = number("max", 1);
  summary.p50 = number("p50", 1);
  summary.p90 = number("p90", 1);
  const JsonNode interval = object.at("ci95");
  if (summary.n < 2) {
    if (!interval.is_null()) interval.fail(fmt::format("null, because n is {}", summary.n));
  } else {
    std::vector<double> bounds;
    interval.for_each_element([&](const JsonNode& bound) { bounds.push_back(bound.number()); });
    if (bounds.size() != 2) interval.fail("two numbers");
    summary.ci95_low = bounds[0];
    summary.ci95_high = bounds[1];
  }
  object.leave();
  return summary;
}

GroupMean read_group_mean(const JsonNode& node) {
  JsonObject object{node};
  GroupMean mean{.n = object.at("n").count()};
  const JsonNode value = object.at("mean");
  if (value.is_null() != (mean.n == 0)) {
    value.fail(mean.n == 0 ? "null, because n is 0" : "a number");
  }
  mean.mean = value.number_or_null();
  object.leave();
  return mean;
}

/// A version for each of the protocols, and for no other.
Named<int> read_protocol_versions(const JsonNode& node, const std::vector<std::string>& protocols) {
  Named<int> versions = read_named(node, [&](const JsonNode& value) {
    const int number = value.small_integer();
    if (number < 1) value.fail("a version from 1 upwards");
    return number;
  });
  const bool complete = std::ranges::equal(
      versions, protocols, {}, [](const auto& version) -> const auto& { return version.first; });
  if (!complete) node.fail("the protocols of the record, in their order");
  return versions;
}

}  // namespace

RunRecord parse_record(std::string_view text, std::string_view file) {
  const nlohmann::ordered_json document = parse_json(text, file);
  JsonObject object{JsonNode{document, {file, kRecordSchema}, ""}};
  require_schema(object.at("schema"), kRecordSchema);
  RunRecord record;
  record.tool = read_tool(object.at("tool"));
  record.environment = read_environment(object.at("environment"));
  record.started = object.at("started").text();
  record.elapsed_s = object.at("elapsed_s").number();
  record.command = read_text_array(object.at("command"));
  record.method = read_method(object.at("method"));
  record.dataset = read_dataset(object.at("dataset"));
  record.protocols = read_text_array(object.at("protocols"));
  if (const auto versions = object.find("protocol_versions")) {
    record.protocol_versions = read_protocol_versions(*versions, record.protocols);
  }
  if (const auto averaging = object.find("averaging")) {
    record.averaging = read_named(*averaging, read_averaging);
    if (record.averaging.empty()) averaging->fail("a rule, or no such key");
  }
  std::set<std::string> ids;
  object.at("samples").for_each_element([&](const JsonNode& node) {
    record.samples.push_back(read_sample(node));
    const std::string& id = record.samples.back().id;
    if (!ids.insert(id).second) node.fail("sample ids that differ", fmt::format("'{}' again", id));
  });
  record.means = read_named(object.at("means"), [](const JsonNode& columns) {
    return read_named(columns, read_summary);
  });
  const auto read_group = [](const JsonNode& protocols) {
    return read_named(protocols,
                      [](const JsonNode& columns) { return read_named(columns, read_group_mean); });
  };
  record.groups = read_named(
      object.at("groups"), [&](const JsonNode& values) { return read_named(values, read_group); });
  JsonObject counts{object.at("counts")};
  record.ok = counts.at("ok").count();
  record.failed = counts.at("failed").count();
  if (const auto degenerate = counts.find("degenerate")) record.degenerate = degenerate->count();
  counts.leave();
  object.leave();
  return record;
}

void write_record(const std::filesystem::path& file, const RunRecord& record) {
  write_text_file_atomically(file, to_json(record));
}

RunRecord read_record(const std::filesystem::path& file) {
  return parse_record(read_text_file(file), file.string());
}

SampleResult parse_json_line(std::string_view line, std::string_view where) {
  const nlohmann::ordered_json document = parse_json(line, where);
  return read_sample(JsonNode{document, {where, kRecordSchema}, ""});
}

std::string parse_samples_header(std::string_view line, std::string_view where) {
  const nlohmann::ordered_json document = parse_json(line, where);
  JsonObject object{JsonNode{document, {where, kRecordSchema}, ""}};
  require_schema(object.at("schema"), kSamplesSchema);
  std::string identity = object.at("identity").text();
  object.leave();
  return identity;
}

}  // namespace mbench::results
