#pragma once
#include <cstdint>

#include "baselines/deep/torch.hpp"
#include "core/image.hpp"
#include "core/plane.hpp"
#include "core/size.hpp"
#include "imaging/resample.hpp"

// How the test programs of GFM and AIM-Net bring an image to their networks and put two answers of
// different sizes together [li2022gfm, li2021].

namespace mbench::deep {

/// The size at which a network sees an image at 1/divisor: each side is divided and rounded down,
/// then brought down to a multiple of 32, and kept within 32 and 1600. (The published programs have
/// no lower bound and fail on sides below 32 divisor.)
[[nodiscard]] Size scaled_size(Size image, int divisor);

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
