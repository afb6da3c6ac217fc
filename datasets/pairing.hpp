#pragma once
#include <optional>
#include <string>
#include <vector>

#include "datasets/dataset.hpp"
#include "datasets/scan.hpp"

namespace mbench::datasets {

/// One trimap for each image. `name` is the part of the sample's id after '/'; empty if the data
/// set has a single trimap per image.
struct TrimapSet {
  std::string name{};
  FolderScan files{};
};

/// What lies on disk, before it is paired.
struct FoundFiles {
  FolderScan images{};
  std::optional<FolderScan> truths{};
  std::vector<TrimapSet> trimaps{};
  std::optional<FolderScan> segmentations{};
};

/// Pairs by stem, never by position, and adds the samples and what was wrong to `dataset`. Every
/// image becomes one sample, or one per trimap set (id IMAGE/SET, tags image and trimap), in byte
/// order of the stems and then in the order of the sets.
///
/// Several composites share one truth: an image `X_3` that has no truth of its own takes the truth
/// `X`, and gets the tag foreground=X. `id_pattern` is the expression that the whole stem must
/// match; its first group is X. Without it, `(.+)_([0-9]+)` serves, but then X must not be the name
/// of an image: a missing truth of `woman_1` is not replaced by that of `woman`. Trimaps and
/// segmentations follow the same rule; an image has one segmentation, whatever its trimaps.
///
/// Problems: "missing" (a partner that should be there: the sample keeps the expected path),
/// "unpaired" (a truth, trimap or segmentation that no image
/// uses). Throws bad_input if `id_pattern` is no
/// regular expression with a group.
void pair_samples(const FoundFiles& found, const std::string& id_pattern, Dataset& dataset);

}  // namespace mbench::datasets
