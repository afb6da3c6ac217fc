#include "core/random.hpp"

#include <cmath>

#include "core/exact_math.hpp"
#include "core/exact_math_bodies.hpp"
#include "core/simd_clones.hpp"

namespace mbench {
namespace {

/// Random::uniform() of its bits, without a conversion that AVX2 lacks.
MBENCH_SIMD_BODY double uniform_of(std::uint64_t bits) {
  const std::uint64_t whole = bits >> 11;  // 53 bits: two exact parts, and an exact sum
  return (exact::from_whole(whole >> 32) * 0x1p32 + exact::from_whole(whole & 0xffffffffU)) *
         0x1p-53;
}

/// The pair that Box and Muller make of two uniforms, written to pair[0] and pair[1].
MBENCH_SIMD_BODY void make_pair_of(double first, double turns, double* pair) {
  const double radius = std::sqrt(-2.0 * exact::log_shifted(1.0 - first, 0.0));  // no log of 0
  pair[0] = radius * exact::sin_positive_turns(turns + 0.25);
  pair[1] = radius * exact::sin_positive_turns(turns);
}

/// `state` is what the first number is a hash of; each number adds `step` to it.
MBENCH_SIMD_CLONES_512 void fill_pairs(std::uint64_t state, std::uint64_t step,
                                       double* __restrict pairs, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t first = state + step * 2 * i;
    make_pair_of(uniform_of(mix_bits(first)), uniform_of(mix_bits(first + step)), pairs + 2 * i);
  }
}

}  // namespace

std::array<double, 2> Random::gaussian_pair() {
  const double first = uniform();
  const double turns = uniform();
  std::array<double, 2> pair{};
  make_pair_of(first, turns, pair.data());
  return pair;
}

void Random::gaussians(std::uint64_t first, std::span<double> numbers) const {
  // The n-th pair is made of the numbers 2 n + 1 and 2 n + 2 from here on.
  const auto state = [&](std::uint64_t pair) { return key_ + kStep * (count_ + 2 * pair + 1); };
  if (numbers.empty()) return;
  std::array<double, 2> pair{};
  if (first % 2 == 1) {  // the second half of a pair
    fill_pairs(state(first / 2), kStep, pair.data(), 1);
    numbers.front() = pair[1];
    numbers = numbers.subspan(1);
    ++first;
  }
  fill_pairs(state(first / 2), kStep, numbers.data(), numbers.size() / 2);
  if (numbers.size() % 2 == 1) {
    fill_pairs(state((first + numbers.size()) / 2), kStep, pair.data(), 1);
    numbers.back() = pair[0];
  }
}

double Random::log_normal(double sigma) { return exp_exact(sigma * normal()); }

}  // namespace mbench
