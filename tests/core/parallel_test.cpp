#include "core/parallel.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/support/catch.hpp"

using namespace mbench;

TEST_CASE("every index is visited once, whatever the number of threads", "[core][parallel]") {
  const int threads = GENERATE(1, 2, 8);
  std::vector<std::atomic<int>> visits(1000);
  parallel_for(visits.size(), threads, [&](std::size_t i) { ++visits[i]; });
  for (const auto& count : visits) REQUIRE(count == 1);
}

TEST_CASE("no more calls are in flight than threads were asked for", "[core][parallel]") {
  const int threads = GENERATE(1, 2, 3);
  std::atomic<int> in_flight{0};
  std::atomic<int> most{0};
  parallel_for(200, threads, [&](std::size_t) {
    const int now = ++in_flight;
    int seen = most.load();
    while (now > seen && !most.compare_exchange_weak(seen, now)) {
    }
    --in_flight;
  });
  CHECK(most >= 1);
  CHECK(most <= threads);
}

TEST_CASE("an exception reaches the caller and stops what has not begun", "[core][parallel]") {
  const int threads = GENERATE(1, 2, 4);
  std::atomic<int> calls{0};
  std::atomic<bool> thrown{false};
  CHECK_THROWS_WITH(parallel_for(100000, threads,
                                 [&](std::size_t i) {
                                   ++calls;
                                   if (i == 5) {
                                     thrown = true;
                                     throw std::runtime_error{"sample 5"};
                                   }
                                   // Calls beside it are slow, so that they cannot outrun it.
                                   while (i > 5 && !thrown) std::this_thread::yield();
                                   if (i > 5)
                                     std::this_thread::sleep_for(std::chrono::milliseconds{1});
                                 }),
                    "sample 5");
  CHECK(calls < 100000);
}

TEST_CASE("an empty range calls nothing", "[core][parallel]") {
  bool called = false;
  parallel_for(0, 4, [&](std::size_t) { called = true; });
  CHECK_FALSE(called);
}

TEST_CASE("0 threads means all cores, and there is at least one", "[core][parallel]") {
  CHECK(resolve_threads(0) >= 1);
  CHECK(resolve_threads(3) == 3);
}
