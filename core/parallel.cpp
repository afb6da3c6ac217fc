#include "core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#ifdef MBENCH_PARALLEL_STD_THREAD
#include <vector>
#else
#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#endif

namespace mbench {
namespace {

/// Runs `worker` on `workers` threads, one of them the caller's, and waits for all.
/// oneTBB as Debian ships it is not instrumented for ThreadSanitizer, which then reports its
/// internals; the tsan build therefore uses std::thread.
#ifdef MBENCH_PARALLEL_STD_THREAD
void run_on_threads(int workers, const std::function<void()>& worker) {
  std::vector<std::jthread> threads;
  for (int i = 1; i < workers; ++i) threads.emplace_back(worker);
  worker();
}
#else
void run_on_threads(int workers, const std::function<void()>& worker) {
  const tbb::global_control limit{tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(workers)};
  tbb::task_arena arena{workers};
  arena.execute([&] {
    tbb::task_group group;
    for (int i = 1; i < workers; ++i) group.run(worker);
    worker();
    group.wait();
  });
}
#endif

}  // namespace

int resolve_threads(int threads) {
  if (threads > 0) return threads;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  const int workers =
      static_cast<int>(std::min(count, static_cast<std::size_t>(resolve_threads(threads))));
  if (workers <= 1) {
    for (std::size_t i = 0; i < count; ++i) body(i);
    return;
  }

  std::atomic<std::size_t> next{0};
  std::mutex failure_mutex;
  std::exception_ptr failure;
  run_on_threads(workers, [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        body(i);
      } catch (...) {
        const std::lock_guard lock{failure_mutex};
        if (!failure) failure = std::current_exception();
        next = count;
      }
    }
  });
  if (failure) std::rethrow_exception(failure);
}

}  // namespace mbench
