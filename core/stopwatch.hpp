#pragma once
#include <chrono>
#include <utility>

namespace mbench {

/// Wall-clock time since it was made, and between two laps, in seconds.
class Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const { return seconds(Clock::now() - started_); }

  /// Seconds since the last lap (or the start), and begins the next.
  [[nodiscard]] double lap() {
    const Clock::time_point now = Clock::now();
    return seconds(now - std::exchange(lap_, now));
  }

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] static double seconds(Clock::duration duration) {
    return std::chrono::duration<double>(duration).count();
  }

  Clock::time_point started_{Clock::now()};
  Clock::time_point lap_{started_};
};

}  // namespace mbench
