#pragma once
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

}  // namespace mbench::datasets
