#pragma once
#include <span>

#include "core/error.hpp"
#include "datasets/dataset.hpp"

namespace mbench::runners {

/// One error for many problems, so that all are seen at once: each with its file and what is wrong.
[[nodiscard]] Error combined_error(std::span<const datasets::Problem> problems);

}  // namespace mbench::runners
