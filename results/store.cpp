#include "results/store.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text_file.hpp"

namespace mbench::results {
namespace {

using Json = nlohmann::ordered_json;

/// A value in a file, with what a message needs to say where it stands.
class Node {
 public:
  Node(const Json& value, std::string_view file, std::string path)
      : value_{&value}, file_{file}, path_{std::move(path)} {}

  [[nodiscard]] const Json& value() const { return *value_; }
  [[nodiscard]] std::string_view file() const { return file_; }

  [[noreturn]] void fail(std::string_view expected, std::string found) const {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("wrong value in a file of schema {}", kRecordSchema),
                 .where = fmt::format("{}: {}", file_, path_.empty() ? "whole document" : path_),
                 .expected = std::string{expected},
                 .found = std::move(found)}};
  }
  [[noreturn]] void fail(std::string_view expected) const { fail(expected, described()); }

  [[nodiscard]] bool is_null() const { return value_->is_null(); }
  [[nodiscard]] std::string text() const {
    if (!value_->is_string()) fail("text");
    return value_->get<std::string>();
  }
  [[nodiscard]] std::string text_or_null() const { return is_null() ? std::string{} : text(); }
  [[nodiscard]] double number() const {
    if (!value_->is_number()) fail("a number");
    return value_->get<double>();
  }
  [[nodiscard]] double number_or_null() const { return is_null() ? 0.0 : number(); }
  [[nodiscard]] std::int64_t integer() const {
    // What does not fit 64 bits is stored as a double by the parser, what does not fit 63 as
    // unsigned.
    constexpr std::string_view expected = "a whole number, 0 or more";
    if (!value_->is_number_integer()) fail(expected);
    if (value_->is_number_unsigned()) {
      const auto number = value_->get<std::uint64_t>();
      if (number > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) fail(expected);
      return static_cast<std::int64_t>(number);
    }
    if (value_->get<std::int64_t>() < 0) fail(expected);
    return value_->get<std::int64_t>();
  }
  [[nodiscard]] std::optional<std::int64_t> integer_or_null() const {
    return is_null() ? std::nullopt : std::optional{integer()};
  }
  [[nodiscard]] int small_integer() const {
    const std::int64_t number = integer();
    if (number > std::numeric_limits<int>::max()) fail("a whole number below 2^31");
    return static_cast<int>(number);
  }
  [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(integer()); }

  [[nodiscard]] Node member(const std::string& key, const Json& value) const {
    return {value, file_, path_.empty() ? key : path_ + "." + key};
  }
  /// Calls visit(key, node) for every member of an object, in the order of the file.
  template <typename Visit>
  void for_each_member(Visit&& visit) const {
    if (!value_->is_object()) fail("an object");
    for (const auto& [key, value] : value_->items()) visit(key, member(key, value));
  }
  template <typename Visit>
  void for_each_element(Visit&& visit) const {
    if (!value_->is_array()) fail("an array");
    for (std::size_t i = 0; i < value_->size(); ++i) {
      visit(Node{(*value_)[i], file_, fmt::format("{}[{}]", path_, i)});
    }
  }

 private:
  [[nodiscard]] std::string described() const {
    if (value_->is_object()) return "an object";
    if (value_->is_array()) return "an array";
    std::string text = value_->dump();
    if (text.size() > 60) text = text.substr(0, 60) + "...";
    return text;
  }

  const Json* value_;
  std::string_view file_;
  std::string path_;
};

/// An object with known keys; leave() refuses those that nobody asked for, so that nothing in a
/// file is passed over in silence.
class Object {
 public:
  explicit Object(Node node) : node_{std::move(node)} {
    if (!node_.value().is_object()) node_.fail("an object");
  }
  [[nodiscard]] Node at(const std::string& key) {
    const auto found = find(key);
    if (!found) node_.fail(fmt::format("key '{}'", key), "no such key");
    return *found;
  }
  [[nodiscard]] std::optional<Node> find(const std::string& key) {
    known_.insert(key);
    const auto found = node_.value().find(key);
    if (found == node_.value().end()) return std::nullopt;
    return node_.member(key, *found);
  }
  void leave() const {
    for (const auto& [key, value] : node_.value().items()) {
      if (known_.contains(key)) continue;
      std::string names;
      for (const std::string& name : known_) names += (names.empty() ? "" : ", ") + name;
      node_.fail(fmt::format("only the keys: {}", names), fmt::format("key '{}'", key));
    }
  }
  [[nodiscard]] const Node& node() const { return node_; }

