#include "core/trimap.hpp"

#include <cstdint>

namespace mbench {

TrimapCounts count_levels(TrimapView trimap) {
  TrimapCounts counts;
  for (int y = 0; y < trimap.size().height; ++y) {
    std::uint32_t background = 0;  // narrow counters, so that the loop vectorises
    std::uint32_t unknown = 0;
    std::uint32_t foreground = 0;
    for (const std::uint8_t level : trimap.row(y)) {
      background += level == kBackground ? 1 : 0;
      unknown += level == kUnknown ? 1 : 0;
      foreground += level == kForeground ? 1 : 0;
    }
    counts.background += background;
    counts.unknown += unknown;
    counts.foreground += foreground;
  }
  counts.other = trimap.size().pixels() - counts.background - counts.unknown - counts.foreground;
  return counts;
}

}  // namespace mbench
