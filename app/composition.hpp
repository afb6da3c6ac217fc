#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "datasets/compose/plan.hpp"
#include "datasets/compose/set.hpp"

namespace CLI {
class App;
}

namespace mbench::app {

/// What says which composites a set has: the options that `compose` and `data verify` share.
struct CompositionOptions {
  std::string rule;
  std::vector<std::string> foregrounds, alphas, backgrounds;
  std::vector<std::string> denoised_foregrounds, denoised_backgrounds;
  std::string types;
  bool trimap_takes_types{false};  ///< types are read whatever the rule does
  bool merge{false};
  std::string pairing;
  std::string foreground_list, background_list;
  int copies{0};
  std::string order;
  std::string names{"stem"};
  bool coco_2017{false};
  std::int64_t seed{0};
  std::string estimator{"none"};
};

void add_composition_options(CLI::App& verb, CompositionOptions& options);

/// Throws usage if the rule does not read what options name.
void require_taken(const datasets::compose::ComposeRule& rule, const CompositionOptions& options);

/// The set that the options describe, without a place for it; and what its composites are made of.
struct PreparedSet {
  datasets::compose::SetSettings settings{};
  datasets::compose::Plan plan{};
};

/// Throws usage for unknown rules and estimators and for options that contradict each other,
/// bad_input for folders and lists that cannot be read or do not go round.
[[nodiscard]] PreparedSet prepare_set(const CompositionOptions& options, int limit, int threads);

/// The folders as the options name them.
[[nodiscard]] datasets::compose::SourceFolders source_folders(const CompositionOptions& options);

/// The estimator of this spelling, "multi-level:..."; nothing for "none". Throws usage if there is
/// no such.
[[nodiscard]] std::optional<datasets::compose::ForegroundStep> foreground_step(
    const std::string& spelling);

}  // namespace mbench::app
