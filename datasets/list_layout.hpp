#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "datasets/dataset.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets {

/// Adds the samples that the list file `root`/`list` names, in the order of its lines.
///
/// The role of a column is config.columns, else what its folders are called (see folder_names);
/// the first column is the image, also in a folder `fg`, as PaddleSeg has it. Without a column for
/// them, truths and trimaps are looked for by stem in the folders beside the image's:
/// val/fg/a.jpg -> val/alpha/a.png. The id of a sample is the path of its image below the folder
/// that all images share, without the ending: val/fg/a.jpg -> a.
///
/// Problems, besides those of pairing: "list" for a line that cannot be used, "duplicate" for a
/// second line with the same id. Throws bad_input if the file is missing, if nothing says what a
/// column holds, or if a column names backgrounds, which are for composing.
void add_listed_samples(const std::filesystem::path& root, const std::string& list,
                        const FolderConfig& config, Dataset& dataset);

/// One entry of a list: its files, relative to the folder of the data set.
struct ListRow {
  int line{};  ///< in the list file, or number of the entry, from 1
  std::map<Role, std::filesystem::path> files{};
};

/// The same for entries that were read already; every one has an image.
void add_listed_samples(const std::filesystem::path& root, const std::string& list,
                        const std::vector<ListRow>& rows, const FolderConfig& config,
                        Dataset& dataset);

}  // namespace mbench::datasets
