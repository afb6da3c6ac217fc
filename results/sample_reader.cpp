#include "results/sample_reader.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/core.h>

namespace mbench::results {
namespace {

/// Scores, with the reasons of those that are null. Every null has a reason and the reverse.
Scores read_scores(const JsonNode& node, const std::optional<JsonNode>& reasons_node) {
  const Named<std::string> reasons =
      reasons_node ? read_texts(*reasons_node) : Named<std::string>{};
  std::size_t used = 0;
  Scores scores;
  node.for_each_member([&](const std::string& protocol, const JsonNode& columns) {
    auto& row = scores.emplace_back(protocol, Named<Score>{}).second;
    columns.for_each_member([&](const std::string& column, const JsonNode& score) {
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

SampleError read_error(const JsonNode& node) {
  JsonObject object{node};
  SampleError error{.kind = object.at("kind").text(),
                    .parts = {.what = object.at("what").text(),
                              .where = object.at("where").text(),
                              .expected = object.at("expected").text(),
                              .found = object.at("found").text(),
                              .fix = object.at("fix").text()}};
  object.leave();
  return error;
}

Status read_status(const JsonNode& node) {
  const std::string text = node.text();
  if (text != "ok" && text != "failed") node.fail("\"ok\" or \"failed\"");
  return text == "ok" ? Status::ok : Status::failed;
}

}  // namespace

SampleResult read_sample(const JsonNode& node) {
  JsonObject object{node};
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
    times->for_each_member([&](const std::string& key, const JsonNode& seconds) {
      sample.times_s.emplace_back(key, seconds.number());
    });
  }
  if (const auto hashes = find("sha256")) sample.sha256 = read_texts(*hashes);
  if (sample.status == Status::failed) sample.error = read_error(object.at("error"));
  object.leave();
  return sample;
}

}  // namespace mbench::results
