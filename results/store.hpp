#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "results/record.hpp"

namespace mbench::results {

/// Records as JSON: schema "mbench.record/1", described key by key in docs/records.md.
inline constexpr std::string_view kRecordSchema = "mbench.record/1";
inline constexpr std::string_view kSamplesSchema = "mbench.samples/1";

/// The record as JSON text with a line feed at its end. Keys have a fixed order, so that equal
/// records are equal bytes, and reading the text back gives the same bytes again. Throws internal,
/// naming the key, for NaN, Infinity, a name that occurs twice where names must differ, or a sample
/// id that occurs twice.
[[nodiscard]] std::string to_json(const RunRecord& record);

/// Reads what to_json() wrote. `file` stands in messages. Throws bad_input that names the file, the
/// key, what is expected there and what was found: not JSON, another schema, missing, unknown or
/// repeated keys, wrong types, a null score without its reason.
[[nodiscard]] RunRecord parse_record(std::string_view text, std::string_view file);

/// to_json() into a file that appears whole or not at all (write_text_file_atomically).
void write_record(const std::filesystem::path& file, const RunRecord& record);
/// parse_record() of a file. Throws bad_input if it cannot be read.
[[nodiscard]] RunRecord read_record(const std::filesystem::path& file);

/// One row, as in the record's array `samples`, on one line without the line feed.
[[nodiscard]] std::string to_json_line(const SampleResult& sample);
/// Reads what to_json_line() wrote; `where` ("samples.jsonl, line 3") stands in messages.
[[nodiscard]] SampleResult parse_json_line(std::string_view line, std::string_view where);

/// The first line of samples.jsonl: {"schema": "mbench.samples/1", "identity": "..."}.
[[nodiscard]] std::string to_samples_header(std::string_view identity);
/// The identity in such a line.
[[nodiscard]] std::string parse_samples_header(std::string_view line, std::string_view where);

}  // namespace mbench::results
