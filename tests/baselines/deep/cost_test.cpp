#include "baselines/deep/cost.hpp"

#include "baselines/deep/torch.hpp"
#include "tests/support/catch.hpp"

using namespace mbench::deep;

TEST_CASE("a convolution counts once, whether a network calls it or a trace does",
          "[baselines][deep][cost]") {
  const Tensor image = at::ones({1, 2, 5, 6});
  const Tensor weight = at::ones({3, 2, 3, 3});
  const std::int64_t macs = std::int64_t{3 * 3 * 4} * (2 * 3 * 3);  // without padding: 3 x 4
  const auto called = count_cost([&] { (void)at::conv2d(image, weight); });
  CHECK(called.macs == macs);
  const auto traced = count_cost([&] {
    (void)at::_convolution(image, weight, {}, {1, 1}, {0, 0}, {1, 1}, false, {0, 0}, 1, false,
                           false, false, false);
  });
  CHECK(traced.macs == macs);
  CHECK(traced.flops_counter == called.flops_counter);
  CHECK(traced.fvcore == called.fvcore);
}
