#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/plane.hpp"
#include "metrics/levels_kept.hpp"
#include "metrics/matte_pair.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// What two values have to exceed to reach a threshold: the largest numbers of their type that
/// miss it.
template <typename T>
struct Misses {
  T predicted{};
  T truth{};
  friend bool operator==(const Misses&, const Misses&) = default;
};

/// [j]: for threshold j/10 under the rules of prediction and truth; [0] is not used. T: the type of
/// the values, std::uint8_t, std::uint16_t, std::uint32_t (full alpha is `full`) or double.
template <typename T>
using ThresholdMisses = std::array<Misses<T>, kTopLevel + 1>;
template <typename T>
[[nodiscard]] ThresholdMisses<T> threshold_misses(ThresholdRule predicted, ThresholdRule truth,
                                                  std::uint32_t full);

/// A scale of levels for a pair of mattes: level s is reached where both values exceed what misses
/// it. Holds the thresholds of several rules, which differ at few of them: for 8 bits `inclusive`
/// and `f64` make a scale of 11 levels together.
template <typename T>
class LevelScale {
 public:
  /// Adds the thresholds, unless a pixel could reach one of them and miss one of the scale while
  /// another does the opposite. Returns whether they are part of the scale now.
  bool add(const ThresholdMisses<T>& thresholds);
  /// By j the level of the scale that stands for threshold j/10.
  [[nodiscard]] ThresholdLevels levels_of(const ThresholdMisses<T>& thresholds) const;
  [[nodiscard]] int top_level() const { return static_cast<int>(steps_.size()); }
  /// Per pixel the highest level reached by both mattes.
  [[nodiscard]] Plane<std::uint8_t> levels(const TypedPair<T>& mattes) const;

 private:
  std::vector<Misses<T>> steps_{};  ///< [s - 1] belongs to level s; both numbers rise
};

}  // namespace mbench::metrics
