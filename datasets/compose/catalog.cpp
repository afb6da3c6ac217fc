#include <array>
#include <vector>

#include "core/registry.hpp"
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
  std::vector<std::string_view> ids;
  for (const ComposeRule* rule : kRules) {
    if (rule->facts.id == id) return *rule;
    ids.push_back(rule->facts.id);
  }
  throw_unknown_id(id, ids, "rule");
}

}  // namespace mbench::datasets::compose
