#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// Image sequences as Robust Video Matting's test sets hold them [lin2022]: a folder with `com/`
/// (the frames) and `pha/` (their mattes), and perhaps `trimap/`, is a clip, called by its path
/// below the root; the root itself may be one. Samples are called CLIP/0000 and have the tags clip
/// and frame (index from 0, in byte order of the names).
extern const DatasetEntry clips_dataset;

}  // namespace mbench::datasets
