#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "core/matte.hpp"
#include "core/options.hpp"
#include "core/random.hpp"
#include "core/rule.hpp"
#include "core/trimap.hpp"
#include "imaging/trimap_rules.hpp"

namespace mbench::datasets::trimaps {

/// What a trimap is made from.
struct TrimapInput {
  const Matte& alpha;
  /// For rules that ask for it (AIM's unified maps): the kind of image, if it is known.
  std::optional<imaging::ImageType> type{};
};

/// One published way of making a trimap from a matte.
struct TrimapRule {
  RuleFacts facts;
  bool draws{};  ///< at random: the same seed and sample give the same trimap
  /// `random` is the stream of this sample alone. Throws bad_input for a depth that the rule does
  /// not define, or where the type is missing.
  Trimap (*make)(const TrimapInput& input, const Options& options, Random random);
};

/// All rules, in the order of `mbench list rules`.
[[nodiscard]] std::span<const TrimapRule* const> all_rules();

/// Throws usage for an unknown rule, with the nearest one.
[[nodiscard]] const TrimapRule& find_rule(std::string_view id);

}  // namespace mbench::datasets::trimaps
