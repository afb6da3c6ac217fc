#include "core/random.hpp"

#include <array>
#include <cmath>

#include "tests/support/catch.hpp"

namespace mbench {

TEST_CASE("a stream depends on seed and tag alone, not on what others drew", "[core][random]") {
  const Random root{7};
  Random other = root.fork(1);
  for (int i = 0; i < 100; ++i) (void)other.bits();
  Random again = root.fork(2);
  Random fresh = Random{7}.fork(2);
  CHECK(again.bits() == fresh.bits());
  CHECK(Random{7}.fork(2).key() != Random{7}.fork(3).key());
  CHECK(Random{7}.fork(2).key() != Random{8}.fork(2).key());
}

TEST_CASE("Gaussian numbers have the moments and the tails of the normal distribution",
          "[core][random]") {
  Random random{3};
  constexpr int kPairs = 200'000;
  std::array<double, 5> moments{};
  double mixed = 0.0;
  int beyond_2 = 0;
  for (int i = 0; i < kPairs; ++i) {
    const auto [a, b] = random.gaussian_pair();
    mixed += a * b;
    for (const double x : {a, b}) {
      for (std::size_t k = 1; k < moments.size(); ++k) {
        moments[k] += std::pow(x, static_cast<double>(k));
      }
      if (std::abs(x) > 2.0) ++beyond_2;
    }
  }
  // Four standard deviations of each mean of 400,000 (200,000) numbers.
  CHECK(moments[1] / (2 * kPairs) == Approx(0.0).margin(0.0064));
  CHECK(moments[2] / (2 * kPairs) == Approx(1.0).margin(0.009));
  CHECK(moments[3] / (2 * kPairs) == Approx(0.0).margin(0.025));
  CHECK(moments[4] / (2 * kPairs) == Approx(3.0).margin(0.062));
  CHECK(mixed / kPairs == Approx(0.0).margin(0.009));
  CHECK(beyond_2 / (2.0 * kPairs) == Approx(0.0455003).margin(0.0013));
}

}  // namespace mbench
