#include "baselines/deep/aimnet/max_unpool.hpp"

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
  const std::int64_t cells = values.size(2) * values.size(3);
  const Tensor places = indices.flatten(2);  // [N, C, HW]
  const Tensor order = at::arange(cells, indices.options()).expand_as(places);
  // The largest number in raster order that writes to each place: no order of writing changes it.
  const Tensor last = at::full({values.size(0), values.size(1), 4 * cells}, -1, indices.options())
                          .scatter_reduce(2, places, order, "amax");     // [N, C, 4HW]
  const Tensor spread = values.flatten(2).gather(2, last.clamp_min(0));  // [N, C, 4HW]
  return at::where(last >= 0, spread, at::zeros({}, values.options()))
      .view({values.size(0), values.size(1), 2 * values.size(2), 2 * values.size(3)});
}

}  // namespace mbench::deep
