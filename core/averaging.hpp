#pragma once
#include <cstdint>
#include <string_view>

namespace mbench {

/// How the scores of all samples become one number.
enum class Averaging : std::uint8_t {
  samples,      ///< the mean over all samples
  frame_index,  ///< of sequences: the mean over the clips for each frame index, then the mean over
                ///< the indices. Clips of unequal length weigh unequally
};

/// "samples" or "frame-index".
[[nodiscard]] std::string_view to_string(Averaging averaging);

}  // namespace mbench
