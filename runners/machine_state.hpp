#pragma once
#include <optional>
#include <string>

#include "results/bench_record.hpp"

namespace mbench::runners {

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

/// The state of the machine before a measurement. Takes a third of a second, in which this process
/// sleeps and watches the others. Leaves `others_during` empty.
[[nodiscard]] results::MachineState machine_state();

/// Why times of this machine are not to be believed; "" if nothing speaks against it. Other
/// programs may keep a twentieth of the cores busy.
[[nodiscard]] std::string why_not_quiet(const results::MachineState& machine, int cores);

}  // namespace mbench::runners
