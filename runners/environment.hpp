#pragma once
#include "results/record.hpp"

namespace mbench::runners {

/// This build, as records name it.
[[nodiscard]] results::Tool tool();

/// This machine: host, operating system, processor, cores, the libraries at work. `threads` is the
/// number that the run uses.
[[nodiscard]] results::Environment environment(int threads);

/// The time now: "2026-03-01T12:34:56Z".
[[nodiscard]] std::string utc_now();

}  // namespace mbench::runners
