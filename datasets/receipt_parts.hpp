#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/json_reader.hpp"
#include "datasets/made_by.hpp"

// What the receipts of composed sets and of made trimaps have in common. What reads throws
// bad_input naming the key, what is expected there and what was found.

namespace mbench::datasets {

/// Names of files and folders need not be UTF-8; what is none of it is replaced, for people to
/// read.
[[nodiscard]] std::string dump(const nlohmann::ordered_json& json, int indent = -1);

[[nodiscard]] nlohmann::ordered_json json_of(const Tool& tool);
[[nodiscard]] nlohmann::ordered_json json_of(const UsedRule& rule);
[[nodiscard]] nlohmann::ordered_json json_of(const std::optional<UsedRule>& rule);

void require_schema(JsonObject& object, std::string_view schema);
[[nodiscard]] Tool read_tool(const JsonNode& node);
[[nodiscard]] UsedRule read_used_rule(const JsonNode& node);
[[nodiscard]] std::optional<UsedRule> read_used_rule_or_null(const JsonNode& node);
/// A SHA-256 as text.
[[nodiscard]] std::string read_digest(const JsonNode& node);
[[nodiscard]] std::string read_some_text(const JsonNode& node);

}  // namespace mbench::datasets
