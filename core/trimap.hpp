#pragma once
#include <cstdint>

#include "core/plane.hpp"

namespace mbench {

/// The three levels of a trimap, as its file stores them.
inline constexpr std::uint8_t kBackground = 0;
inline constexpr std::uint8_t kUnknown = 128;
inline constexpr std::uint8_t kForeground = 255;

/// A trimap is a plane of kBackground, kUnknown and kForeground. The readers of imaging/ guarantee
/// these three levels; metrics count other levels as the evaluation programs do, namely as none of
/// the three.
using Trimap = Plane<std::uint8_t>;
using TrimapView = PixelView<std::uint8_t>;

/// Number of pixels at each level.
struct TrimapCounts {
  std::int64_t background{};
  std::int64_t unknown{};
  std::int64_t foreground{};
  std::int64_t other{};
};
[[nodiscard]] TrimapCounts count_levels(TrimapView trimap);

}  // namespace mbench
