#pragma once
#include <cstdint>
#include <functional>

#include "baselines/deep/torch.hpp"
#include "core/image.hpp"
#include "core/plane.hpp"
#include "core/size.hpp"
#include "imaging/resample.hpp"

// Sizes at which test programs show an image to their networks, and how those of GFM, AIM-Net and
// P3M-Net put two answers of different sizes together [li2022gfm, li2021, li2021p3m].

namespace mbench::deep {

/// The size at which a network sees an image at 1/divisor: each side is divided and rounded down,
/// then brought down to a multiple of 32, and kept within 32 and 1600. (The published programs have
/// no lower bound and fail on sides below 32 divisor.)
[[nodiscard]] Size scaled_size(Size image, int divisor);

/// The size at which the shorter side is `limit` pixels and the other one rounded down; the image's
/// own where it is not longer.
[[nodiscard]] Size within_shorter_side(Size image, int limit);

/// What `alpha_of` gives for the image, or, where the shorter side is longer than `limit` and that
/// is not 0, for the image brought down to within_shorter_side(), brought back to its size: both by
/// OpenCV's linear rule; 8 bits stay 8 bits, others become floats.
[[nodiscard]] Plane<float> alpha_within(const Image& image, int limit,
                                        const std::function<Plane<float>(const Image&)>& alpha_of);

/// The image at that size, in [0, 1].
[[nodiscard]] Plane<Rgb<double>> resized_colours(const Image& image, Size size,
                                                 imaging::ResizeRule rule);

/// The image at that size, [1, 3, H, W], red first, 0 to 255 without rounding.
[[nodiscard]] Tensor rgb_255(const Image& image, Size size, imaging::ResizeRule rule);

/// Classes, [1, 1, H, W], as grey levels at another size, in 0 to 255: class 0 is 0, the last one
/// 255, and of three the middle one 128. Where sizes differ, levels between these appear.
[[nodiscard]] Plane<double> class_levels(const Tensor& classes, int count, Size size,
                                         imaging::ResizeRule rule);

/// levels / 255 where a level is exactly 0 or 255, else the detail: transitions are as wide as the
/// interpolation between classes makes them.
[[nodiscard]] Plane<float> fill_transition(const Plane<double>& levels, const Plane<float>& detail);

/// Values outside [0, 1] brought to the nearer bound.
void clamp_to_unit(Plane<float>& plane);

}  // namespace mbench::deep
