#pragma once
#include <filesystem>
#include <string>

#include "app/output.hpp"
#include "runners/evaluation.hpp"

namespace mbench::app {

/// What verbs that score ready files have in common.
struct EvaluateOptions {
  std::string predicted{};  ///< the folder that is scored
  std::string label{};      ///< what the table calls it; empty: the folder's name
  std::string out{};        ///< file for the record; empty: none
  TableOptions table{};
  bool quiet{};
  bool verbose{};
};

/// The last name of a path, that of a folder whether or not a slash follows.
[[nodiscard]] std::string last_name(const std::filesystem::path& folder);

/// What would only come up after everything was scored: throws usage if --out names a folder.
void require_file_name(const std::string& out);

/// Scores the pairs, prints warnings, failures and the table, writes the record. `settings` says
/// everything but the method and the progress. Ends by an Exit where not all was scored.
void evaluate_and_print(const runners::EvalPairs& pairs, runners::EvalSettings settings,
                        const EvaluateOptions& options);

}  // namespace mbench::app
