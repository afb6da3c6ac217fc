#pragma once
#include <vector>

#include "selftest/golden_folder.hpp"

namespace mbench::selftest {

/// The scores of a clip, frame by frame, and their means over the frames, against its values.
/// Throws bad_input if the folder has another number of frames than golden.json has values.
[[nodiscard]] std::vector<Row> sequence_rows(const References& references, const GoldenClip& clip);

}  // namespace mbench::selftest
