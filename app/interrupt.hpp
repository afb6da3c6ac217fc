#pragma once
#include <atomic>

namespace mbench::app {

/// From now on the first SIGINT or SIGTERM asks for a clean end: it sets the flag that is returned,
/// and what is in flight finishes. The second ends the program at once.
[[nodiscard]] const std::atomic<bool>& watch_for_interrupt();

}  // namespace mbench::app
