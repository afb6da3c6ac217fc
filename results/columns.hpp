#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/record.hpp"

namespace mbench::results {

/// The scores of one column over some samples, in their order.
struct ColumnScores {
  std::vector<double> defined{};
  std::vector<std::string_view> frames{};  ///< of `defined`: the samples' tag `frame`, or ""
  std::size_t undefined{};
};

/// Protocol -> column -> scores: protocols in the order given, columns in the order in which
/// samples name them; those that no sample has are absent. Throws internal, naming the sample, if
/// it has scores of a protocol that is not given.
[[nodiscard]] Named<Named<ColumnScores>> collect_columns(
    std::span<const SampleResult* const> samples, std::span<const std::string> protocols);

/// (x_1 + ... + x_n) / n, summed from first to last in double; n > 0. Throws internal for a value
/// that is not finite.
[[nodiscard]] double ordered_mean(std::span<const double> values);

/// The mean over the scores of each frame index (over the clips), then over the indices, in their
/// numerical order; there must be a score. Equal to ordered_mean(), but for rounding, if all clips
/// have the same frames.
[[nodiscard]] double frame_index_mean(const ColumnScores& scores);

/// The entry of that name, added at the end if there is none.
template <typename T>
T& entry(Named<T>& named, const std::string& name) {
  for (auto& [key, value] : named) {
    if (key == name) return value;
  }
  return named.emplace_back(name, T{}).second;
}

/// The entry of that name, or nothing.
template <typename T>
const T* find_entry(const Named<T>& named, std::string_view name) {
  for (const auto& [key, value] : named) {
    if (key == name) return &value;
  }
  return nullptr;
}

}  // namespace mbench::results
