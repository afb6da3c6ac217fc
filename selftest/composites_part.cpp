#include <algorithm>
#include <string>

#include <fmt/core.h>

#include "datasets/compose/rule.hpp"
#include "selftest/compose_parts.hpp"
#include "selftest/difference.hpp"

namespace mbench::selftest {
namespace {

using datasets::compose::Composite;

constexpr Bound kEqual{};

std::string folder_of(std::string_view prefix) {
  return std::string{prefix.substr(0, prefix.empty() ? 0 : prefix.size() - 1)};
}

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

std::vector<Row> composite_rows(const References& references, std::string_view prefix) {
  Comparison fitted{"dim", "background", Reference::program, kEqual};
  Comparison composed{"dim", "composite", Reference::program, kEqual};
  for (const std::string& name : references.folders_in(folder_of(prefix))) {
    if (!is_case(references, prefix, name)) continue;
    const std::string folder = fmt::format("{}{}/", prefix, name);
    const Composite composite = compose("dim", references, folder);
    add_largest(
        fitted, name,
        difference(read_colours(references, folder + "out_bgfit.png"), composite.background));
    add_largest(composed, name,
                difference(read_colours(references, folder + "out_adobe.png"), composite.image));
  }
  return {fitted.row(), composed.row()};
}

}  // namespace

constinit const ComposePart composites_part{
    .folder = "comp1k", .recognises = has_cases, .rows = composite_rows};

}  // namespace mbench::selftest
