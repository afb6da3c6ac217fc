#include "app/rule_descriptions.hpp"

#include <string>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "app/descriptions.hpp"
#include "baselines/foreground/foreground.hpp"
#include "datasets/compose/rule.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::app {
namespace {

using Json = nlohmann::ordered_json;

/// A catalogue is a range of pointers to entries with a member `facts`.
template <typename Catalogue>
RuleKind kind_of(RuleKind kind, const Catalogue& catalogue) {
  for (const auto* entry : catalogue) kind.rules.push_back(&entry->facts);
  return kind;
}

/// "gca:fg=15:bg=15, or in this order gca:15,15".
std::string spelling(const RuleFacts& rule) {
  std::string by_name{rule.id};
  std::string in_order;
  for (const OptionSpec& option : rule.options) {
    if (option.default_value.empty()) continue;
    by_name += fmt::format(":{}={}", option.name, option.default_value);
  }
  for (const OptionSpec& option : rule.options) {
    if (option.default_value.empty()) break;
    in_order += fmt::format("{}{}", in_order.empty() ? "" : ",", option.default_value);
  }
  if (in_order.empty()) return by_name == rule.id ? std::string{} : by_name;
  return fmt::format("{}, or in this order {}:{}", by_name, rule.id, in_order);
}

}  // namespace

std::vector<RuleKind> rule_kinds() {
  const auto nothing_more = [](std::string_view) {};
  return {kind_of({.id = "compose",
                   .noun = "composition rule",
                   .use = "mbench compose --rule",
                   .check = nothing_more},
                  datasets::compose::all_rules()),
          kind_of({.id = "trimap",
                   .noun = "trimap rule",
                   .use = "mbench trimap make --rule",
                   .check =
                       [](std::string_view text) {
                         static_cast<void>(datasets::trimaps::choose_rule(text));
                       }},
                  datasets::trimaps::all_rules()),
          kind_of({.id = "foreground",
                   .noun = "foreground estimator",
                   .use = "mbench compose --foreground",
                   .check = nothing_more},
                  baselines::all_estimators())};
}

Json describe(const RuleKind& kind, const RuleFacts& rule) {
  Json description{{"kind", kind.id},
                   {"id", rule.id},
                   {"title", rule.title},
                   {"summary", rule.summary},
                   {"use", fmt::format("{} {}", kind.use, rule.id)},
                   {"spelling", spelling(rule)},
                   {"version", rule.version},
                   {"source", rule.source},
                   {"cite", rule.cite},
                   {"options", describe_options(rule.options)}};
  if (!rule.open_choices.empty()) description["open_choices"] = rule.open_choices;
  return description;
}

Namesakes describe_rules_with_options(std::string_view text) {
  Namesakes all;
  for (const RuleKind& kind : rule_kinds()) {
    const std::string_view spelled = without_kind(text, kind.id);
    for (const RuleFacts* rule : kind.rules) {
      if (rule_id(spelled) != rule->id) continue;
      try {
        const RuleOptions parsed = parse_rule_options(spelled, *rule, kind.noun);
        kind.check(spelled);
        Json description = with_given(describe(kind, *rule), parsed.spelling);
        description["use"] = fmt::format("{} {}", kind.use, spelled);
        all.items.push_back(std::move(description));
      } catch (const Error& error) {
        all.refusals.push_back(error);
      }
    }
  }
  return all;
}

}  // namespace mbench::app
