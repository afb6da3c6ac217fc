#include "runners/machine_state.hpp"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include <fmt/core.h>

#include "runners/cpu_time.hpp"

namespace mbench::runners {
namespace {

std::string first_line(const char* file) {
  std::ifstream stream{file};
  std::string line;
  std::getline(stream, line);
  return line;
}

double steady_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// CPU seconds of all programs since the machine started.
std::optional<double> all_cpu_s() {
  const std::optional<double> ticks = busy_ticks(first_line("/proc/stat"));
  if (!ticks) return {};
  return *ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Clock of a core in MHz.
std::optional<double> clock_mhz(int core) {
  std::ifstream stream{"/proc/cpuinfo"};
  bool is_it = false;
  for (std::string line; std::getline(stream, line);) {
    const auto colon = line.find(": ");
    if (colon == std::string::npos) continue;
    std::istringstream value{line.substr(colon + 2)};
    int number = -1;
    if (line.starts_with("processor")) is_it = value >> number && number == core;
    double mhz = 0.0;
    if (is_it && line.starts_with("cpu MHz") && value >> mhz) return mhz;
  }
  return {};
}

std::optional<double> load_average() {
  std::ifstream stream{"/proc/loadavg"};
  double load = 0.0;
  return stream >> load ? std::optional{load} : std::nullopt;
}

}  // namespace

std::optional<double> busy_ticks(const std::string& line) {
  std::istringstream stream{line};
  std::string label;
  double user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, soft = 0,
         stolen = 0;
  stream >> label >> user >> nice >> system >> idle >> waiting >> interrupts >> soft >> stolen;
  if (!stream || label != "cpu") return {};
  return user + nice + system + interrupts + soft + stolen;
}

OtherPrograms::OtherPrograms() : began_s_{steady_s()}, all_s_{all_cpu_s()}, own_s_{own_cpu_s()} {}

std::optional<double> OtherPrograms::cores_busy() const {
  const std::optional<double> all_s = all_cpu_s();
  const double elapsed_s = steady_s() - began_s_;
  if (!all_s || !all_s_ || elapsed_s <= 0.0) return {};
  const double own_s = own_cpu_s() - own_s_;
  return std::max(0.0, (*all_s - *all_s_ - own_s) / elapsed_s);  // the system counts in ticks
}

void BusyClock::look() {
  const std::optional<double> mhz = clock_mhz(sched_getcpu());
  if (mhz) lowest_mhz_ = std::min(*mhz, lowest_mhz_.value_or(*mhz));
}

results::MachineState machine_state() {
  const OtherPrograms others;
  std::this_thread::sleep_for(std::chrono::milliseconds{333});
  return {.governor = first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
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
