#pragma once
#include <cstdint>
#include <vector>

#include "baselines/deep/torch.hpp"

namespace mbench::deep {

/// What max pooling 3 x 3 with stride 2 and padding 1 gives, and where in its input each maximum
/// lies: flat indices within a channel, both [N, C, ceil(H/2), ceil(W/2)].
struct Pooled {
  Tensor values{}, indices{};
};

[[nodiscard]] Pooled max_pool_with_indices(const Tensor& input);

/// Puts each value where `indices` says, 0 elsewhere: [N, C, H, W] -> [N, C, 2H, 2W].
///
/// The windows of max_pool_with_indices() overlap, so one place may be the maximum of several and
/// be given several values. Of these the last in raster order of `values` stays, as where PyTorch
/// writes them with one thread of the CPU. Its own operator leaves it to chance on a GPU and where
/// threads meet.
[[nodiscard]] Tensor max_unpool(const Tensor& values, const Tensor& indices);

/// The same by operators that every device has; max_unpool() is this wherever it is not the plain
/// loop over the numbers.
[[nodiscard]] Tensor max_unpool_by_scatter(const Tensor& values, const Tensor& indices);

/// Maxima of blocks of 2 x 2 pixels, [N, C, floor(H/2), floor(W/2)], and the size before.
struct PooledBlocks {
  Tensor values{}, indices{};
  std::vector<std::int64_t> size{};
};

[[nodiscard]] PooledBlocks max_pool_blocks(const Tensor& input);

/// Values where those maxima were, 0 elsewhere, at the size before. No two blocks share a pixel, so
/// the order in which values are written does not matter.
[[nodiscard]] Tensor unpool_blocks(const Tensor& values, const PooledBlocks& pooled);

}  // namespace mbench::deep
