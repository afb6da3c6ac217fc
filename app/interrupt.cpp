#include "app/interrupt.hpp"

#include <csignal>

#include "baselines/command/program.hpp"

namespace mbench::app {
namespace {

std::atomic<bool> interrupted{false};  // written by a signal handler: cannot live elsewhere
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_signal(int signal) {
  const bool again = interrupted.exchange(true);  // before a program's end can be seen
  baselines::stop_programs();
  if (again) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

const std::atomic<bool>& watch_for_interrupt() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  return interrupted;
}

}  // namespace mbench::app
