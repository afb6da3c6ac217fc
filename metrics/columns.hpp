#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "metrics/metric.hpp"
#include "metrics/protocol.hpp"

namespace mbench::metrics {

// What tables and lists say of the columns of a protocol.

/// Throws usage for an unknown id, with the nearest one, as all that take an id do.
[[nodiscard]] const ScoreColumn& find_column(const Protocol& protocol, std::string_view column_id);

/// The metric behind a column of a protocol: "sad_trimap" -> sad.
[[nodiscard]] const Metric& metric_of_column(const Protocol& protocol, std::string_view column_id);
/// The unit in which a protocol prints that column: "10^3" for sums in thousands, "10^-3" for means
/// times 1000, "" for a plain number.
[[nodiscard]] std::string unit_of_column(const Protocol& protocol, std::string_view column_id);
/// The ids of a protocol's columns, in order: "sad", "mse", "grad", "conn". A column of sequences
/// (dtssd) is among them.
[[nodiscard]] std::vector<std::string_view> column_ids(const Protocol& protocol);

}  // namespace mbench::metrics
