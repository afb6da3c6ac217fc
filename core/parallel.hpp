#pragma once
#include <cstddef>
#include <functional>

namespace mbench {

/// Number of threads that `threads` asks for: 0 means all cores of this machine; at least 1.
[[nodiscard]] int resolve_threads(int threads);

/// Calls body(0) ... body(count - 1), each once, on at most `threads` threads (0 = all cores);
/// indices are handed out in ascending order. With one thread it is a plain loop. The first
/// exception is rethrown after the calls in flight have returned; no further index is started.
/// The body must not depend on the order or on the thread. No more than `threads` calls are in
/// flight at any time, so what one call holds in memory is bounded.
void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t)>& body);

}  // namespace mbench
