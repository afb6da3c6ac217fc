#pragma once
#include <string>
#include <string_view>

#include "metrics/protocol.hpp"

namespace mbench::metrics {

/// The formula of one column of a protocol as it is printed there: with its own region, divisor and
/// unit, "1/10 * sum_i (|grad p|_i - |grad t|_i)^2".
[[nodiscard]] std::string formula_of_column(const Protocol& protocol, std::string_view column_id);

/// How many digits after the point tables print of that column: those of its metric, but 4 for the
/// means of metrics that other protocols print as sums (Grad and Conn of `instmatt`).
[[nodiscard]] int decimals_of_column(const Protocol& protocol, std::string_view column_id);

}  // namespace mbench::metrics
