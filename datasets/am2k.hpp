#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// AM-2k [li2022gfm]: validation/{original,mask,trimap} and train/{original,mask,fg,bg,fg_denoise},
/// opened at the folder that holds both or at one of them. Recognised by the names of its images.
extern const DatasetEntry am2k_dataset;

}  // namespace mbench::datasets
