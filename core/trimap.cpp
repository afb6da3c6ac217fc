#include "core/trimap.hpp"

#include <array>

namespace mbench {

TrimapCounts count_levels(TrimapView trimap) {
  std::array<std::int64_t, 256> histogram{};
  for (int y = 0; y < trimap.size().height; ++y) {
    for (const std::uint8_t level : trimap.row(y)) ++histogram[level];
  }
  TrimapCounts counts{.background = histogram[kBackground],
                      .unknown = histogram[kUnknown],
                      .foreground = histogram[kForeground]};
  counts.other = trimap.size().pixels() - counts.background - counts.unknown - counts.foreground;
  return counts;
}

}  // namespace mbench
