#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

// Photographs that composites are made on: they have no mattes, and no method is run on them.

/// BG-20k [li2022gfm]: train/ and testval/, at the folder that holds them or at one of them.
extern const DatasetEntry bg20k_dataset;

/// COCO train2014 [lin2014]: behind the training foregrounds of Composition-1k.
extern const DatasetEntry coco2014_dataset;

/// The images of PASCAL VOC 2012 [everingham2015]: behind the test foregrounds of Composition-1k
/// and Distinctions-646.
extern const DatasetEntry voc2012_dataset;

}  // namespace mbench::datasets
