#pragma once
#include "baselines/deep/trimap_tensors.hpp"

namespace mbench::deep {

/// What most networks that are given a trimap see: colours normalised by ImageNet's statistics, and
/// the trimap as 0, 128/255, 1 (or what a resize made of it), mirrored: [1, 4, H, W].
[[nodiscard]] inline Tensor rgb_and_trimap(const Image& image, const Plane<std::uint8_t>& trimap,
                                           const imaging::Margins& margins = {}) {
  return at::cat({padded_rgb(image, margins), padded_mask(trimap, margins)}, 1);
}

}  // namespace mbench::deep
