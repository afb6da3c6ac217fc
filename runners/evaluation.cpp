#include "runners/evaluation.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "core/parallel.hpp"
#include "core/sha256.hpp"
#include "results/summary.hpp"
#include "runners/environment.hpp"
#include "runners/problem_list.hpp"
#include "runners/scoring.hpp"
#include "runners/stopwatch.hpp"

namespace mbench::runners {
namespace {

namespace fs = std::filesystem;
using datasets::Problem;

/// A file of a pair with the word for it.
struct PairFile {
  std::string_view role;
  const fs::path& path;
};

std::array<PairFile, 4> files_of(const EvalPair& pair) {
  return {{{"ground truth", pair.truth},
           {"trimap", pair.trimap},
           {"prediction", pair.predicted},
           {"predicted trimap", pair.predicted_trimap}}};
}

}  // namespace

std::vector<Problem> check_headers(const EvalPair& pair) {
  std::vector<Problem> problems;
  const PairFile* first = nullptr;
  Size first_size;
  const std::array<PairFile, 4> files = files_of(pair);
  for (const PairFile& file : files) {
    if (file.path.empty()) continue;
    Size size;
    try {
      size = imaging::probe_image(file.path).size;
    } catch (const Error& error) {
      problems.push_back(
          {.code = "unreadable", .sample = pair.id, .parts = error.parts(), .file = file.path});
      continue;
    }
    if (first == nullptr) {
      first = &file;
      first_size = size;
    } else if (size != first_size) {
      problems.push_back(
          {.code = "size",
           .sample = pair.id,
           .parts = {.what = fmt::format("{} and {} have different sizes", first->role, file.role),
                     .where = file.path.string(),
                     .expected =
                         fmt::format("{} ({})", to_string(first_size), first->path.string()),
                     .found = to_string(size),
                     .fix = "mbench never resizes: write it at the size of the ground truth"},
           .file = file.path});
    }
  }
  return problems;
}

namespace {

std::vector<Problem> check_headers(const std::vector<EvalPair>& pairs, int threads) {
  std::vector<std::vector<Problem>> found(pairs.size());
  parallel_for(pairs.size(), threads, [&](std::size_t i) { found[i] = check_headers(pairs[i]); });
  std::vector<Problem> problems;
  for (std::vector<Problem>& one : found) {
    std::ranges::move(one, std::back_inserter(problems));
  }
  return problems;
}

/// One pair: decode, score.
void score_pair(const EvalPair& pair, const EvalSettings& settings, results::SampleResult& row) {
  Stopwatch watch;
  std::optional<Matte> truth, predicted;
  std::optional<Trimap> trimap, predicted_trimap;
  metrics::ScoreInput input;
  if (!pair.truth.empty()) input.truth = truth.emplace(imaging::read_matte(pair.truth)).view();
  if (!pair.predicted.empty()) {
    input.predicted = predicted.emplace(imaging::read_matte(pair.predicted)).view();
  }
  if (!pair.trimap.empty()) {
    input.trimap = trimap.emplace(imaging::read_trimap(pair.trimap, settings.trimap_levels)).view();
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
    throw error.at(pair.predicted.empty() ? pair.predicted_trimap.string()
                                          : pair.predicted.string());
  }
  row.times_s.emplace_back("score", watch.lap());
}

/// What became of a pair, and what its prediction was compared with.
struct EvaluatedPair {
  results::SampleResult row{};
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

EvaluatedPair evaluate_pair(const EvalPair& pair, const EvalSettings& settings) {
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
    score_pair(pair, settings, row);
  } catch (const std::exception& failure) {
    row = {.id = pair.id,
           .size = row.size,
           .tags = pair.tags,
           .status = results::Status::failed,
           .error = describe_failure(failure)};
  }
  return result;
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
  std::ranges::move(check_headers(pairs.pairs, threads), std::back_inserter(problems));
  if (!problems.empty()) throw combined_error(problems);

  RunOutcome outcome;
  results::RunRecord& record = outcome.record;
  record.started = utc_now();
  std::vector<std::optional<EvaluatedPair>> rows(pairs.pairs.size());
  std::mutex mutex;
  Progress progress;
  parallel_for(pairs.pairs.size(), threads, [&](std::size_t i) {
    if (settings.interrupted != nullptr && settings.interrupted->load()) return;
    EvaluatedPair evaluated = evaluate_pair(pairs.pairs[i], settings);
    const std::lock_guard lock{mutex};
    ++progress.done;
    if (evaluated.row.status == results::Status::failed) ++progress.failed;
    progress.last = &rows[i].emplace(std::move(evaluated)).row;
    if (settings.progress) settings.progress(progress);
  });

  outcome.interrupted = progress.done < rows.size();
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
  for (std::optional<EvaluatedPair>& evaluated : rows) {
    if (evaluated) record.samples.push_back(std::move(evaluated->row));
  }
  results::finalise(record);
  record.elapsed_s = watch.elapsed_s();
  return outcome;
}

}  // namespace mbench::runners
