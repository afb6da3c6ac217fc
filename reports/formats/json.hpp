#pragma once
#include <string>

#include "reports/table.hpp"

namespace mbench::reports {

/// An array with one object per row, whose keys are the columns of format_csv(); numbers in full
/// precision, missing and undefined means null. `undefined` is an object of counts; `marks` (column
/// -> "best" or "second") and `notes` are there where they hold something.
[[nodiscard]] std::string format_json(const Table& table);

}  // namespace mbench::reports
