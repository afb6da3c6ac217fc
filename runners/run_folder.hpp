#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/folder_lock.hpp"
#include "datasets/clip_frames.hpp"
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

/// The folder of one run: record.json, samples.jsonl, mattes/, and trimaps/, foregrounds/ and
/// backgrounds/ if the method finds them.
struct RunFolder {
  FolderLock lock;  ///< held while the run goes on: two runs in one folder would mix their mattes
  /// Rows that an earlier run of the same identity left, those that need not be run again: what
  /// failed is tried again, and so is what has lost its matte.
  std::map<std::string, results::SampleResult> finished{};
  /// The record, if the run is finished and nothing in it has to be run again.
  std::optional<results::RunRecord> record{};
  /// Takes further rows; absent if `record` is there.
  std::optional<results::JsonlWriter> log{};
};

/// Throws usage if the folder holds results that `existing` does not admit: those of another
/// identity, finished ones. Changes nothing.
void require_usable(const std::filesystem::path& folder, std::string_view identity,
                    Existing existing);

/// Opens or makes the folder of a run over the samples of these groups: where one has to be run
/// again, so have those after it in its group, which may depend on it. Throws as require_usable
/// does, and usage if another process is running in it.
[[nodiscard]] RunFolder open_run_folder(const std::filesystem::path& folder,
                                        std::string_view identity,
                                        std::span<const datasets::SampleGroup> groups,
                                        Existing existing);

[[nodiscard]] std::filesystem::path record_file(const std::filesystem::path& run_folder);

/// What a method answered about a sample.
enum class Answer { matte, trimap, foreground, background };

/// Where the answer is saved: a PNG in the folder of its kind.
[[nodiscard]] std::filesystem::path answer_file(const std::filesystem::path& run_folder,
                                                Answer answer, std::string_view sample_id);
/// The name of its digest in the sample's row: "pred", "pred_trimap" ...
[[nodiscard]] std::string_view digest_name(Answer answer);

[[nodiscard]] std::filesystem::path matte_file(const std::filesystem::path& run_folder,
                                               std::string_view sample_id);
[[nodiscard]] std::filesystem::path trimap_file(const std::filesystem::path& run_folder,
                                                std::string_view sample_id);

}  // namespace mbench::runners
