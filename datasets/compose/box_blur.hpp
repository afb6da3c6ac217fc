#pragma once
#include "core/image.hpp"
#include "core/plane.hpp"

namespace mbench::datasets::compose {

/// cv::blur(image, k x k) of OpenCV 4.6 in double precision: the mean over rows y - k/2 ... and
/// columns x - k/2 ... x - k/2 + k - 1, so that an even k looks one pixel farther to the left and
/// upwards. Beyond its edges the image goes on as its mirror image, the edge not repeated. The sums
/// run along, a value added and one subtracted at each step, in OpenCV's order. Throws usage unless
/// k >= 1.
[[nodiscard]] Plane<Rgb<double>> box_blur(PixelView<Rgb<double>> image, int k);

}  // namespace mbench::datasets::compose
