#pragma once
#include <string>

#include "reports/formats/text_table.hpp"
#include "reports/table.hpp"

namespace mbench::reports {

/// Should the text hold escape sequences of terminals?
enum class Emphasis { none, terminal };

/// Aligned UTF-8 text: best means bold and second-best underlined if asked for by `emphasis`.
/// Control characters in names are shown as '?', so that no name can drive the terminal.
[[nodiscard]] std::string format_console(const Table& table, Emphasis emphasis);
/// The same of any table of texts.
[[nodiscard]] std::string format_console(const TextTable& table, Emphasis emphasis);

}  // namespace mbench::reports
