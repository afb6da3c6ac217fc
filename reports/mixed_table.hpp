#pragma once
#include <span>

#include "reports/table.hpp"

namespace mbench::reports {

/// The table of --mixed: one row per method and protocol, and columns that protocols share where
/// they have one id, title and unit ("sad" in thousands). Row::protocol names each row's protocol,
/// columns name none; rows of one protocol and the same samples form a block, so that best and
/// second-best are given among rows of one protocol alone. Notes tell the protocols' titles. A
/// record has no row for a protocol that it was not scored under. Columns of one metric stand
/// together. A column whose unit is not 1 has it in its id, "sad (10^3)", so that a key of CSV and
/// JSON means one unit in every table.
[[nodiscard]] Table make_mixed_table(std::span<const results::RunRecord> records,
                                     const ColumnStyles& styles);

}  // namespace mbench::reports
