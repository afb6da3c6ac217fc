#pragma once
#include <cstdint>
#include <vector>

#include "core/plane.hpp"

namespace mbench::imaging {

/// Pixels where something holds: any value but 0 means yes. Results hold 0 and 255.
using MaskView = PixelView<std::uint8_t>;

/// Columns [first, last) of one row of a structuring element.
struct ElementRow {
  int first{};
  int last{};
  friend bool operator==(const ElementRow&, const ElementRow&) = default;
};

/// The k rows of OpenCV's elliptic k x k structuring element (MORPH_ELLIPSE). With r = k/2 (integer
/// division) row i holds the columns r - dx ... min(r + dx, k - 1),
///     dx = rint(r sqrt(r^2 - dy^2) / r),  dy = i - r,
/// rint rounding halves to even. For even k it is lopsided: its first row is one pixel, and there
/// is no such row at the bottom. k = 1 is one pixel. Throws usage unless 1 <= k <= 65535.
[[nodiscard]] std::vector<ElementRow> ellipse_rows(int k);

/// Dilation by the elliptic element E_k with its anchor at (k/2, k/2):
///     result(y, x) = exists (i, j) in E_k: mask(y + i - k/2, x + j - k/2).
/// As cv::dilate with its default border: the outside of the image is empty; the element is not
/// mirrored.
[[nodiscard]] Plane<std::uint8_t> dilate_by_ellipse(MaskView mask, int k);

/// Erosion: result(y, x) = for all (i, j) in E_k: mask(y + i - k/2, x + j - k/2). As cv::erode with
/// its default border: the outside of the image counts as full.
[[nodiscard]] Plane<std::uint8_t> erode_by_ellipse(MaskView mask, int k);

}  // namespace mbench::imaging
