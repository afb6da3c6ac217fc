#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "datasets/dataset.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::datasets::trimaps {

/// What `mbench trimap make` is asked for.
struct SetSettings {
  ChosenRule rule{};
  std::uint64_t seed{};
  std::filesystem::path alphas{};  ///< a folder of mattes, or one file
  std::filesystem::path types{};   ///< file of tags with the type of each image; empty: none
  std::filesystem::path out{};
  int threads{};  ///< mattes at a time; 0: all cores
  bool fresh{};   ///< discard what earlier runs made in `out`, once nothing is refused
  const std::atomic<bool>* interrupted{};  ///< once true, no further matte begins
};

/// One trimap that is to be made, out/ID.png.
struct PlannedTrimap {
  std::string id{};
  std::filesystem::path alpha{};
  std::optional<imaging::ImageType> type{};  ///< only for rules that look at it
};

struct Plan {
  std::vector<PlannedTrimap> trimaps{};  ///< in byte order of their ids
  std::vector<Problem> problems{};       ///< those of severity error forbid to begin
};

/// Lists the mattes and reads their headers: everything that can be found wrong before the first is
/// decoded. Throws bad_input if nothing can be listed, or for a types file that cannot be read.
[[nodiscard]] Plan plan_set(const SetSettings& settings);

struct SetProgress {
  std::size_t done{}, resumed{}, failed{}, total{};
  std::string last{};  ///< id
};

struct SetOutcome {
  std::size_t made{}, resumed{};
  bool interrupted{};
  std::vector<Problem>
      problems{};  ///< mattes that could not be decoded or used; the others were made
};

/// Makes the trimaps that are missing, each file in one step; the bytes do not depend on the number
/// of threads, nor on which run made which file. Every trimap that is on disk has its row in a log,
/// from which a later run of the same rule and seed goes on; at the end the rows become the receipt
/// mbench.trimaps.json. Trimaps of other mattes that the same rule made there before stay in it.
///
/// Throws usage, before anything is written or discarded: a folder with trimaps of another rule or
/// seed, files that would be replaced, trimaps that were changed since they were made, a folder
/// that another process writes, mattes in the folder itself, a file instead of a folder. Throws
/// internal if the disk fails; what was finished is kept.
[[nodiscard]] SetOutcome make_set(const SetSettings& settings, const Plan& plan,
                                  const std::function<void(const SetProgress&)>& progress = {});

}  // namespace mbench::datasets::trimaps
