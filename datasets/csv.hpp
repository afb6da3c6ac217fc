#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::datasets {

using CsvRow = std::vector<std::string>;

/// Reads comma-separated text as RFC 4180 has it: fields in double quotes may hold commas, line
/// ends and doubled quotes; lines end with LF or CRLF, the last one with or without. A byte order
/// mark is skipped; an empty line is a row of one empty field. Throws bad_input, naming the line,
/// for a quote that is never closed, or text after a closing quote.
[[nodiscard]] std::vector<CsvRow> parse_csv(std::string_view text);

/// One field as parse_csv reads it back: in quotes only where it must be.
[[nodiscard]] std::string csv_field(std::string_view text);

/// The bytes of a text file. Throws bad_input if it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// Writes a text file by an atomic rename, making the folders above it. Throws internal if it
/// cannot.
void write_file(const std::filesystem::path& file, std::string_view text);

}  // namespace mbench::datasets
