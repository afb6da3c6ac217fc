#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// The layout of PaddleSeg's Matting [chen2022]: val.txt and train.txt with the paths of val/fg/
/// and train/fg/, perhaps with columns for the background and the trimap, mattes in val/alpha/ and
/// train/alpha/. In lists without backgrounds `fg` holds finished images. Lists are read as those
/// of a `folder`; option `list` chooses.
extern const DatasetEntry paddleseg_dataset;

}  // namespace mbench::datasets
