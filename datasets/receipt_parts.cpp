#include "datasets/receipt_parts.hpp"

#include <fmt/core.h>

#include "core/version.hpp"

namespace mbench::datasets {

using Json = nlohmann::ordered_json;

Tool this_tool() {
  const Version build = version();
  return {.version = std::string{build.version}, .commit = std::string{build.commit}};
}

std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const Tool& tool) {
  return {{"name", "mbench"}, {"version", tool.version}, {"commit", tool.commit}};
}

Json json_of(const UsedRule& rule) {
  return {{"spelling", rule.spelling}, {"version", rule.version}};
}

Json json_of(const std::optional<UsedRule>& rule) { return rule ? json_of(*rule) : Json{}; }

void require_schema(JsonObject& object, std::string_view schema) {
  const JsonNode node = object.at("schema");
  if (node.text() != schema) node.fail(fmt::format("\"{}\"", schema));
}

Tool read_tool(const JsonNode& node) {
  JsonObject object{node};
  static_cast<void>(object.at("name").text());
  Tool tool{.version = object.at("version").text(), .commit = object.at("commit").text()};
  object.leave();
  return tool;
}

UsedRule read_used_rule(const JsonNode& node) {
  JsonObject object{node};
  UsedRule rule{.spelling = read_some_text(object.at("spelling"))};
  const JsonNode version = object.at("version");
  rule.version = version.small_integer();
  if (rule.version < 1) version.fail("a version from 1 upwards");
  object.leave();
  return rule;
}

std::optional<UsedRule> read_used_rule_or_null(const JsonNode& node) {
  return node.is_null() ? std::nullopt : std::optional{read_used_rule(node)};
}

std::string read_digest(const JsonNode& node) {
  std::string text = node.text();
  if (text.size() != 64 || text.find_first_not_of("0123456789abcdef") != std::string::npos) {
    node.fail("a SHA-256: 64 lower-case hexadecimal digits");
  }
  return text;
}

std::string read_some_text(const JsonNode& node) {
  std::string text = node.text();
  if (text.empty()) node.fail("text that is not empty");
  return text;
}

}  // namespace mbench::datasets
