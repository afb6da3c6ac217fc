#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "results/jsonl.hpp"
#include "results/record.hpp"

namespace mbench::runners {

/// What to do when the folder of a run already holds results.
enum class Existing {
  resume_unfinished,  ///< continue an unfinished run of the same identity; a finished one is an
                      ///< error
  resume,             ///< the same, and a finished one is taken over
  fresh,              ///< discard them
};

/// The folder of one run: record.json, samples.jsonl, mattes/.
struct RunFolder {
  /// Rows that an earlier, interrupted run of the same identity left. Failed rows are not among
  /// them: what failed is tried again.
  std::map<std::string, results::SampleResult> finished{};
  /// The record, if the run is finished and nothing in it failed: there is nothing to do.
  std::optional<results::RunRecord> record{};
  /// Takes further rows; absent if `record` is there.
  std::optional<results::JsonlWriter> log{};
};

/// Opens or makes the folder. Throws usage if it holds results of another identity, or finished
/// ones that `existing` does not take over.
[[nodiscard]] RunFolder open_run_folder(const std::filesystem::path& folder,
                                        std::string_view identity, Existing existing);

[[nodiscard]] std::filesystem::path record_file(const std::filesystem::path& run_folder);
[[nodiscard]] std::filesystem::path matte_file(const std::filesystem::path& run_folder,
                                               std::string_view sample_id);

}  // namespace mbench::runners
