#include "app/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include <fmt/core.h>

namespace mbench::app {
namespace {

constexpr int kBarWidth = 24;
constexpr std::chrono::milliseconds kRedrawInterval{100};

}  // namespace

std::string format_duration(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

ProgressBar::ProgressBar(std::string title, std::size_t total, Verbosity verbosity)
    : title_{std::move(title)},
      total_{total},
      verbosity_{verbosity},
      on_terminal_{verbosity != Verbosity::quiet && isatty(STDERR_FILENO) == 1},
      started_{std::chrono::steady_clock::now()} {}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::show(std::size_t done, std::size_t resumed, std::size_t failed,
                       std::string_view last) {
  if (verbosity_ == Verbosity::verbose && !last.empty()) {
    clear();
    fmt::print(stderr, "[{}/{}] {}\n", done, total_, last);
  }
  const auto now = std::chrono::steady_clock::now();
  if (on_terminal_ && (now - last_drawn_ >= kRedrawInterval || done == total_)) {
    draw(done, resumed, failed);
    last_drawn_ = now;
  }
}

void ProgressBar::draw(std::size_t done, std::size_t resumed, std::size_t failed) {
  const double elapsed_s =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  const std::size_t fresh = done - std::min(done, resumed);
  const double rate = elapsed_s > 0 ? static_cast<double>(fresh) / elapsed_s : 0.0;
  const int filled =
      total_ == 0 ? kBarWidth : static_cast<int>(done * std::size_t{kBarWidth} / total_);

  std::string line =
      fmt::format("\r\033[K{} [{:<{}}] {}/{}", title_,
                  std::string(static_cast<std::size_t>(filled), '#'), kBarWidth, done, total_);
  if (fresh > 0 && done < total_) {
    line += fmt::format("  {:.2f}/s, {} left", rate,
                        format_duration(static_cast<double>(total_ - done) / rate));
  }
  if (failed > 0) line += fmt::format("  {} failed", failed);
  fmt::print(stderr, "{}", line);
  std::fflush(stderr);
  drawn_ = true;
}

void ProgressBar::clear() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace mbench::app
