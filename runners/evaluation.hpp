#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "core/trimap.hpp"
#include "imaging/io.hpp"
#include "metrics/protocol.hpp"
#include "results/record.hpp"
#include "runners/eval_pairs.hpp"
#include "runners/runner.hpp"

namespace mbench::runners {

struct EvalSettings {
  std::vector<const metrics::Protocol*> protocols{};
  imaging::TrimapLevels trimap_levels{};
  /// Where the trimaps to compare with are not stored, but made from mattes: EvalPair::trimap names
  /// the matte.
  std::function<Trimap(const EvalPair&)> make_trimap{};
  int threads{};                      ///< pairs (of sequences: clips) at a time; 0 = all cores
  bool allow_missing{false};          ///< a missing prediction is a failed row instead of an error
  results::MethodInfo method_info{};  ///< what the record says of the predictions
  results::DatasetInfo dataset_info{};  ///< id and title; the rest is filled in
  std::vector<std::string> command{};
  const std::atomic<bool>* interrupted{};           ///< once true, no further pair begins
  std::function<void(const Progress&)> progress{};  ///< counts pairs, of sequences: clips
};

/// Scores ready mattes. Before the first is decoded everything is checked that headers tell: all
/// problems (pairing, missing files, sizes) are thrown at once as one bad_input. Trimaps of other
/// levels than `trimap_levels` are found when they are decoded to be scored: the scores are then
/// dropped, and all such trimaps are thrown as one bad_input. A file that turns out to be damaged
/// is a failed row. What mattes are scored in spite of is among the outcome's warnings, once per
/// file. A clip is one task: its frames are decoded once each, in order, and two are held at a
/// time. The record says which protocols average sequences otherwise than over frames.
[[nodiscard]] RunOutcome evaluate(const EvalPairs& pairs, const EvalSettings& settings);

}  // namespace mbench::runners
