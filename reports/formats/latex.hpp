#pragma once
#include <string>

#include "reports/table.hpp"

namespace mbench::reports {

/// A table environment for a document that loads booktabs: best means \textbf, second-best
/// \underline, notes below the rules. A comment names the protocols with their versions.
[[nodiscard]] std::string format_latex(const Table& table);

}  // namespace mbench::reports
