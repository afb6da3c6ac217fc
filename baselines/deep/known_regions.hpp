#pragma once
#include "core/plane.hpp"
#include "core/trimap.hpp"

namespace mbench::deep {

/// How most trimap-based programs end: 1 and 0 where the trimap is certain, elsewhere alpha clipped
/// to [0, 1].
template <typename T>
[[nodiscard]] Plane<float> with_known_regions(const Plane<T>& alpha, const Trimap& trimap) {
  Plane<float> finished{alpha.size()};
  for (int y = 0; y < alpha.size().height; ++y) {
    for (int x = 0; x < alpha.size().width; ++x) {
      const std::uint8_t level = trimap(y, x);
      const T inside = alpha(y, x) < T{0} ? T{0} : alpha(y, x) > T{1} ? T{1} : alpha(y, x);
      finished(y, x) = level == kForeground   ? 1.0F
                       : level == kBackground ? 0.0F
                                              : static_cast<float>(inside);
    }
  }
  return finished;
}

}  // namespace mbench::deep
