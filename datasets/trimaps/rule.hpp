#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
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
  AlphaView alpha{};
  /// For rules that ask for it (AIM's unified maps): the kind of image, if it is known.
  std::optional<imaging::ImageType> type{};
};

/// One published way of making a trimap from a matte: either by its own `make`, or by standing for
/// another rule, whose spelling `stands_for` gives.
struct TrimapRule {
  RuleFacts facts;
  /// Throws bad_input where the type is missing.
  Trimap (*make)(const TrimapInput& input, const Options& options){};
  /// For rules that draw, and for papers that word an older rule anew: the rule without draws that
  /// makes this sample's trimap, "gca:3,17". `random` is the stream of this sample alone.
  std::string (*stands_for)(const Options& options, Random random){};
  bool draws{};       ///< at random: the same seed and sample give the same trimap
  bool needs_type{};  ///< unless an option says it
};

/// All rules, in the order of `mbench list rules`.
[[nodiscard]] std::span<const TrimapRule* const> all_rules();

/// Throws usage for an unknown rule, with the nearest one.
[[nodiscard]] const TrimapRule& find_rule(std::string_view id);

/// A rule with its options.
struct ChosenRule {
  const TrimapRule* rule{};
  std::string spelling{};  ///< canonical: "gca:fg=15:bg=15"
  Options options{};
};

/// Reads "gfm", "gca:15,15" or "gca:fg=15:bg=15", each also as "trimap:gfm". Throws usage for what
/// no rule has, and for a range without a number to draw.
[[nodiscard]] ChosenRule choose_rule(std::string_view text);

/// Does the rule look at the type of the image?
[[nodiscard]] bool needs_type(const ChosenRule& chosen);

/// A trimap and how it came about.
struct MadeTrimap {
  Trimap trimap{};
  /// The rule that made it, with what was drawn: "gca:fg=3:bg=17". Without draws it is the rule
  /// asked for, or the one that this stands for.
  std::string made_by{};
};

/// Makes the trimap of one sample. What is drawn depends on the seed and the sample's name alone,
/// not on its place among others. Throws bad_input for a float matte with values outside [0, 1],
/// and where the rule needs the type and none is given.
[[nodiscard]] MadeTrimap make_trimap(const ChosenRule& chosen, const TrimapInput& input,
                                     std::uint64_t seed, std::string_view sample);

}  // namespace mbench::datasets::trimaps
