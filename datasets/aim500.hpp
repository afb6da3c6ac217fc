#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// AIM-500 [li2021] and every folder of its layout, such as the demo set: original/ (.jpg or .png),
/// mask/, trimap/ and aim_category_type.json, which gives each image the tags type (SO, STM, NS)
/// and category. usr/ holds another input coding of the trimaps and is not read.
extern const DatasetEntry aim500_dataset;

}  // namespace mbench::datasets
