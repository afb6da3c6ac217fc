#pragma once
#include "reports/table.hpp"

namespace mbench::testing {

/// sad (10^3, 2 digits), mse (4 digits), iou (4 digits, higher is better) of any protocol, which is
/// called by its id with "/1".
[[nodiscard]] reports::ColumnStyle example_style(std::string_view protocol,
                                                 std::string_view column);

/// Three methods on one data set under one protocol.
[[nodiscard]] reports::Table plain_table();

/// Two data sets, two protocols, several trimaps, failed, degenerate and undefined samples, a run
/// without truth, and names full of characters that mean something to LaTeX, Markdown and CSV.
[[nodiscard]] reports::Table full_table();

}  // namespace mbench::testing
