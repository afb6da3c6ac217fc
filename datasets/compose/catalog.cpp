#include <array>

#include "datasets/compose/rule.hpp"
#include "datasets/compose/rules.hpp"

namespace mbench::datasets::compose {
namespace {

// The only list of rules, in the order of `mbench list rules`.
constexpr std::array<const ComposeRule*, 8> kRules{
    &dim_rule,  &mmagic_rule,    &foamliu_rule,  &huochaitiantang_rule, &distinctions_646_rule,
    &rssn_rule, &gca_train_rule, &lsa_train_rule};

}  // namespace

std::span<const ComposeRule* const> all_rules() { return kRules; }

const ComposeRule& find_rule(std::string_view id) {
  return find_rule_by_id(kRules, id, "composition rule");
}

}  // namespace mbench::datasets::compose
