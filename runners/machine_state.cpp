#include "runners/machine_state.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>

#include <fmt/core.h>

namespace mbench::runners {
namespace {

double seconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// CPU seconds of all programs since the machine started.
std::optional<double> all_cpu_s() {
  std::ifstream stream{"/proc/stat"};
  std::string label;
  double user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, soft = 0;
  stream >> label >> user >> nice >> system >> idle >> waiting >> interrupts >> soft;
  if (!stream || label != "cpu") return {};
  return (user + nice + system + interrupts + soft) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::string first_line(const char* file) {
  std::ifstream stream{file};
  std::string line;
  std::getline(stream, line);
  return line;
}

std::optional<double> clock_mhz() {
  std::ifstream stream{"/proc/cpuinfo"};
  for (std::string line; std::getline(stream, line);) {
    const auto colon = line.find(": ");
    if (!line.starts_with("cpu MHz") || colon == std::string::npos) continue;
    double mhz = 0.0;
    if (std::istringstream{line.substr(colon + 2)} >> mhz) return mhz;
  }
  return {};
}

std::optional<double> load_average() {
  std::ifstream stream{"/proc/loadavg"};
  double load = 0.0;
  return stream >> load ? std::optional{load} : std::nullopt;
}

}  // namespace

OtherPrograms::OtherPrograms()
    : began_s_{seconds_of(CLOCK_MONOTONIC)},
      all_s_{all_cpu_s()},
      own_s_{seconds_of(CLOCK_PROCESS_CPUTIME_ID)} {}

std::optional<double> OtherPrograms::cores_busy() const {
  const std::optional<double> all_s = all_cpu_s();
  const double elapsed_s = seconds_of(CLOCK_MONOTONIC) - began_s_;
  if (!all_s || !all_s_ || elapsed_s <= 0.0) return {};
  const double own_s = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - own_s_;
  return std::max(0.0, (*all_s - *all_s_ - own_s) / elapsed_s);  // the system counts in ticks
}

results::MachineState machine_state() {
  const OtherPrograms others;
  std::this_thread::sleep_for(std::chrono::milliseconds{333});
  return {.governor = first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
          .clock_mhz = clock_mhz(),
          .load_average = load_average(),
          .others_before = others.cores_busy()};
}

std::string why_not_quiet(const results::MachineState& machine, int cores) {
  const auto too_much = [&](const std::optional<double>& busy) {
    return busy && *busy > 0.05 * cores;
  };
  std::string reason;
  if (too_much(machine.others_during)) {
    reason = fmt::format("other programs used {:.2f} of {} cores during the measurement",
                         *machine.others_during, cores);
  } else if (too_much(machine.others_before)) {
    reason = fmt::format("other programs used {:.2f} of {} cores before the measurement",
                         *machine.others_before, cores);
  }
  if (!machine.governor.empty() && machine.governor != "performance") {
    reason += fmt::format("{}the frequency of the cores is left to the governor '{}'",
                          reason.empty() ? "" : ", and ", machine.governor);
  }
  return reason;
}

}  // namespace mbench::runners