 private:
  Node node_;
  std::set<std::string> known_{};
};

[[noreturn]] void throw_not_json(std::string_view file, std::string_view found) {
  throw Error{ErrorKind::bad_input,
              {.what = "file is not valid JSON",
               .where = std::string{file},
               .expected = "JSON text in UTF-8 (RFC 8259), every key once in its object",
               .found = std::string{found}}};
}

Json parse_json(std::string_view text, std::string_view file) {
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  const auto refuse_repeated_keys = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto key = parsed.get<std::string>();
      if (!keys.back().insert(key).second) {
        throw_not_json(file, fmt::format("key '{}' twice in one object", key));
      }
    }
    return true;
  };
  try {
    return Json::parse(text, refuse_repeated_keys);
  } catch (const Json::exception& error) {
    const std::string_view message = error.what();  // "[json.exception....101] parse error at ..."
    const auto bracket = message.find("] ");
    throw_not_json(file, bracket == std::string_view::npos ? message : message.substr(bracket + 2));
  }
}

void require_schema(const Node& schema, std::string_view expected) {
  if (schema.text() != expected) schema.fail(fmt::format("\"{}\"", expected));
}

Named<std::string> read_texts(const Node& node) {
  Named<std::string> texts;
  node.for_each_member(
      [&](const std::string& key, const Node& value) { texts.emplace_back(key, value.text()); });
  return texts;
}

std::vector<std::string> read_text_array(const Node& node) {
  std::vector<std::string> texts;
  node.for_each_element([&](const Node& value) { texts.push_back(value.text()); });
  return texts;
}

Averaging read_averaging(const Node& node) {
  if (node.text() != to_string(Averaging::frame_index)) node.fail("\"frame-index\"");
  return Averaging::frame_index;
}

Tool read_tool(const Node& node) {
  Object object{node};
  Tool tool{.name = object.at("name").text(),
            .version = object.at("version").text(),
            .commit = object.at("commit").text(),
            .compiler = object.at("compiler").text(),
            .build_type = object.at("build_type").text()};
  object.leave();
  return tool;
}

