#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/json_writer.hpp"
#include "results/record.hpp"

// What the records of runs and those of timings have in common, as JSON.

namespace mbench::results {

void write_texts(JsonWriter& json, const Named<std::string>& texts);
void write_list(JsonWriter& json, const std::vector<std::string>& texts);
/// Null for an empty text.
void write_text_or_null(JsonWriter& json, std::string_view value);
void write_integer_or_null(JsonWriter& json, const std::optional<std::int64_t>& value);
void write_tool(JsonWriter& json, const Tool& tool);
void write_environment(JsonWriter& json, const Environment& environment);
void write_method(JsonWriter& json, const MethodInfo& method);
void write_error(JsonWriter& json, const SampleError& error);

}  // namespace mbench::results
