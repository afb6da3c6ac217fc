#pragma once

namespace mbench::runners {

/// Seconds of CPU time that this process has used so far, all its threads included, and the
/// programs that it has started and waited for. A program counts when it has ended, all at once.
[[nodiscard]] double own_cpu_s();

}  // namespace mbench::runners
