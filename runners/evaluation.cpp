#include "runners/evaluation.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "core/parallel.hpp"
#include "core/sha256.hpp"
#include "core/stopwatch.hpp"
#include "results/summary.hpp"
#include "runners/environment.hpp"
#include "runners/matte_warnings.hpp"
#include "runners/pair_check.hpp"
#include "runners/problem_list.hpp"
#include "runners/scoring.hpp"

namespace mbench::runners {
namespace {

namespace fs = std::filesystem;
using datasets::Problem;

/// The mattes of a pair; a frame leaves them to the next one of its clip.
struct PairMattes {
  std::optional<Matte> truth{};
  std::optional<Matte> predicted{};
};

bool looks_at_trimaps(const EvalSettings& settings) {
  return std::ranges::any_of(settings.protocols, [](const metrics::Protocol* protocol) {
    return protocol->needs != metrics::ProtocolNeeds::mattes;
  });
}

/// One pair: decode, score. `frame` says of a frame what came before it.
PairMattes score_pair(const EvalPair& pair, const EvalSettings& settings,
                      const std::optional<metrics::SequenceFrame>& frame,
                      results::SampleResult& row, std::vector<Problem>& warnings) {
  Stopwatch watch;
  PairMattes mattes;
  auto& [truth, predicted] = mattes;
  std::optional<Trimap> trimap, predicted_trimap;
  metrics::ScoreInput input{.frame = frame};
  const auto read = [&](const fs::path& file, std::string_view role) {
    imaging::MatteFile matte = imaging::read_matte_file(file);
    std::ranges::move(matte_warnings(matte, role, file), std::back_inserter(warnings));
    return std::move(matte.matte);
  };
  if (!pair.truth.empty()) input.truth = truth.emplace(read(pair.truth, "ground truth")).view();
  if (!pair.predicted.empty()) {
    input.predicted = predicted.emplace(read(pair.predicted, "prediction")).view();
  }
  if (!pair.trimap.empty() && looks_at_trimaps(settings)) {
    trimap = settings.make_trimap ? settings.make_trimap(pair)
                                  : imaging::read_trimap(pair.trimap, settings.trimap_levels);
    input.trimap = trimap->view();
  }
  if (!pair.predicted_trimap.empty()) {
    input.predicted_trimap =
        predicted_trimap
            .emplace(imaging::read_trimap(pair.predicted_trimap, settings.trimap_levels))
            .view();
  }
  row.size = truth ? truth->size() : trimap->size();
  row.times_s.emplace_back("decode", watch.lap());
  try {
    row.scores = score(settings.protocols, input);
  } catch (const Error& error) {
    const bool truth_is_at_fault = truth && !is_finite(*truth);
    throw error.at((truth_is_at_fault        ? pair.truth
                    : pair.predicted.empty() ? pair.predicted_trimap
                                             : pair.predicted)
                       .string());
  }
  row.times_s.emplace_back("score", watch.lap());
  return mattes;
}

/// What became of a pair, and what its prediction was compared with.
struct EvaluatedPair {
  results::SampleResult row{};
  std::vector<Problem> warnings{};
  std::string reference_sha256{};  ///< of truth and trimap, whatever the prediction is like
};

/// Digest of a file for the reference: one that cannot be read has none.
std::string digest_or_empty(const fs::path& file) {
  try {
    return file.empty() ? std::string{} : sha256_file(file);
  } catch (const Error&) {
    return {};
  }
}

/// What a clip remembers from frame to frame.
struct ClipState {
  bool is_first{true};
  PairMattes previous{};  ///< empty if that frame failed
};

/// `clip` is null for a still.
EvaluatedPair evaluate_pair(const EvalPair& pair, const EvalSettings& settings, ClipState* clip) {
  std::optional<metrics::SequenceFrame> frame;
  PairMattes previous;
  if (clip != nullptr) {
    previous = std::exchange(clip->previous, {});
    frame.emplace().is_first = std::exchange(clip->is_first, false);
    if (previous.truth) frame->previous_truth = previous.truth->view();
    if (previous.predicted) frame->previous_predicted = previous.predicted->view();
  }
  const std::string truth_sha256 = digest_or_empty(pair.truth);
  const std::string trimap_sha256 = digest_or_empty(pair.trimap);
  EvaluatedPair result{.row = {.id = pair.id, .tags = pair.tags},
                       .reference_sha256 = truth_sha256 + " " + trimap_sha256};
  results::SampleResult& row = result.row;
  try {
    const bool wants_mattes = pair.predicted_trimap.empty();
    const fs::path& predicted = wants_mattes ? pair.predicted : pair.predicted_trimap;
    if (predicted.empty()) {
      throw Error{ErrorKind::bad_input,
                  {.what = "there is no prediction for this ground truth",
                   .where = pair.truth.string(),
                   .fix = "add it to the folder of predictions"}};
    }
    row.sha256 = {{"truth", pair.truth.empty() ? trimap_sha256 : truth_sha256},
                  {"pred", sha256_file(predicted)}};
    PairMattes mattes = score_pair(pair, settings, frame, row, result.warnings);
    if (clip != nullptr) clip->previous = std::move(mattes);
  } catch (const std::exception& failure) {
    row = {.id = pair.id,
           .size = row.size,
           .tags = pair.tags,
           .status = results::Status::failed,
           .error = describe_failure(failure)};
  }
  return result;
}

/// Wrong trimap levels, found while pairs are scored. What was scored has sound trimaps, so only a
/// pair that failed is looked at again; from the first wrong trimap on nothing is scored, and the
/// trimaps that are left are checked, so that all wrong ones are listed. Checking them before would
/// decode every trimap twice.
class LevelCheck {
 public:
  LevelCheck(const EvalPairs& pairs, const EvalSettings& settings)
      : pairs_{&pairs},
        levels_{settings.trimap_levels},
        trimaps_are_made_{static_cast<bool>(settings.make_trimap)},
        applies_{looks_at_trimaps(settings)},
        problems_(pairs.pairs.size()) {}

