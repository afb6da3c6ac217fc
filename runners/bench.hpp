#pragma once
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "core/device.hpp"
#include "results/bench_record.hpp"
#include "runners/memory.hpp"
#include "runners/timing.hpp"

namespace mbench::runners {

/// What is measured of each method.
struct BenchPlan {
  bool single_stream{true};
  bool offline{true};
  TimingSettings timing{};
};

/// Where a network computes.
struct NetworkPlace {
  Device device{};
  Precision precision{Precision::fp32};
};

/// Measures the peak of each device, precision and number of threads once.
class PeakFlops {
 public:
  [[nodiscard]] std::optional<double> of(const NetworkPlace& place, int threads);

 private:
  std::map<std::tuple<std::string, Precision, int>, std::optional<double>> known_{};
};

/// Measures one method. `memory` was made before the method, so that its weights count; `network`
/// is nothing for a method that is none. Throws what a sample throws, and Interrupted.
[[nodiscard]] results::BenchRow bench(const RunJob& job, const BenchPlan& plan,
                                      const PeakMemory& memory,
                                      const std::optional<NetworkPlace>& network, PeakFlops& peaks);

/// Measures several methods in one stream, in turn about each image. Their rows have no offline
/// part and no memory: both would be those of all of them together.
[[nodiscard]] std::vector<results::BenchRow> bench_in_turn(
    const std::vector<RunJob>& jobs, const BenchPlan& plan,
    const std::vector<std::optional<NetworkPlace>>& networks, PeakFlops& peaks);

/// Measures a method that does nothing: the harness itself.
[[nodiscard]] results::BenchRow bench_harness(const RunJob& like, const BenchPlan& plan);

}  // namespace mbench::runners
