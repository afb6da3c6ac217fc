#pragma once
#include <string>

#include "reports/table.hpp"

namespace mbench::reports {

/// RFC 4180 (lines end in CR LF), numbers in full precision. Columns are always: method, method_id,
/// dataset, dataset_id, trimap, one per column of the table ("dim-matlab.sad"), samples, failed,
/// degenerate, undefined. A missing mean is an empty field, an undefined one is NA; `undefined`
/// counts samples with undefined scores: "dim-matlab.mse=2;aim.mse=1". A mixed table has `protocol`
/// after trimap, and columns like "sad".
[[nodiscard]] std::string format_csv(const Table& table);

}  // namespace mbench::reports
