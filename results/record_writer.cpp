// The half of results/store.hpp that writes; store.cpp reads.
#include <set>

#include <fmt/core.h>

#include "core/error.hpp"
#include "results/json_writer.hpp"
#include "results/record_parts.hpp"
#include "results/store.hpp"

namespace mbench::results {
namespace {

using Layout = JsonWriter::Layout;

void write_count(JsonWriter& json, std::size_t count) {
  json.integer(static_cast<std::int64_t>(count));
}

void write_dataset(JsonWriter& json, const DatasetInfo& dataset) {
  json.begin_object();
  json.key("id").text(dataset.id);
  json.key("title").text(dataset.title);
  write_count(json.key("samples"), dataset.samples);
  json.key("manifest_sha256").text(dataset.manifest_sha256);
  json.end_object();
}

void write_scores(JsonWriter& json, const Scores& scores) {
  bool any_undefined = false;
  json.key("scores").begin_object();
  for (const auto& [protocol, columns] : scores) {
    json.key(protocol).begin_object();
    for (const auto& [column, score] : columns) {
      json.key(column);
      if (score.defined == score.reason.empty()) {
        score.defined ? json.number(score.value) : json.null();
      } else {
        throw Error{ErrorKind::internal,
                    {.what = "a score must be defined or have a reason",
                     .where = fmt::format("scores.{}.{}", protocol, column),
                     .found = score.defined ? score.reason : "neither"}};
      }
      any_undefined = any_undefined || !score.defined;
    }
    json.end_object();
  }
  json.end_object();
  if (!any_undefined) return;
  json.key("undefined").begin_object();
  for (const auto& [protocol, columns] : scores) {
    for (const auto& [column, score] : columns) {
      if (!score.defined) json.key(fmt::format("{}.{}", protocol, column)).text(score.reason);
    }
  }
  json.end_object();
}

void write_sample_keys(JsonWriter& json, const SampleResult& sample) {
  const bool ok = sample.status == Status::ok;
  if (ok == sample.error.has_value()) {
    throw Error{ErrorKind::internal,
                {.what = ok ? "a sample that is ok has an error" : "a failed sample has no error"}};
  }
  json.begin_object();
  json.key("id").text(sample.id);
  if (ok || sample.size != Size{}) {
    json.key("width").integer(sample.size.width);
    json.key("height").integer(sample.size.height);
  }
  if (ok || !sample.tags.empty()) write_texts(json.key("tags"), sample.tags);
  json.key("status").text(ok ? "ok" : "failed");
  if (!sample.degenerate.empty()) json.key("degenerate").text(sample.degenerate);
  if (!sample.scores.empty()) write_scores(json, sample.scores);
  if (ok || !sample.times_s.empty()) {
    json.key("times_s").begin_object();
    for (const auto& [name, seconds] : sample.times_s) json.key(name).number(seconds);
    json.end_object();
  }
  if (ok || !sample.sha256.empty()) write_texts(json.key("sha256"), sample.sha256);
  if (sample.error) write_error(json.key("error"), *sample.error);
  json.end_object();
}

void write_sample(JsonWriter& json, const SampleResult& sample) {
  try {
    write_sample_keys(json, sample);
  } catch (const Error& error) {
    throw error.at(fmt::format("sample {}", sample.id));
  }
}

void write_summary(JsonWriter& json, const ColumnSummary& summary) {
  const auto number_if = [&](std::string_view name, bool known, double value) {
    json.key(name);
    known ? json.number(value) : json.null();
  };
  const bool has_mean = summary.n >= 1, has_spread = summary.n >= 2;
  json.begin_object();
  number_if("mean", has_mean, summary.mean);
  write_count(json.key("n"), summary.n);
  write_count(json.key("undefined"), summary.undefined);
  number_if("std", has_spread, summary.std);
  json.key("ci95");
  if (has_spread) {
    json.begin_array();
    json.number(summary.ci95_low);
    json.number(summary.ci95_high);
    json.end_array();
  } else {
    json.null();
  }
  number_if("min", has_mean, summary.min);
  number_if("max", has_mean, summary.max);
  number_if("p50", has_mean, summary.p50);
  number_if("p90", has_mean, summary.p90);
  json.end_object();
}

void write_means(JsonWriter& json, const Named<Named<ColumnSummary>>& means) {
  json.begin_object(Layout::indented);
  for (const auto& [protocol, columns] : means) {
    json.key(protocol).begin_object(Layout::indented);
    for (const auto& [column, summary] : columns) write_summary(json.key(column), summary);
    json.end_object();
  }
  json.end_object();
}

void write_group(JsonWriter& json, const Named<Named<GroupMean>>& group) {
  json.begin_object();
  for (const auto& [protocol, columns] : group) {
    json.key(protocol).begin_object();
    for (const auto& [column, mean] : columns) {
      json.key(column).begin_object();
      json.key("mean");
      mean.n > 0 ? json.number(mean.mean) : json.null();
      write_count(json.key("n"), mean.n);
      json.end_object();
    }
    json.end_object();
  }
  json.end_object();
}

void require_unique_ids(const std::vector<SampleResult>& samples) {
  std::set<std::string_view> ids;
  for (const SampleResult& sample : samples) {
    if (ids.insert(sample.id).second) continue;
    throw Error{ErrorKind::internal,
                {.what = "a sample occurs twice in a record",
                 .where = sample.id,
                 .expected = "sample ids that differ"}};
  }
}

}  // namespace

std::string to_json(const RunRecord& record) {
  require_unique_ids(record.samples);
  JsonWriter json;
  json.begin_object(Layout::indented);
  json.key("schema").text(kRecordSchema);
  write_tool(json.key("tool"), record.tool);
  write_environment(json.key("environment"), record.environment);
  json.key("started").text(record.started);
  json.key("elapsed_s").number(record.elapsed_s);
  write_list(json.key("command"), record.command);
  write_method(json.key("method"), record.method);
  write_dataset(json.key("dataset"), record.dataset);
  write_list(json.key("protocols"), record.protocols);
  if (!record.protocol_versions.empty()) {
    json.key("protocol_versions").begin_object();
    for (const auto& [protocol, number] : record.protocol_versions) {
      json.key(protocol).integer(number);
    }
    json.end_object();
  }
  if (!record.averaging.empty()) {
    json.key("averaging").begin_object();
    for (const auto& [protocol, rule] : record.averaging) json.key(protocol).text(to_string(rule));
    json.end_object();
  }
  json.key("samples").begin_array(Layout::indented);
  for (const SampleResult& sample : record.samples) write_sample(json, sample);
  json.end_array();
  write_means(json.key("means"), record.means);
  json.key("groups").begin_object(Layout::indented);
  for (const auto& [tag, values] : record.groups) {
    json.key(tag).begin_object(Layout::indented);
    for (const auto& [value, group] : values) write_group(json.key(value), group);
    json.end_object();
  }
  json.end_object();
  json.key("counts").begin_object();
  write_count(json.key("ok"), record.ok);
  write_count(json.key("failed"), record.failed);
  if (record.degenerate > 0) write_count(json.key("degenerate"), record.degenerate);
  json.end_object();
  json.end_object();
  return json.take() + '\n';
}

std::string to_json_line(const SampleResult& sample) {
  JsonWriter json;
  write_sample(json, sample);
  return json.take();
}

std::string to_samples_header(std::string_view identity) {
  JsonWriter json;
  json.begin_object();
  json.key("schema").text(kSamplesSchema);
  json.key("identity").text(identity);
  json.end_object();
  return json.take();
}

}  // namespace mbench::results
