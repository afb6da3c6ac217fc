#pragma once
#include <cstdint>
#include <vector>

#include "core/image.hpp"
#include "core/plane.hpp"

namespace mbench::imaging {

/// A Gaussian of `size` x `size` pixels (odd, 1 to 255) and standard deviation sigma_px > 0.
struct GaussianKernel {
  int size{};
  double sigma_px{};
};

/// The kernel of that size with the sigma that OpenCV takes when it is given none (sigma 0):
///     sigma = 0.3 ((size - 1)/2 - 1) + 0.8 = 0.15 size + 0.35        5 for size 31
/// For sizes of 9 and less OpenCV has fixed tables instead, which are not offered here: throws
/// usage unless 11 <= size <= 255 and odd.
[[nodiscard]] GaussianKernel default_gaussian(int size);

/// cv::GaussianBlur(image, {size, size}, sigma) of OpenCV 4.6, with its default border: the image
/// goes on as its mirror image, the edge not repeated. Kernel: exp(-x^2/(2 sigma^2)), x = -size/2
/// ... size/2, divided by its sum.
/// 8 bits: weights are rounded to multiples of 1/256, from the ends inwards, each carrying its
/// rounding error on to the next; the weight in the middle is what is missing to 1. Sums along rows
/// are exact multiples of 1/256, those down columns of 1/65536, rounded half up. Equal to OpenCV
/// bit for bit.
/// Floats: single precision throughout, rows first; within 1e-6 of the largest value of OpenCV's,
/// which uses fused multiply-adds where the processor has them.
/// Throws usage if the kernel is out of range.
[[nodiscard]] Plane<std::uint8_t> gaussian_blur(PixelView<std::uint8_t> image,
                                                const GaussianKernel& kernel);
[[nodiscard]] Plane<float> gaussian_blur(PixelView<float> image, const GaussianKernel& kernel);

}  // namespace mbench::imaging
