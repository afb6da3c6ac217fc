#pragma once
#include <filesystem>
#include <string_view>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// The sub-folders of a data set of photographs, one truth and one trimap each; "" for a kind that
/// it has not.
struct NaturalFolders {
  std::string_view image, truth, trimap;
  std::string_view title;  ///< of the data set, for messages
};

/// Adds the samples of `folder`, paired by stem. A folder of truths or trimaps that is missing is a
/// problem ("missing"), and the samples then have none. Throws bad_input if that of the images is
/// missing.
void add_natural_samples(const std::filesystem::path& folder, const NaturalFolders& names,
                         Dataset& dataset);

}  // namespace mbench::datasets
