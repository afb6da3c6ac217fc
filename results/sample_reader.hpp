#pragma once
#include "core/json_reader.hpp"
#include "results/record.hpp"

namespace mbench::results {

/// One row of a record: an element of `samples`, or a line of samples.jsonl. Throws bad_input for a
/// key that is missing or unknown, a wrong type, and a null score without its reason.
[[nodiscard]] SampleResult read_sample(const JsonNode& node);

}  // namespace mbench::results
