#pragma once
#include <string>

#include "reports/table.hpp"

namespace mbench::reports {

/// A pipe table (GitHub flavour): best means **bold**, second-best <u>underlined</u>; notes below.
[[nodiscard]] std::string format_markdown(const Table& table);

}  // namespace mbench::reports
