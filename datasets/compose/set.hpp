#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/rule.hpp"
#include "datasets/compose/choose_pairs.hpp"
#include "datasets/compose/material.hpp"
#include "datasets/compose/plan.hpp"
#include "datasets/compose/receipt.hpp"
#include "datasets/compose/rule.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::datasets::compose {

/// Foregrounds estimated anew. This folder knows no estimators: the caller brings one.
struct ForegroundStep {
  UsedRule rule{};
  ForegroundEstimate estimate{};
};

/// A set to be composed.
struct SetSettings {
  const ComposeRule* rule{};
  RuleOptions options{};  ///< of the rule
  SourceFolders folders{};
  PairList pairing{};
  std::uint64_t seed{};  ///< below 2^63, so that every reader of JSON can hold it
  std::optional<ForegroundStep> foreground{};
  std::optional<trimaps::ChosenRule> trimap{};
  bool save_foregrounds{}, save_backgrounds{};
  std::filesystem::path out{};
  bool fresh{};                            ///< discard what an earlier run made
  const std::atomic<bool>* interrupted{};  ///< set: end soon
};

/// How far it is; `last` is the newest composite.
struct SetProgress {
  std::size_t done{}, resumed{}, failed{}, total{};
  std::string_view last{};
};

/// What became of it.
struct SetOutcome {
  std::size_t made{}, resumed{};    ///< composites; `resumed` lay there already
  std::vector<Problem> problems{};  ///< files that could not be decoded, each once
  bool interrupted{};
  /// All composites are there, and so is the receipt.
  [[nodiscard]] bool is_complete() const { return !interrupted && problems.empty(); }
};

/// Composes a planned set into settings.out:
///     merged/  the composites           alpha/  their mattes, one for all copies of a foreground
///     trimaps/ where there is a rule    fg/  bg/  where they are saved    mbench.composition.json
/// Each composite is made on one thread from its own stream of random numbers, Random{seed}.fork
/// (index), so that the bytes do not depend on `threads` (0 = all cores), which also bounds the
/// memory. Files appear by atomic renames; after those of a composite its row is appended to a log
/// and flushed to disk. What an earlier run of the same identity made is kept where its row fits
/// the files that are there now; the receipt appears last, and the log goes. A damaged input costs
/// its own composites alone, and the receipt.
///
/// Throws usage if the folder holds a set of another identity or other files in the way, or is
/// being written by another process; internal, with the system's reason, if the disk fails: the
/// same call goes on afterwards.
SetOutcome compose_set(const SetSettings& settings, const Plan& plan, int threads,
                       const std::function<void(const SetProgress&)>& progress = {});

/// Throws as compose_set() does if the set cannot be written to settings.out. Writes nothing.
void check_place(const SetSettings& settings);

/// The receipt of the set without its rows.
[[nodiscard]] Receipt receipt_head(const SetSettings& settings);

}  // namespace mbench::datasets::compose
