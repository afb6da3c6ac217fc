#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/record.hpp"
#include "results/timing.hpp"

namespace mbench::results {

inline constexpr std::string_view kBenchSchema = "mbench.bench/1";

/// The state of the machine, which decides how far times can be believed.
struct MachineState {
  std::string governor{};  ///< of the first core's frequency; "" where it is not known
  /// Of the core that measured, right after each method: the lowest of these.
  std::optional<double> clock_mhz{};
  std::optional<double> load_average{};  ///< of the minute before the start
  /// Cores that other programs kept busy just before the start, and during the measurement.
  std::optional<double> others_before{}, others_during{};
};

struct BenchSettings {
  int warm_up{}, repeat{};
  int threads{};                     ///< of offline
  std::vector<std::string> modes{};  ///< "single-stream", "offline"
};

struct BenchInput {
  std::string dataset{};  ///< title
  std::size_t images{};
  std::string size{};                    ///< "800x800"; "" if they differ
  std::vector<std::string> protocols{};  ///< that `score` computes
};

/// One image at a time.
struct SingleStream {
  Distribution latency_s{}, cpu_s{};
  Named<Distribution> steps_s{};  ///< decode, prepare, transfer, infer, finish, score
  std::vector<double> repetitions_s{}, cpu_repetitions_s{};  ///< repetition_medians()
  double spread{}, cpu_spread{};                             ///< relative_spread() of these
  std::vector<ImageTimes> images{};
};

/// As many images at a time as there are threads.
struct Offline {
  int threads{};
  Throughput throughput{};
};

struct MemoryUse {
  std::int64_t host_before_bytes{};  ///< resident before the method was made
  std::int64_t host_peak_bytes{};
  /// The peak is that of this method alone, not of the process since its start.
  bool host_peak_is_own{};
  std::optional<std::int64_t> device_peak_bytes{};
};

struct Effort {
  std::optional<double> macs_per_image{};      ///< counted while the method ran on these images
  std::optional<double> peak_flops_thread{};   ///< measured: of a thread, or of the GPU
  std::optional<double> peak_flops_offline{};  ///< of all threads together, or of the GPU
};

/// What was measured of one method.
struct BenchRow {
  std::string label{};
  MethodInfo method{};
  std::optional<SingleStream> single_stream{};
  std::optional<Offline> offline{};
  std::optional<MemoryUse> memory{};  ///< nothing where several methods were measured in turn
  Effort effort{};
};

/// A method that could not be measured.
struct BenchFailure {
  std::string label{};
  SampleError error{};
};

/// How much longer the first of two methods takes.
struct Comparison {
  std::string first{}, second{};
  Ratio latency{}, cpu{};
};

/// Everything about one call of `mbench bench`: schema mbench.bench/1 (docs/benchmarking.md).
struct BenchRecord {
  Tool tool{};
  Environment environment{};
  MachineState machine{};
  std::string started{};
  double elapsed_s{};
  bool interrupted{};  ///< only what was finished before is here
  std::vector<std::string> command{};
  BenchSettings settings{};
  BenchInput input{};
  BenchRow harness{};  ///< of a method that does nothing: what measuring itself costs
  std::vector<BenchRow> methods{};
  std::vector<BenchFailure> failed{};
  std::optional<Comparison> comparison{};
};

/// The statistics of measured images, of which there is at least one: repeated_distribution().
[[nodiscard]] SingleStream single_stream(std::vector<ImageTimes> images);

/// The latency and the CPU time of two methods, measured in turn on the same images.
[[nodiscard]] Comparison compare(const BenchRow& first, const BenchRow& second);

/// 2 * MACs / seconds of `infer` / the measured peak of one thread or of the GPU, 0 to 1; nothing
/// where one of these is not known.
[[nodiscard]] std::optional<double> share_of_peak(const BenchRow& row);
/// 2 * MACs * images/s / the measured peak of all threads or of the GPU.
[[nodiscard]] std::optional<double> offline_share_of_peak(const BenchRow& row);

/// The file's text; keys in fixed order, shortest numbers that read back the same.
[[nodiscard]] std::string to_json(const BenchRecord& record);

/// to_json() into a file that appears whole or not at all.
void write_bench_record(const std::filesystem::path& file, const BenchRecord& record);

}  // namespace mbench::results
