#pragma once
#include <optional>
#include <string>

#include "results/bench_record.hpp"

namespace mbench::runners {

/// Ticks in which the cores were busy, from the first line of /proc/stat: of all programs, of the
/// system, and those that the host of a virtual machine took for others ("steal"). Nothing if the
/// line is not of that form.
[[nodiscard]] std::optional<double> busy_ticks(const std::string& line);

/// Watches how many cores other programs keep busy, from when it is made.
class OtherPrograms {
 public:
  OtherPrograms();
  /// Cores that others kept busy on average since then; nothing where the system does not tell.
  [[nodiscard]] std::optional<double> cores_busy() const;

 private:
  double began_s_;
  std::optional<double> all_s_;  ///< CPU time of all programs
  double own_s_;
};

/// Remembers the lowest clock that was seen. An idle core's clock says nothing: look() is to be
/// called right after work, by the thread that did it.
class BusyClock {
 public:
  /// Reads the clock of the core that this thread is on; nothing where the system does not tell.
  void look();
  [[nodiscard]] std::optional<double> lowest_mhz() const { return lowest_mhz_; }

 private:
  std::optional<double> lowest_mhz_{};
};

/// The state of the machine before a measurement. Takes a third of a second, in which this process
/// sleeps and watches the others. Leaves `others_during` and `clock_mhz` empty.
[[nodiscard]] results::MachineState machine_state();

/// Why times of this machine are not to be believed; "" if nothing speaks against it. Other
/// programs may keep a twentieth of the cores busy.
[[nodiscard]] std::string why_not_quiet(const results::MachineState& machine, int cores);

}  // namespace mbench::runners
