#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// Distinctions-646 [qiao2020]: Test/{FG,GT} and Train/{FG,GT} as sent, and merged/ there or in the
/// folder above, perhaps with trimaps/. Recognised by the names of its test foregrounds, test_0 to
/// test_49, or by Train/{FG,GT}. Samples have the tag foreground.
extern const DatasetEntry distinctions_646_dataset;

}  // namespace mbench::datasets
