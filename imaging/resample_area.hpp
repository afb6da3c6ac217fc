#pragma once
#include "core/plane.hpp"
#include "imaging/resample.hpp"

namespace mbench::imaging {

/// PyTorch's interpolate(mode='area'), which is its adaptive_avg_pool2d: output i of n_out is the
/// plain mean of the inputs
///     floor(i n_in / n_out) ... ceil((i + 1) n_in / n_out) - 1
/// on each axis, also where an image is enlarged. Single precision throughout: the sum along rows,
/// then divided by the number of rows and by that of columns. Bit for bit PyTorch's, but for a
/// result of one pixel, whose sum it splits. Throws bad_input unless all sides are at least 1.
[[nodiscard]] Plane<float> resize_area(PixelView<float> image, Size size);

}  // namespace mbench::imaging
