#pragma once
#include <string>
#include <vector>

#include "selftest/report.hpp"

namespace mbench::app {

/// Aligned text with a line per row; the last line says how many comparisons, how many broken.
[[nodiscard]] std::string selftest_table(const std::vector<selftest::Report>& reports);

/// One object: version, totals, and all rows of all families.
[[nodiscard]] std::string selftest_json(const std::vector<selftest::Report>& reports);

/// A page with a line per group and item, the two references side by side: docs/calibration.md.
[[nodiscard]] std::string selftest_markdown(const std::vector<selftest::Report>& reports);

}  // namespace mbench::app
