#pragma once
#include <cstdint>

#include "core/plane.hpp"

namespace mbench::imaging {

/// What squared_distances() gives where there is nothing to be near to.
inline constexpr std::int64_t kNoDistance = INT64_MAX;

/// The squared Euclidean distance, in pixels, of each pixel to the nearest one that is 0;
/// kNoDistance everywhere if no pixel is. Exact, by whole numbers, in time linear in the pixels
/// [meijster2000]. cv::distanceTransform(mask, DIST_L2, DIST_MASK_PRECISE) of OpenCV is its root in
/// single precision.
[[nodiscard]] Plane<std::int64_t> squared_distances(PixelView<std::uint8_t> mask);

}  // namespace mbench::imaging
