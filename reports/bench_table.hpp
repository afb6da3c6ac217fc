#pragma once
#include <string>
#include <vector>

#include "reports/formats/text_table.hpp"
#include "results/bench_record.hpp"

namespace mbench::reports {

/// The tables for people, one row per method and the harness itself last: what one image takes
/// step by step, what all threads reach together, and what it costs. Tables that would be empty
/// (offline was not measured) are left out; the last one has the notes.
[[nodiscard]] std::vector<TextTable> bench_tables(const results::BenchRecord& record);

/// RFC 4180, one line per method and one for the harness, seconds and bytes in full precision; what
/// was not measured is an empty field.
[[nodiscard]] std::string format_bench_csv(const results::BenchRecord& record);

}  // namespace mbench::reports
