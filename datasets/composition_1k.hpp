#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// Composition-1k, the test set of [xu2017], and its training set, wherever people keep them:
///     as sent        Combined_Dataset/Test_set/Adobe-licensed images/{fg,alpha,trimaps}, and
///                    merged/ there, one or two folders above, or in the folder itself
///     mmagic         adobe_composition-1k/Test_set/merged, ..., with test_list.json
///     GCA            merged/ alpha_copy/ trimaps/
///     IndexNet, A2U  test.txt, columns image, truth, trimap
/// opened at any of these folders. Recognised by the names of its 50 foregrounds, so that other
/// composites in such folders stay a `folder`. Samples have the tag foreground.
extern const DatasetEntry composition_1k_dataset;

}  // namespace mbench::datasets
