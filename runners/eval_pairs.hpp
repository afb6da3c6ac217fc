#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/dataset.hpp"

namespace mbench::runners {

/// Files that are scored together. Paths that were not asked for are empty.
struct EvalPair {
  std::string id{};
  std::filesystem::path truth{};
  std::filesystem::path predicted{};  ///< empty: there is no prediction for this truth
  std::filesystem::path trimap{};
  std::filesystem::path predicted_trimap{};
  Tags tags{};
};

/// The folders of `mbench eval`. Empty ones were not given.
struct EvalFolders {
  std::filesystem::path truth{};
  std::filesystem::path predicted{};
  std::filesystem::path trimap{};
  std::filesystem::path predicted_trimap{};
};

/// Pairs that are the frames of one clip, in order of time; they are neighbours.
struct ClipRange {
  std::size_t first{};
  std::size_t count{};
};

struct EvalPairs {
  std::vector<EvalPair> pairs{};   ///< in byte order of their ids, or in the data set's order
  std::vector<ClipRange> clips{};  ///< of sequences (runners/clips.hpp), all pairs; stills: none
  std::vector<datasets::Problem> problems{};
};

/// Pairs files by stem, never by position. Sub-folders count: a file's id is its path below the
/// folder without extension. Where one image has several mattes or trimaps, these belong together:
///
///     truth       GT01.png
///     prediction  GT01/small.png or small/GT01.png
///     trimap      the same two forms, Trimap1/GT01.png (small; 2 large, 3 user), or GT01.png
///
/// and the pair is called GT01/small, with the tags image and trimap. Everything that does not fit
/// is a problem: a truth without prediction ("missing-prediction") or without trimap
/// ("missing-trimap"), a prediction without truth ("unpaired"; for a trimap, which is merely not
/// used, a warning), two files of one stem ("duplicate").
[[nodiscard]] EvalPairs pair_folders(const EvalFolders& folders);

/// Pairs the samples of a data set with mattes or predicted trimaps, named as `mbench run` names
/// mattes: FOLDER/<sample id>.png. Truth and trimaps are the data set's; `folders` must not have
/// any.
[[nodiscard]] EvalPairs pair_dataset(const datasets::Dataset& dataset, const EvalFolders& folders);

}  // namespace mbench::runners
