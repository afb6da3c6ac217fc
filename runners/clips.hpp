#pragma once
#include "runners/eval_pairs.hpp"

namespace mbench::runners {

/// Pairs the frames of image sequences. A folder that holds images is a clip, called by its path
/// below the folder given; its images in byte order of their names are the frames, and pair by
/// stem:
///
///     truth       CLIP/0000.png, CLIP/0001.png, ...
///     prediction  the same names; trimaps likewise
///
/// A folder without sub-folders is one clip, called by the name of the folder of truths. A
/// sub-folder `pha` stands for the folder that holds it, and what lies beside it is not read:
/// DATASET/CLIP/pha/0000.png is frame 0 of DATASET/CLIP, DATASET/pha/CLIP/0000.png too.
///
/// The pairs are called CLIP/0000 and have the tags clip and frame (index from 0); `clips` says
/// which belong together. Problems are those of pair_folders(); images beside the folders of clips
/// are "layout", a missing clip is one problem, and numbers that byte order does not sort a warning
/// ("frame-order").
[[nodiscard]] EvalPairs pair_clips(const EvalFolders& folders);

}  // namespace mbench::runners
