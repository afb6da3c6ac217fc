#pragma once
#include "baselines/deep/torch.hpp"
#include "core/image.hpp"
#include "core/trimap.hpp"
#include "imaging/padding.hpp"

// Image and trimap as tensors, completed by their mirror images to sides that a network takes, as
// GCA-Matting [li2020gca] does; and maps of classes, which networks without a trimap find, as
// trimaps.

namespace mbench::deep {

/// RGB in [0, 1], not rounded to 8 bits, normalised by ImageNet's statistics, mirrored: [1, 3, H,
/// W].
[[nodiscard]] Tensor padded_rgb(const Image& image, const imaging::Margins& margins);

/// A plane of 0 to 255 as [0, 1], mirrored: [1, 1, H, W].
[[nodiscard]] Tensor padded_mask(const Plane<std::uint8_t>& mask, const imaging::Margins& margins);

/// Background, unknown and foreground of the mirrored trimap, each 0 or 1: [1, 3, H, W].
[[nodiscard]] Tensor padded_one_hot(const Trimap& trimap, const imaging::Margins& margins);

/// The same of classes 0, 1, 2: [1, 1, H, W] -> [1, 3, H, W] of `like`'s type.
[[nodiscard]] Tensor one_hot(const Tensor& classes, const Tensor& like);

/// The first channel with the largest value: [N, C, H, W] -> [N, 1, H, W], as numbers of the type
/// of `scores`.
[[nodiscard]] Tensor class_index(const Tensor& scores);

/// 0 and 1 where classes are 0 and 2, alpha where they are 1: [N, 1, H, W] both.
[[nodiscard]] Tensor fill_unknown(const Tensor& classes, const Tensor& alpha);

/// Classes 0, 1, 2 of [1, 1, H, W] as a trimap of the image: its top left part of that size.
[[nodiscard]] Trimap to_trimap(const Tensor& classes, Size size);

/// The top left part of that size of [1, C, H, W].
[[nodiscard]] Tensor cropped(const Tensor& tensor, Size size);

}  // namespace mbench::deep
