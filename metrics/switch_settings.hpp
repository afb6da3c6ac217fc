#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/switches.hpp"

namespace mbench::metrics {

/// One switch of a column in words.
struct SwitchSetting {
  std::string_view name;  ///< "region": the name of the field in metrics/switches.hpp
  std::string value;      ///< "unknown"
  std::string meaning;    ///< "pixels with T = 128"
};

/// Every switch of the column, in the order of metrics/switches.hpp.
[[nodiscard]] std::vector<SwitchSetting> switch_settings(const ScoreColumn& column);

/// When the column has no value, in words: "there are no pixels with T = 128". Empty if it always
/// has one.
[[nodiscard]] std::vector<std::string> undefined_cases(const ScoreColumn& column);

/// The names of all switches in the order in which switch_steps changes them.
[[nodiscard]] std::span<const std::string_view> switch_order();

/// One switch changed on the way from one column to another, or several that make sense only
/// together.
struct SwitchStep {
  std::string name;   ///< "components", "kernel and unit"
  std::string from;   ///< value before: "foreground_only", "taps9 and 1000"
  std::string to;     ///< value after
  ScoreColumn after;  ///< the column with this step and all before it done
};

/// The way from the switches of one column to those of another of the same metric: each switch that
/// differs is changed once, in this order:
///
///     quantise, clamp, stretch, if_zero, divisor, offset, region, kernel, border,
///     predicted_threshold, truth_threshold, empty_level, tie_order, components, unit
///
/// Clamping and divisor come before the region, so that going from unknown pixels to the whole
/// image adds what the program adds, not errors that its clamping removes. A kernel and a unit that
/// change both are one step, and so are a divisor that turns a sum into a mean, its offset and the
/// unit: one without the others gives numbers that no program prints. The last step arrives at
/// `to`; there is none if the switches are equal. Throws usage for columns of different metrics.
[[nodiscard]] std::vector<SwitchStep> switch_steps(const ScoreColumn& from, const ScoreColumn& to);

}  // namespace mbench::metrics
