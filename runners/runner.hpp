#pragma once
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "baselines/method.hpp"
#include "datasets/dataset.hpp"
#include "metrics/protocol.hpp"
#include "results/record.hpp"
#include "runners/run_folder.hpp"
#include "runners/segmentation_source.hpp"

namespace mbench::runners {

/// What is run: one method on the samples of one data set, scored under some protocols.
struct RunJob {
  const baselines::Method& method;
  baselines::Needs needs{};
  bool gives_trimap{};                ///< the method finds trimaps, so that they can be scored
  results::MethodInfo method_info{};  ///< as the record holds it
  const datasets::Dataset& dataset;   ///< its samples are those that are run, in this order
  std::string manifest_sha256{};      ///< of these samples (datasets/manifest.hpp)
  std::vector<const metrics::Protocol*> protocols{};
  SegmentationSource segmentation{};  ///< for a method that needs segmentations
};

/// How far a run is. Calls come one at a time.
struct Progress {
  std::size_t done{};     ///< samples finished, those of an earlier run included
  std::size_t resumed{};  ///< of these, taken over from an earlier run
  std::size_t failed{};
  const results::SampleResult* last{};  ///< null in the first call, before any sample
};

struct RunSettings {
  std::filesystem::path folder{};  ///< record.json, samples.jsonl, mattes/ ... go here
  int threads{};                   ///< samples or clips at a time; 0 = all cores
  Existing existing{Existing::resume_unfinished};
  bool keep_mattes{true};
  Depth matte_depth{Depth::u8};  ///< to which float mattes are rounded before they are scored
  bool strict{false};            ///< stop at the first sample that fails
  std::vector<std::string> command{};
  const std::atomic<bool>* interrupted{};  ///< once true, no further sample is computed
  std::function<void(const Progress&)> progress{};
};

struct RunOutcome {
  results::RunRecord record{};  ///< holds the finished samples; complete unless interrupted
  std::vector<datasets::Problem> warnings{};  ///< of evaluate(), in the order of its pairs
  bool interrupted{false};                    ///< samples are left; the folder can be resumed
  bool taken_over{false};                     ///< the record was there already; nothing was run
};

/// Runs the method on every sample and scores its mattes. A matte is scored as it is saved: floats
/// are rounded to `matte_depth` first, so that scoring the saved files gives the same numbers.
/// Trimaps that the method finds are saved beside them, and scored against the sample's by
/// protocols of trimaps; foregrounds and backgrounds are saved in 8 bits. The frames of a clip
/// (group_by_clip()) are run in order on one thread and scored as a sequence; a method that
/// remembers sees them with its memory, from the first frame on even where an earlier run finished
/// some. Where segmentations come from stands among the method's options. A sample that fails
/// becomes a failed row. Every finished sample is appended to samples.jsonl at once; the record
/// appears by atomic rename when all are finished. Apart from times, host, paths and dates the
/// record does not depend on threads or interruptions. Throws usage if the folder holds results of
/// another identity, or finished ones (see Existing); bad_input if the data set lacks what the
/// method or a protocol needs; with `strict` the first failure of a sample.
[[nodiscard]] RunOutcome run(const RunJob& job, const RunSettings& settings);

/// Throws bad_input if the data set lacks what the method or a protocol needs, usage if a protocol
/// scores trimaps and the method finds none.
void require_inputs(const RunJob& job);

/// Throws what run() would throw before its first sample; changes nothing.
void require_runnable(const RunJob& job, const RunSettings& settings);

/// SHA-256 of everything that decides the record: method with options, weights and stored mattes,
/// data set manifest, the samples run with their tags, versions of the protocols, depth of the
/// mattes.
[[nodiscard]] std::string run_identity(const RunJob& job, const RunSettings& settings);

}  // namespace mbench::runners
