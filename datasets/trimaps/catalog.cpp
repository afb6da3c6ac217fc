#include <array>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "datasets/trimaps/entries.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::datasets::trimaps {
namespace {

constexpr std::string_view kNoun = "trimap rule";

// The only list of trimap rules: what programs compute, what they draw, what papers word.
constexpr std::array kRules{
    &gfm_rule,
    &usr_rule,
    &gca_rule,
    &dimtorch_rule,
    &foamliu_rule,
    &bgm_rule,
    &dist_rule,
    &lsa_rule,
    &opt_rule,
    &gca_random_rule,
    &dimtorch_random_rule,
    &mmagic_random_rule,
    &foamliu_random_rule,
    &dist_random_rule,
    &lsa_random_rule,
    &matting_anything_rule,
    &zhou2021_rule,
    &d_n_rule,
    &qiao2020_rule,
};

/// Alpha is a share: a value outside [0, 1] would pass for clear or opaque, and NaN for neither.
void require_shares(AlphaView alpha) {
  if (alpha.depth() == Depth::f32) static_cast<void>(to_u8(alpha));
}

/// Refuses at once what every sample would be refused for: an empty range of numbers to draw.
void require_drawable(const ChosenRule& chosen) {
  if (chosen.rule->stands_for == nullptr) return;
  try {
    static_cast<void>(choose_rule(chosen.rule->stands_for(chosen.options, Random{0})));
  } catch (const Error& error) {
    throw error.at(fmt::format("{} '{}'", kNoun, chosen.rule->facts.id));
  }
}

}  // namespace

std::span<const TrimapRule* const> all_rules() { return kRules; }

const TrimapRule& find_rule(std::string_view id) { return find_rule_by_id(kRules, id, kNoun); }

ChosenRule choose_rule(std::string_view text) {
  const std::string_view spelled = without_kind(text, "trimap");
  const TrimapRule& rule = find_rule(rule_id(spelled));
  RuleOptions parsed = parse_rule_options(spelled, rule.facts, kNoun);
  ChosenRule chosen{
      .rule = &rule, .spelling = std::move(parsed.spelling), .options = std::move(parsed.options)};
  require_drawable(chosen);
  return chosen;
}

bool needs_type(const ChosenRule& chosen) {
  return chosen.rule->needs_type && !chosen.options.has("type");
}

MadeTrimap make_trimap(const ChosenRule& chosen, const TrimapInput& input, std::uint64_t seed,
                       std::string_view sample) {
  if (chosen.rule->stands_for != nullptr) {
    const Random random = Random{seed}.fork(name_tag(sample));
    return make_trimap(choose_rule(chosen.rule->stands_for(chosen.options, random)), input, seed,
                       sample);
  }
  require_shares(input.alpha);
  return {.trimap = chosen.rule->make(input, chosen.options), .made_by = chosen.spelling};
}

}  // namespace mbench::datasets::trimaps
