#include "baselines/deep/blocks/max_unpool.hpp"

#include <ATen/Parallel.h>

#include "tests/support/catch.hpp"

using namespace mbench::deep;

namespace {

/// Values without order, several of them equal to 0 as after a ReLU.
Tensor scattered(at::IntArrayRef shape) {
  std::int64_t count = 1;
  for (const std::int64_t side : shape) count *= side;
  return at::relu(at::sin(at::arange(count, at::kFloat) * 12.9898)).view(shape);
}

}  // namespace

TEST_CASE("of several values for one place the last in raster order stays",
          "[baselines][deep][max_unpool]") {
  // The largest value, in the middle of 4 x 4, is the maximum of all four windows.
  Tensor image = at::zeros({1, 1, 4, 4});
  image[0][0][1][1] = 5.0F;
  const Pooled pooled = max_pool_with_indices(image);
  CHECK(pooled.indices.eq(5).all().item<bool>());
  const Tensor values = at::arange(1, 5, at::kFloat).view({1, 1, 2, 2});
  Tensor expected = at::zeros({1, 1, 4, 4});
  expected[0][0][1][1] = 4.0F;
  CHECK(at::equal(max_unpool(values, pooled.indices), expected));
  CHECK(at::equal(max_unpool_by_scatter(values, pooled.indices), expected));
}

TEST_CASE("unpooling equals PyTorch's on one thread, in a loop and by scattering",
          "[baselines][deep][max_unpool]") {
  const Pooled pooled = max_pool_with_indices(scattered({2, 3, 32, 46}));
  const Tensor values = scattered({2, 3, 16, 23}) + 1.0;
  at::set_num_threads(1);
  const Tensor expected = at::max_unpool2d(values, pooled.indices, {32, 46});
  CHECK(at::equal(max_unpool_by_scatter(values, pooled.indices), expected));
  for (const int threads : {1, 2}) {
    at::set_num_threads(threads);
    CHECK(at::equal(max_unpool(values, pooled.indices), expected));
  }
  CHECK(
      at::equal(max_unpool(values.to(at::kBFloat16), pooled.indices), expected.to(at::kBFloat16)));
}