Environment read_environment(const Node& node) {
  Object object{node};
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

std::optional<WeightsFile> read_weights(const Node& node) {
  if (node.is_null()) return std::nullopt;
  Object object{node};
  WeightsFile weights{.file = object.at("file").text(), .sha256 = object.at("sha256").text()};
  object.leave();
  return weights;
}

MethodInfo read_method(const Node& node) {
  Object object{node};
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

DatasetInfo read_dataset(const Node& node) {
  Object object{node};
  DatasetInfo dataset{.id = object.at("id").text(),
                      .title = object.at("title").text(),
                      .samples = object.at("samples").count(),
                      .manifest_sha256 = object.at("manifest_sha256").text()};
  object.leave();
  return dataset;
}

/// Scores, with the reasons of those that are null. Every null has a reason and the reverse.
Scores read_scores(const Node& node, const std::optional<Node>& reasons_node) {
  const Named<std::string> reasons =
      reasons_node ? read_texts(*reasons_node) : Named<std::string>{};
  std::size_t used = 0;
  Scores scores;
  node.for_each_member([&](const std::string& protocol, const Node& columns) {
    auto& row = scores.emplace_back(protocol, Named<Score>{}).second;
    columns.for_each_member([&](const std::string& column, const Node& score) {
      const std::string name = protocol + "." + column;
      const auto reason = std::ranges::find(reasons, name, &Named<std::string>::value_type::first);
      if (reason == reasons.end() && score.is_null()) {
        score.fail(fmt::format("a number, or its reason as \"undefined\": {{\"{}\": ...}}", name));
      }
      if (reason != reasons.end()) {
        if (!score.is_null()) score.fail("null, because \"undefined\" holds a reason for it");
        if (reason->second.empty()) reasons_node->fail("reasons that are not empty", name);
        ++used;
      }
      row.emplace_back(
          column, score.is_null() ? Score::undefined(reason->second) : Score::of(score.number()));
    });
  });
  if (used != reasons.size()) reasons_node->fail("only the names of scores that are null");
  return scores;
}

SampleError read_error(const Node& node) {
  Object object{node};
  SampleError error{.kind = object.at("kind").text(),
                    .parts = {.what = object.at("what").text(),
                              .where = object.at("where").text(),
                              .expected = object.at("expected").text(),
                              .found = object.at("found").text(),
                              .fix = object.at("fix").text()}};
  object.leave();
  return error;
}

Status read_status(const Node& node) {
  const std::string text = node.text();
  if (text != "ok" && text != "failed") node.fail("\"ok\" or \"failed\"");
  return text == "ok" ? Status::ok : Status::failed;
}

SampleResult read_sample(const Node& node) {
  Object object{node};
  SampleResult sample{.id = object.at("id").text(), .status = read_status(object.at("status"))};
  // A row that is ok has all of these; a failed one has what was known when it failed.
  const auto find = [&](const std::string& key) {
    return sample.status == Status::ok ? std::optional{object.at(key)} : object.find(key);
  };
  if (const auto width = find("width")) {
    sample.size = {width->small_integer(), object.at("height").small_integer()};
  }
  if (const auto tags = find("tags")) sample.tags = read_texts(*tags);
  if (const auto degenerate = object.find("degenerate")) {
    sample.degenerate = degenerate->text();
    if (sample.degenerate.empty()) degenerate->fail("a reason");
  }
  if (const auto scores = object.find("scores")) {  // absent without a truth to score against
    sample.scores = read_scores(*scores, object.find("undefined"));
  }
  if (const auto times = find("times_s")) {
    times->for_each_member([&](const std::string& key, const Node& seconds) {
      sample.times_s.emplace_back(key, seconds.number());
    });
  }
  if (const auto hashes = find("sha256")) sample.sha256 = read_texts(*hashes);
  if (sample.status == Status::failed) sample.error = read_error(object.at("error"));
  object.leave();
  return sample;
}

ColumnSummary read_summary(const Node& node) {
  Object object{node};
  ColumnSummary summary{.n = object.at("n").count(), .undefined = object.at("undefined").count()};
  const auto number = [&](const std::string& key, std::size_t smallest_n) {
    const Node value = object.at(key);
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
  const Node interval = object.at("ci95");
  if (summary.n < 2) {
    if (!interval.is_null()) interval.fail(fmt::format("null, because n is {}", summary.n));
  } else {
    std::vector<double> bounds;
    interval.for_each_element([&](const Node& bound) { bounds.push_back(bound.number()); });
    if (bounds.size() != 2) interval.fail("two numbers");
    summary.ci95_low = bounds[0];
    summary.ci95_high = bounds[1];
  }
  object.leave();
  return summary;
}

GroupMean read_group_mean(const Node& node) {
  Object object{node};
  GroupMean mean{.n = object.at("n").count()};
  const Node value = object.at("mean");
  if (value.is_null() != (mean.n == 0)) {
    value.fail(mean.n == 0 ? "null, because n is 0" : "a number");
  }
  mean.mean = value.number_or_null();
  object.leave();
  return mean;
}

template <typename Read>
auto read_named(const Node& node, Read&& read) {
  Named<decltype(read(node))> result;
  node.for_each_member(
      [&](const std::string& key, const Node& value) { result.emplace_back(key, read(value)); });
  return result;
}

/// A version for each of the protocols, and for no other.
Named<int> read_protocol_versions(const Node& node, const std::vector<std::string>& protocols) {
  Named<int> versions = read_named(node, [&](const Node& value) {
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
  const Json document = parse_json(text, file);
  Object object{Node{document, file, ""}};
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
  object.at("samples").for_each_element([&](const Node& node) {
    record.samples.push_back(read_sample(node));
    const std::string& id = record.samples.back().id;
    if (!ids.insert(id).second) node.fail("sample ids that differ", fmt::format("'{}' again", id));
  });
  record.means = read_named(object.at("means"),
                            [](const Node& columns) { return read_named(columns, read_summary); });
  const auto read_group = [](const Node& protocols) {
    return read_named(protocols,
                      [](const Node& columns) { return read_named(columns, read_group_mean); });
  };
  record.groups = read_named(object.at("groups"),
                             [&](const Node& values) { return read_named(values, read_group); });
  Object counts{object.at("counts")};
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
  const Json document = parse_json(line, where);
  return read_sample(Node{document, where, ""});
}

std::string parse_samples_header(std::string_view line, std::string_view where) {
  const Json document = parse_json(line, where);
  Object object{Node{document, where, ""}};
  require_schema(object.at("schema"), kSamplesSchema);
  std::string identity = object.at("identity").text();
  object.leave();
  return identity;
}

}  // namespace mbench::results
