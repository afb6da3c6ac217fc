#include "app/rule_descriptions.hpp"

#include <optional>
#include <string>

#include <fmt/core.h>
#include <fmt/format.h>

#include "app/descriptions.hpp"
#include "baselines/foreground/foreground.hpp"
#include "core/error.hpp"
#include "datasets/compose/rule.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::app {
namespace {

using Json = nlohmann::ordered_json;

/// A catalogue is a range of pointers to entries with a member `facts`.
template <typename Catalogue>
RuleKind kind_of(std::string_view id, std::string_view use, const Catalogue& catalogue) {
  RuleKind kind{.id = id, .use = use};
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
  return {kind_of("compose", "mbench compose --rule", datasets::compose::all_rules()),
          kind_of("trimap", "mbench trimap make --rule", datasets::trimaps::all_rules()),
          kind_of("foreground", "mbench compose --foreground", baselines::all_estimators())};
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

std::vector<Json> describe_rules_with_options(std::string_view text) {
  std::vector<Json> all;
  std::optional<Error> refused;  // a namesake of another kind may still have these options
  const auto add = [&](const RuleKind& kind, std::string_view spelled) {
    for (const RuleFacts* rule : kind.rules) {
      if (rule_id(spelled) != rule->id) continue;
      try {
        const RuleOptions parsed =
            parse_rule_options(spelled, *rule, fmt::format("{} rule", kind.id));
        all.push_back(with_given(describe(kind, *rule), parsed.spelling));
      } catch (const Error& error) {
        if (!refused) refused = error;
      }
    }
  };
  for (const RuleKind& kind : rule_kinds()) {
    add(kind, text);
    const std::string prefix = fmt::format("{}:", kind.id);
    if (text.starts_with(prefix)) add(kind, text.substr(prefix.size()));
  }
  if (all.empty() && refused) throw *refused;
  return all;
}

}  // namespace mbench::app
