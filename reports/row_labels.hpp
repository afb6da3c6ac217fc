#pragma once
#include <span>
#include <string>
#include <vector>

#include "results/record.hpp"

namespace mbench::reports {

/// How tables call each record's method: its title (or id); where several records share a title,
/// followed by what tells them apart, e.g. "Closed-form (lambda=10)": method id, options, weights,
/// precision, device. Records on one data set that nothing tells apart are numbered: "KNN #1".
[[nodiscard]] std::vector<std::string> row_labels(std::span<const results::RunRecord> records);

}  // namespace mbench::reports
