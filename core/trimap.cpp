#include "core/trimap.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace mbench {

namespace {

/// How often `level` occurs. Counted in bytes as long as they suffice, so that a register holds
/// many counters.
std::int64_t count(std::span<const std::uint8_t> row, std::uint8_t level) {
  constexpr std::size_t kBlock = 255;
  std::int64_t total = 0;
  for (std::size_t begin = 0; begin < row.size(); begin += kBlock) {
    std::uint8_t found = 0;
    for (const std::uint8_t value : row.subspan(begin, std::min(kBlock, row.size() - begin))) {
      found = static_cast<std::uint8_t>(found + (value == level ? 1 : 0));
    }
    total += found;
  }
  return total;
}

}  // namespace

TrimapCounts count_levels(TrimapView trimap) {
  TrimapCounts counts;
  for (int y = 0; y < trimap.size().height; ++y) {
    counts.background += count(trimap.row(y), kBackground);
    counts.unknown += count(trimap.row(y), kUnknown);
    counts.foreground += count(trimap.row(y), kForeground);
  }
  counts.other = trimap.size().pixels() - counts.background - counts.unknown - counts.foreground;
  return counts;
}

}  // namespace mbench
