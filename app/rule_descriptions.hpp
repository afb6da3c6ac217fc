#pragma once
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/rule.hpp"

namespace mbench::app {

/// The rules of one kind, in their order.
struct RuleKind {
  std::string_view id;    ///< "trimap", as in trimap:gca
  std::string_view noun;  ///< "trimap rule"
  std::string_view use;   ///< where such a rule is named: "mbench trimap make --rule"
  /// Throws usage for what this kind refuses besides its rules' options: nothing to draw.
  void (*check)(std::string_view text);
  std::vector<const RuleFacts*> rules{};
};

/// All kinds of rules by which data are made.
[[nodiscard]] std::vector<RuleKind> rule_kinds();

/// Everything about a rule, as app::describe() gives it of other things: kind, id, title, ...
[[nodiscard]] nlohmann::ordered_json describe(const RuleKind& kind, const RuleFacts& rule);

/// What bears a name and takes the options that were given with it, and why namesakes do not.
struct Namesakes {
  std::vector<nlohmann::ordered_json> items{};
  std::vector<Error> refusals{};
};

/// Rules named with options, "gca:15,15" or "trimap:gca:fg=15": their descriptions with the
/// canonical spelling of what was given, and how they are used so.
[[nodiscard]] Namesakes describe_rules_with_options(std::string_view text);

}  // namespace mbench::app
