#pragma once
#include <array>
#include <string_view>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

struct AlphamattingSplit {
  std::string_view folder;  ///< of its trimaps: "Trimap1"
  std::string_view name;    ///< what tables call it: "small"
};
inline constexpr std::array kAlphamattingSplits{AlphamattingSplit{"Trimap1", "small"},
                                                AlphamattingSplit{"Trimap2", "large"},
                                                AlphamattingSplit{"Trimap3", "user"}};

/// The training and the test set of alphamatting.com [rhemann2009], as its archives unpack:
///     training  input_training_lowres, gt_training_lowres, trimap_training_lowres/Trimap1 .. 2
///     test      input_lowres, trimap_lowres/Trimap1 .. 3; the truth is not public
/// and the same with highres. One sample per image and trimap: GT01/small, GT01/large, with the
/// tags image and trimap. Trimap1, 2 and 3 are small, large and user.
extern const DatasetEntry alphamatting_dataset;

}  // namespace mbench::datasets
