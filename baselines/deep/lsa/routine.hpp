#pragma once
#include <cstdint>
#include <functional>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "core/trimap.hpp"

// What LSA-Matting's program does around its network [wang2022], as released in
// kfeng123/LSA-Matting. Nothing here knows of LibTorch.

namespace mbench::deep {

/// The network's clipped alpha of an image of which both sides are multiples of 64.
using LsaPredict = std::function<Plane<float>(const Plane<Rgb<std::uint8_t>>&, const Trimap&)>;

/// One pass ("inference"): the image is mirrored at the right and bottom to multiples of 64, then
/// mirrored by 16 pixels and framed by 16 pixels of zeros, image and trimap alike. Alpha is 1 where
/// the trimap exceeds 200, 0 where it is below 50.
[[nodiscard]] Plane<float> lsa_single(const Plane<Rgb<std::uint8_t>>& image, const Trimap& trimap,
                                      const LsaPredict& predict);

/// The same for images with a side beyond 2176 pixels ("inference_aug"): such a side, each for
/// itself, is reduced to 2176, the image bilinearly, the trimap by nearest neighbour; alpha is
/// enlarged bilinearly.
[[nodiscard]] Plane<float> lsa_limited(const Plane<Rgb<std::uint8_t>>& image, const Trimap& trimap,
                                       const LsaPredict& predict);

/// Mean of one pass in each of the eight orientations, with the same limit ("inference_rotation").
[[nodiscard]] Plane<double> lsa_rotation8(const Plane<Rgb<std::uint8_t>>& image,
                                          const Trimap& trimap, const LsaPredict& predict);

/// Mean of lsa_rotation8 at 0.8, 1 and 1.25 times the size, rounded down, at least 1 pixel
/// ("inference_rotation_multiscale"): the image bicubic, the trimap nearest, alpha back bicubic.
/// Not clipped: the bicubic weights carry it slightly beyond [0, 1].
[[nodiscard]] Plane<double> lsa_tta24(const Plane<Rgb<std::uint8_t>>& image, const Trimap& trimap,
                                      const LsaPredict& predict);

}  // namespace mbench::deep
