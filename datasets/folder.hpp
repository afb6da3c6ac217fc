#pragma once
#include <array>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// The option of adapters that read list files.
inline constexpr std::array kListOptions{
    OptionSpec{.name = "list", .help = "list file inside the folder, e.g. val.txt"}};

/// Any folder of images, truths and trimaps, paired by stem: `original/ mask/ trimap/`,
/// `image/ alpha/ trimap/` and the other names of folder_names(), a list file, or whatever its
/// `mbench.toml` says. Option `list`: the list file to read.
extern const DatasetEntry folder_dataset;

}  // namespace mbench::datasets
