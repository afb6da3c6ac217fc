#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// DUTS [wang2017]: DUTS-TE/{DUTS-TE-Image,DUTS-TE-Mask} and DUTS-TR likewise, opened at the folder
/// that holds both or at one of them. Its masks say which object stands out, pixel by pixel, and
/// are no mattes: methods are pre-trained on it.
extern const DatasetEntry duts_dataset;

}  // namespace mbench::datasets
