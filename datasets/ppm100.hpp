#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// PPM-100 [ke2022]: image/ and matte/, no trimaps. Recognised by the names that Flickr gave the
/// images.
extern const DatasetEntry ppm100_dataset;

}  // namespace mbench::datasets
