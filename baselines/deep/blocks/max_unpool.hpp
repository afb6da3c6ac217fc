#pragma once
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

}  // namespace mbench::deep
