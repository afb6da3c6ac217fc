#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "datasets/compose/rule.hpp"
#include "selftest/compose_parts.hpp"
#include "selftest/difference.hpp"

namespace mbench::selftest {
namespace {

using datasets::compose::Composite;

constexpr Bound kEqual{};

/// A rule, and the file in each case that holds what its program makes.
struct RuleFile {
  std::string_view rule;
  std::string_view file;
};
constexpr std::array kRuleFiles{
    RuleFile{"dim", "out_adobe.png"}, RuleFile{"mmagic", "out_mmagic.png"},
    RuleFile{"foamliu", "out_foamliu.png"}, RuleFile{"huochaitiantang", "out_cv2linear_round.png"},
    RuleFile{"distinctions-646", "out_adobe.png"}};

bool is_case(const References& references, std::string_view prefix, std::string_view name) {
  return std::ranges::any_of(kRuleFiles, [&](const RuleFile& entry) {
    return references.has(fmt::format("{}{}/{}", prefix, name, entry.file));
  });
}

bool has_cases(const References& references, std::string_view prefix) {
  return std::ranges::any_of(
      references.folders_in(folder_of(prefix)),
      [&](const std::string& name) { return is_case(references, prefix, name); });
}

/// What manifest.json lists, and what lies there besides.
std::set<std::string> case_names(const References& references, std::string_view prefix) {
  std::set<std::string> names;
  for (std::string& name : references.folders_in(folder_of(prefix))) {
    if (is_case(references, prefix, name)) names.insert(std::move(name));
  }
  const std::string list = fmt::format("{}manifest.json", prefix);
  for (std::string& name : listed_names(references, list, "case")) names.insert(std::move(name));
  return names;
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

/// Compares with a stored image; a missing one fails.
void compare(Comparison& row, const References& references, const std::string& name,
             const std::string& file, const Plane<Rgb<std::uint8_t>>& found) {
  if (!references.has(file)) return add_missing(row, name, file);
  add_largest(row, name, difference(read_colours(references, file), found));
}

std::vector<Row> composite_rows(const References& references, std::string_view prefix) {
  const std::set<std::string> names = case_names(references, prefix);
  std::vector<Row> rows;
  for (const RuleFile& entry : kRuleFiles) {
    Comparison fitted{entry.rule, "background", Reference::program, kEqual};
    Comparison composed{entry.rule, "composite", Reference::program, kEqual};
    for (const std::string& name : names) {
      const std::string folder = fmt::format("{}{}/", prefix, name);
      std::string expected = fmt::format("{}{}", folder, entry.file);
      // Only where mmagic's formula gives other pixels than Adobe's its composite is stored.
      if (entry.rule == "mmagic" && !references.has(expected)) expected = folder + "out_adobe.png";
      const Composite composite = compose(entry.rule, references, folder);
      compare(composed, references, name, expected, composite.image);
      if (entry.rule != "dim") continue;  // the one rule whose fitted background is stored
      compare(fitted, references, name, folder + "out_bgfit.png", composite.background);
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
