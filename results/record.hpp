#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/averaging.hpp"
#include "core/error.hpp"
#include "core/sample.hpp"
#include "core/score.hpp"
#include "core/size.hpp"

namespace mbench::results {

template <typename T>
using Named = std::vector<std::pair<std::string, T>>;  ///< ordered, unlike a map

/// Scores of one sample: protocol -> column -> score, in the order of the protocols' columns.
using Scores = Named<Named<Score>>;

struct Tool {
  std::string name{}, version{}, commit{}, compiler{}, build_type{};
};

struct Environment {
  std::string host{}, os{}, cpu{};
  int cores{};
  int threads{};
  std::string gpu{};  ///< "" if none was used
  Named<std::string> libraries{};
};

struct WeightsFile {
  std::string file{}, sha256{};
};

struct MethodInfo {
  std::string id{}, title{};
  Named<std::string> options{};  ///< all that have a value, defaults included
  std::optional<WeightsFile> weights{};
  std::optional<std::int64_t> parameters{}, macs{};
  std::string macs_input{};  ///< "800x800"; "" if macs is absent
  std::string precision{}, device{};
};

struct DatasetInfo {
  std::string id{}, title{};
  std::size_t samples{};
  std::string manifest_sha256{};
};

enum class Status { ok, failed };

struct SampleError {
  std::string kind{};
  ErrorParts parts{};
};

/// One row: what became of one sample.
struct SampleResult {
  std::string id{};
  Size size{};  ///< 0x0 if the sample could not be read
  Tags tags{};
  Status status{Status::ok};
  Scores scores{};                     ///< empty if the data set has no truth
  std::string degenerate{};            ///< reason, "" for most samples
  Named<double> times_s{};             ///< decode, prepare, infer, finish, score
  Named<std::string> sha256{};         ///< truth, pred: of the files
  std::optional<SampleError> error{};  ///< of a failed sample
};

/// Statistics over the samples of one column. What a count does not support is 0 here and null in
/// the record: everything for n = 0, `std` and `ci95` for n = 1. Definitions: results/summary.hpp.
struct ColumnSummary {
  std::size_t n{};          ///< samples with a defined score
  std::size_t undefined{};  ///< samples whose score is undefined; they are in no other number
  double mean{}, std{};     ///< std: of the sample, divisor n - 1
  double ci95_low{}, ci95_high{};
  double min{}, max{}, p50{}, p90{};
};

/// Mean over the samples of a group; for n = 0 (all undefined) it is null in the record.
struct GroupMean {
  double mean{};
  std::size_t n{};
};

/// Everything about one method on one data set: schema mbench.record/1 of the command line's
/// documentation.
struct RunRecord {
  Tool tool{};
  Environment environment{};
  std::string started{};  ///< ISO 8601, UTC
  double elapsed_s{};
  std::vector<std::string> command{};
  MethodInfo method{};
  DatasetInfo dataset{};
  std::vector<std::string> protocols{};
  Named<int> protocol_versions{};  ///< of each protocol; empty in records older than the key
  Named<Averaging> averaging{};    ///< of sequences: the protocols that do not average over samples
  std::vector<SampleResult> samples{};  ///< in manifest order
  /// protocol -> column; columns that no sample has are absent
  Named<Named<ColumnSummary>> means{};
  /// tag -> value -> protocol -> column
  Named<Named<Named<Named<GroupMean>>>> groups{};
  std::size_t ok{}, failed{}, degenerate{};
};

}  // namespace mbench::results
