#pragma once
#include "core/error.hpp"
#include "core/sample.hpp"
#include "core/size.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets {

/// What to tell when a sample's trimap, truth or segmentation has not the size of its image: both
/// files, both sizes.
[[nodiscard]] ErrorParts size_mismatch(const SampleFiles& files, Size image, Role role, Size other);

}  // namespace mbench::datasets
