#pragma once
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace mbench::app {

enum class Verbosity { quiet, normal, verbose };

/// What -q and -v ask for; -q wins.
[[nodiscard]] constexpr Verbosity verbosity(bool quiet, bool verbose) {
  if (quiet) return Verbosity::quiet;
  return verbose ? Verbosity::verbose : Verbosity::normal;
}

/// How far a run is: a bar with rate and remaining time on stderr if that is a terminal, one line
/// per sample with -v, nothing with -q. To be called from one thread at a time.
class ProgressBar {
 public:
  ProgressBar(std::string title, std::size_t total, Verbosity verbosity);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// `done` of the total are finished, `resumed` of them in an earlier run (they do not count for
  /// the rate); `last` is what the newest one is called and became.
  void show(std::size_t done, std::size_t resumed, std::size_t failed, std::string_view last);

 private:
  void draw(std::size_t done, std::size_t resumed, std::size_t failed);
  void clear();

  std::string title_;
  std::size_t total_;
  Verbosity verbosity_;
  bool on_terminal_;
  bool drawn_{false};
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point last_drawn_{};
};

/// Seconds for people: "7 s", "3 min 20 s", "2 h 05 min".
[[nodiscard]] std::string format_duration(double seconds);

}  // namespace mbench::app
