#pragma once

namespace mbench::imaging {

/// The index in [0, n) that i means when a line of n >= 1 values goes on beyond its ends as its own
/// mirror image, the values at the ends not repeated: ... 2 1 | 0 1 2 ... n-1 | n-2 n-3 ...
/// NumPy calls it reflect, OpenCV BORDER_REFLECT_101, SciPy mirror. A line of one value goes on as
/// that value.
[[nodiscard]] constexpr int mirrored_index(int i, int n) {
  if (n == 1) return 0;
  const int period = 2 * (n - 1);
  i %= period;
  if (i < 0) i += period;
  return i < n ? i : period - i;
}

}  // namespace mbench::imaging
