#pragma once
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// Image sequences [lin2022], called CLIP/0000, with the tags clip and frame (index from 0, in byte
/// order of the names), in two layouts:
///     CLIP/com, CLIP/pha                 Robust Video Matting's test sets: frames and their
///     mattes,
///                                        perhaps CLIP/trimap; the root itself may be a clip
///     fgr/CLIP, pha/CLIP, perhaps com/CLIP   VideoMatte240K [lin2021] and RVM's training data. The
///                                        frames are those of com/; where there is none, the
///                                        foregrounds, which is a warning ("uncomposed")
/// in any folder down to the third; a clip is called by its path below the root.
extern const DatasetEntry clips_dataset;

}  // namespace mbench::datasets