  /// Checks the trimaps of one pair; pairs may be checked at the same time.
  void check(std::size_t pair) {
    if (!applies_) return;
    EvalPair files = pairs_->pairs[pair];
    if (trimaps_are_made_) files.trimap.clear();
    problems_[pair] = check_trimap_levels(files, levels_);
    if (!problems_[pair].empty()) found_ = true;
  }
  [[nodiscard]] bool has_found() const { return found_; }

  void throw_if_found() const {
    if (!found_) return;
    std::vector<Problem> all;
    for (const std::vector<Problem>& of_pair : problems_) {
      std::ranges::copy(of_pair, std::back_inserter(all));
    }
    throw combined_error(all);
  }

 private:
  const EvalPairs* pairs_;
  imaging::TrimapLevels levels_;
  bool trimaps_are_made_;
  bool applies_;
  std::vector<std::vector<Problem>> problems_;
  std::atomic<bool> found_{false};
};

/// What one task evaluates: a still, or the frames of a clip.
std::vector<ClipRange> list_tasks(const EvalPairs& pairs) {
  if (!pairs.clips.empty()) return pairs.clips;
  std::vector<ClipRange> tasks;
  for (std::size_t i = 0; i < pairs.pairs.size(); ++i) tasks.push_back({.first = i, .count = 1});
  return tasks;
}

/// Digest of what all predictions are compared with: equal for two evaluations whose numbers may
/// stand side by side.
std::string manifest_sha256(const std::vector<EvalPair>& pairs,
                            const std::vector<std::optional<EvaluatedPair>>& evaluated) {
  Sha256 hash;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    hash.update(
        fmt::format("{} {} {}\n", pairs[i].id.size(), pairs[i].id, evaluated[i]->reference_sha256));
  }
  return hash.hex_digest();
}

}  // namespace

RunOutcome evaluate(const EvalPairs& pairs, const EvalSettings& settings) {
  const Stopwatch watch;
  const int threads = resolve_threads(settings.threads);
  std::vector<Problem> problems;
  for (const Problem& problem : pairs.problems) {
    const bool tolerated = settings.allow_missing && problem.code == "missing-prediction";
    if (problem.severity == datasets::Severity::error && !tolerated) problems.push_back(problem);
  }
  for (const EvalPair& pair : pairs.pairs) {
    if (!pair.truth.empty() || !pair.predicted_trimap.empty()) continue;
    problems.push_back({.code = "missing-truth",
                        .sample = pair.id,
                        .parts = {.what = "there is no ground truth to compare with",
                                  .where = pair.id,
                                  .fix = "choose a data set that has one"}});
  }
  std::ranges::move(check_headers(pairs, threads), std::back_inserter(problems));
  if (!problems.empty()) throw combined_error(problems);

  RunOutcome outcome;
  results::RunRecord& record = outcome.record;
  record.started = utc_now();
  std::vector<std::optional<EvaluatedPair>> rows(pairs.pairs.size());
  std::mutex mutex;
  Progress progress;
  LevelCheck level_check{pairs, settings};
  const std::vector<ClipRange> tasks = list_tasks(pairs);
  const auto is_interrupted = [&] {
    return settings.interrupted != nullptr && settings.interrupted->load();
  };
  parallel_for(tasks.size(), threads, [&](std::size_t task) {
    ClipState state;
    bool failed = false;
    const std::size_t last = tasks[task].first + tasks[task].count - 1;
    for (std::size_t i = tasks[task].first; i <= last; ++i) {
      if (is_interrupted()) return;
      if (level_check.has_found()) {
        level_check.check(i);
        continue;
      }
      EvaluatedPair evaluated =
          evaluate_pair(pairs.pairs[i], settings, pairs.clips.empty() ? nullptr : &state);
      if (evaluated.row.status == results::Status::failed) {
        failed = true;
        level_check.check(i);
      }
      rows[i] = std::move(evaluated);
    }
    if (level_check.has_found()) return;  // what is scored already will not be used
    const std::lock_guard lock{mutex};
    ++progress.done;
    if (failed) ++progress.failed;
    progress.last = &rows[last]->row;
    if (settings.progress) settings.progress(progress);
  });

  level_check.throw_if_found();
  outcome.interrupted = progress.done < tasks.size();
  record.tool = tool();
  record.environment = environment(threads);
  record.command = settings.command;
  record.method = settings.method_info;
  record.dataset = settings.dataset_info;
  record.dataset.samples = rows.size();
  if (!outcome.interrupted) {
    record.dataset.manifest_sha256 = manifest_sha256(pairs.pairs, rows);
  }
  record.protocols = protocol_ids(settings.protocols);
  record.protocol_versions = protocol_versions(settings.protocols);
  if (!pairs.clips.empty()) record.averaging = sequence_averaging(settings.protocols);
  std::set<std::pair<std::string, fs::path>> warned;  // a truth may have several predictions
  for (std::optional<EvaluatedPair>& evaluated : rows) {
    if (!evaluated) continue;
    for (Problem& warning : evaluated->warnings) {
      if (warned.emplace(warning.code, warning.file).second) {
        outcome.warnings.push_back(std::move(warning));
      }
    }
    record.samples.push_back(std::move(evaluated->row));
  }
  results::finalise(record);
  record.elapsed_s = watch.elapsed_s();
  return outcome;
}

}  // namespace mbench::runners
