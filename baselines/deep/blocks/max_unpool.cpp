#include "baselines/deep/blocks/max_unpool.hpp"

#include <tuple>

#include <ATen/Parallel.h>

namespace mbench::deep {
namespace {

/// One channel after the other, each in raster order.
Tensor max_unpool_by_loop(const Tensor& values, const Tensor& indices) {
  const Tensor from = values.contiguous();
  const Tensor places = indices.contiguous();
  const std::int64_t cells = values.size(2) * values.size(3);
  Tensor result = at::zeros(
      {values.size(0), values.size(1), 2 * values.size(2), 2 * values.size(3)}, values.options());
  const float* const value = from.data_ptr<float>();
  const std::int64_t* const place = places.data_ptr<std::int64_t>();
  float* const out = result.data_ptr<float>();
  at::parallel_for(0, values.size(0) * values.size(1), 1,
                   [&](std::int64_t begin, std::int64_t end) {
                     for (std::int64_t channel = begin; channel < end; ++channel) {
                       float* const plane = out + 4 * cells * channel;
                       for (std::int64_t i = cells * channel; i < cells * (channel + 1); ++i) {
                         plane[place[i]] = value[i];
                       }
                     }
                   });
  return result;
}

}  // namespace

Pooled max_pool_with_indices(const Tensor& input) {
  auto [values, indices] = at::max_pool2d_with_indices(input, {3, 3}, {2, 2}, {1, 1});
  return {.values = std::move(values), .indices = std::move(indices)};
}

Tensor max_unpool(const Tensor& values, const Tensor& indices) {
  const bool plain = values.is_cpu() && values.scalar_type() == at::kFloat;
  return plain ? max_unpool_by_loop(values, indices) : max_unpool_by_scatter(values, indices);
}

Tensor max_unpool_by_scatter(const Tensor& values, const Tensor& indices) {
  const std::int64_t height = values.size(2);
  const std::int64_t width = values.size(3);
  const std::int64_t places = 4 * height * width;
  // Windows that share a place are neighbours: a value gives way if a later one of them has its
  // place. What gives way goes to one more place, which is cut off: where several values meet, the
  // order of writing no longer matters.
  const Tensor padded = at::constant_pad_nd(indices, {1, 1, 0, 1}, -1);  // [N, C, H + 1, W + 2]
  const auto neighbour = [&](std::int64_t down, std::int64_t right) {
    return padded.narrow(2, down, height).narrow(3, 1 + right, width);
  };
  const Tensor gives_way = (neighbour(0, 1) == indices) | (neighbour(1, -1) == indices) |
                           (neighbour(1, 0) == indices) | (neighbour(1, 1) == indices);
  const Tensor targets = indices.masked_fill(gives_way, places);  // [N, C, H, W]
  return at::zeros({values.size(0), values.size(1), places + 1}, values.options())
      .scatter_(2, targets.flatten(2), values.flatten(2))
      .narrow(2, 0, places)
      .reshape({values.size(0), values.size(1), 2 * height, 2 * width});
}

PooledBlocks max_pool_blocks(const Tensor& input) {
  auto [values, indices] = at::max_pool2d_with_indices(input, {2, 2}, {2, 2});
  return {.values = std::move(values), .indices = std::move(indices), .size = input.sizes().vec()};
}

Tensor unpool_blocks(const Tensor& values, const PooledBlocks& pooled) {
  const auto& size = pooled.size;
  return at::zeros({size[0], values.size(1), size[2] * size[3]}, values.options())
      .scatter_(2, pooled.indices.flatten(2), values.flatten(2))
      .view({size[0], values.size(1), size[2], size[3]});
}

}  // namespace mbench::deep
