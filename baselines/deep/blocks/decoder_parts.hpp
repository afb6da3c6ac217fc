#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "baselines/deep/blocks/layers.hpp"

// Parts of the decoders of GFM and the networks that follow it [li2022gfm, li2021].

namespace mbench::deep {

/// Convolutions 3 x 3 with batch normalisation and ReLU from each number of channels to the next:
/// [N, channels[0], H, W] -> [N, channels.back(), H, W]. Three units each.
[[nodiscard]] std::vector<UnitPointer> conv_chain(const std::vector<std::int64_t>& channels);

/// One convolution of a conv_chain() and an enlargement by the factor: the way of pooled features
/// to a decoder at a finer level.
[[nodiscard]] std::shared_ptr<Sequence> pyramid_level(std::int64_t in, std::int64_t out,
                                                      std::int64_t factor);

/// Three convolutions 3 x 3 with dilation 2, batch normalisation and ReLU: [N, channels, H, W]
/// stays so.
[[nodiscard]] std::shared_ptr<Sequence> dilated_bridge(std::int64_t channels);

/// Joins channels.
[[nodiscard]] inline Tensor join(const Tensor& first, const Tensor& second) {
  return at::cat({first, second}, 1);
}

}  // namespace mbench::deep
