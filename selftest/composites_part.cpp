#include <algorithm>
#include <array>
#include <string>

#include <fmt/core.h>

#include "datasets/compose/rule.hpp"
#include "selftest/compose_parts.hpp"
#include "selftest/difference.hpp"

namespace mbench::selftest {
namespace {

using datasets::compose::Composite;

constexpr Bound kEqual{};

bool is_case(const References& references, std::string_view prefix, std::string_view name) {
  return references.has(fmt::format("{}{}/out_adobe.png", prefix, name));
}

bool has_cases(const References& references, std::string_view prefix) {
  return std::ranges::any_of(
      references.folders_in(folder_of(prefix)),
      [&](const std::string& name) { return is_case(references, prefix, name); });
}

Composite compose(std::string_view rule_id, const References& references,
                  const std::string& folder) {
  const auto foreground = read_colours(references, folder + "fg.png");
  const auto alpha = read_colours(references, folder + "alpha.png");
  const auto background = read_colours(references, folder + "bg.png");
  const auto& rule = datasets::compose::find_rule(rule_id);
  return rule.compose({.foreground = foreground, .alpha = alpha, .background = background},
                      Options{rule.facts.options, {}, "rule"}, Random{0});
}

/// A rule, and the file in each case that holds what its program makes.
struct RuleFile {
  std::string_view rule;
  std::string_view file;
};
constexpr std::array kRuleFiles{
    RuleFile{"dim", "out_adobe.png"}, RuleFile{"mmagic", "out_mmagic.png"},
    RuleFile{"foamliu", "out_foamliu.png"}, RuleFile{"huochaitiantang", "out_cv2linear_round.png"},
    RuleFile{"distinctions-646", "out_adobe.png"}};

std::vector<Row> composite_rows(const References& references, std::string_view prefix) {
  std::vector<Row> rows;
  for (const RuleFile& entry : kRuleFiles) {
    Comparison fitted{entry.rule, "background", Reference::program, kEqual};
    Comparison composed{entry.rule, "composite", Reference::program, kEqual};
    for (const std::string& name : references.folders_in(folder_of(prefix))) {
      if (!is_case(references, prefix, name)) continue;
      const std::string folder = fmt::format("{}{}/", prefix, name);
      std::string expected = fmt::format("{}{}", folder, entry.file);
      if (!references.has(expected)) {
        // Only where mmagic's formula gives other pixels than Adobe's its composite is stored.
        if (entry.rule != "mmagic") continue;
        expected = folder + "out_adobe.png";
      }
      const Composite composite = compose(entry.rule, references, folder);
      add_largest(composed, name, difference(read_colours(references, expected), composite.image));
      if (entry.rule != "dim") continue;  // the one rule whose fitted background is stored
      add_largest(
          fitted, name,
          difference(read_colours(references, folder + "out_bgfit.png"), composite.background));
    }
    if (!fitted.empty()) rows.push_back(fitted.row());
    rows.push_back(composed.row());
  }
  return rows;
}

}  // namespace

constinit const ComposePart composites_part{
    .folder = "comp1k", .recognises = has_cases, .rows = composite_rows};

}  // namespace mbench::selftest
