#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// P3M-10k [li2021p3m] and its two test sets: train/{blurred_image,mask},
/// validation/P3M-500-P/{blurred_image,mask,trimap} and
/// validation/P3M-500-NP/{original_image,mask,trimap}, `validation/` also left out, opened at the
/// folder that holds them or at one of them. Recognised by its folders or the names of its images.
extern const DatasetEntry p3m_dataset;

}  // namespace mbench::datasets
