#include "core/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "core/sha256.hpp"
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

TEST_CASE("Gaussian numbers at once are those drawn pair by pair, bit by bit", "[core][random]") {
  for (const std::uint64_t seed : {0, 1, 2026}) {
    Random random{seed};
    (void)random.bits();  // they go on where the stream stands
    std::vector<double> numbers(100'001);
    random.gaussians(0, numbers);
    // Any part of them, from the middle of a pair as well.
    for (const std::size_t first : {0, 1, 2, 777}) {
      for (const std::size_t count : {0, 1, 2, 3, 16, 501}) {
        std::vector<double> part(count);
        random.gaussians(first, part);
        CHECK(std::ranges::equal(part, std::span{numbers}.subspan(first, count)));
      }
    }
    std::vector<double> drawn(numbers.size() + 1);
    for (std::size_t i = 0; i < drawn.size(); i += 2) {
      const std::array<double, 2> pair = random.gaussian_pair();
      std::ranges::copy(pair, drawn.begin() + static_cast<std::ptrdiff_t>(i));
    }
    drawn.pop_back();
    CHECK(sha256_hex(std::as_bytes(std::span{numbers})) ==
          sha256_hex(std::as_bytes(std::span{drawn})));
  }
}

TEST_CASE("Gaussian numbers are the same on every machine", "[core][random]") {
  std::vector<double> numbers(10'000);
  Random{1}.gaussians(0, numbers);
  CHECK(sha256_hex(std::as_bytes(std::span{numbers})) ==
        "d02352ef8d6553930902e34de34530ec9b9c680d6e4b135c9729fdbf9d5bde09");
}

}  // namespace mbench
