#pragma once
#include <span>

#include "metrics/protocol.hpp"
#include "metrics/switches.hpp"

namespace mbench::testing {

/// Rows for evaluation programs that are in the golden values but not in all_protocols(): they show
/// that every switch does what the program that has it does.
[[nodiscard]] std::span<const metrics::Protocol> further_rows();

}  // namespace mbench::testing
