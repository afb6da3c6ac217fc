#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace mbench {

/// The finaliser of SplitMix64: a bijection of 64 bits whose output bits each depend on all inputs.
[[nodiscard]] constexpr std::uint64_t mix_bits(std::uint64_t v) {
  v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9ULL;
  v = (v ^ (v >> 27)) * 0x94d049bb133111ebULL;
  return v ^ (v >> 31);
}

/// A name as a tag for Random::fork(): FNV-1a of its bytes. What is drawn for a sample by its name
/// stays when others come or go.
[[nodiscard]] constexpr std::uint64_t name_tag(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

/// Random numbers by counting: the n-th number is a hash of (key, n), and fork(tag) gives a stream
/// of its own to every sample, object or step: Random{seed}.fork(sample). What one of them draws
/// never shifts another's numbers, and no number depends on order, threads or machine. Draw at most
/// one number per expression (or list them in braces): the operands of + and * and the arguments of
/// a call are evaluated in an order that each compiler chooses.
class Random {
 public:
  explicit constexpr Random(std::uint64_t key) : key_{mix_bits(key + kStep)} {}

  [[nodiscard]] constexpr Random fork(std::uint64_t tag) const {
    return Random{key_ ^ mix_bits(tag * kStep + 1)};
  }
  constexpr std::uint64_t bits() { return mix_bits(key_ + kStep * ++count_); }
  /// In [0, 1): 53 bits.
  constexpr double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  constexpr double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Nearly normal, mean 0 and variance 1: the sum of four uniforms, so within +-3.47.
  constexpr double normal() {
    const std::uint64_t b = bits();
    const auto sum = (b & 0xffff) + ((b >> 16) & 0xffff) + ((b >> 32) & 0xffff) + (b >> 48);
    return (static_cast<double>(sum) / 65535.0 - 2.0) * 1.7320508075688772;
  }
  /// Two independent numbers of the normal distribution, mean 0 and variance 1 (Box and Muller;
  /// from two uniforms, within +-8.6, relative error below 1e-9).
  std::array<double, 2> gaussian_pair();
  /// Many of them at once, several times as fast: numbers[i] is the (first + i)-th number of the
  /// pairs that gaussian_pair() would give from here on. Draws nothing.
  void gaussians(std::uint64_t first, std::span<double> numbers) const;
  /// exp(sigma * normal()): median 1.
  double log_normal(double sigma);
  /// 0 ... count - 1.
  constexpr int below(int count) { return static_cast<int>(uniform() * count); }
  constexpr bool chance(double probability) { return uniform() < probability; }
  constexpr double sign() { return chance(0.5) ? 1.0 : -1.0; }
  template <typename T>
  constexpr const T& pick(std::span<const T> choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }
  [[nodiscard]] constexpr std::uint64_t key() const { return key_; }

 private:
  static constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15ULL;
  std::uint64_t key_;
  std::uint64_t count_{};
};

}  // namespace mbench
