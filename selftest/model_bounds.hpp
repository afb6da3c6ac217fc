#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "baselines/deep/network.hpp"
#include "selftest/models_folder.hpp"

namespace mbench::selftest {

/// How far an output may lie from the stored one; 0 = not asked for.
struct OutputBound {
  double largest{};
  double mean{};
  /// Of whole numbers: the share of them that may differ, however far; the other two do not count.
  double differing{};
};

/// max(1e-3, 20 x the noise of the original program), as the references ask, but for outputs with
/// a bound of their own.
[[nodiscard]] OutputBound output_bound(const ModelFolder& model, std::string_view output);

/// A whole test strategy: one of the two must hold. A last digit can decide between alpha and 0 or
/// 1 (the class map), or where a pooled value goes back to (max-unpooling): such a matte differs in
/// a few places and is judged by its mean.
[[nodiscard]] OutputBound pipeline_bound();

struct Deviation {
  double largest{};
  double mean{};
  double differing{};        ///< share of the values that are further apart than 1e-3
  std::int64_t undecided{};  ///< pixels that were not compared
};

[[nodiscard]] bool holds(const Deviation& deviation, const OutputBound& bound);

/// NaN counts as infinite.
[[nodiscard]] Deviation compare_values(const std::vector<float>& expected,
                                       const std::vector<float>& found);

/// An output that is chosen by the largest of several channels (`fusion` beside `global` or
/// `glance`) is compared only where the two largest lie more than 1e-3 apart.
[[nodiscard]] Deviation compare_output(std::string_view name, const baselines::Array& expected,
                                       const baselines::Array& found,
                                       const baselines::Arrays& references);

}  // namespace mbench::selftest
