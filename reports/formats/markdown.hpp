#pragma once
#include <string>

#include "reports/formats/text_table.hpp"
#include "reports/table.hpp"

namespace mbench::reports {

/// A pipe table (GitHub flavour): best means **bold**, second-best <u>underlined</u>; notes below.
[[nodiscard]] std::string format_markdown(const Table& table);
/// The same of any table of texts.
[[nodiscard]] std::string format_markdown(const TextTable& table);

}  // namespace mbench::reports
