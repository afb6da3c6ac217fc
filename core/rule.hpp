#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/options.hpp"
#include "core/registry.hpp"

namespace mbench {

/// What is to be known about a published rule by which data are made: a composite, a trimap, a
/// foreground.
struct RuleFacts {
  std::string_view id;       ///< "gfm"
  std::string_view title;    ///< "Trimap of GFM and AIM"
  std::string_view summary;  ///< what it computes, one to three sentences with the formula
  std::string_view source;   ///< the program and file, or paper and equation, that it follows
  std::string_view cite{};   ///< key of docs/references.bib
  int version{1};            ///< raised when the same input gives other pixels
  std::span<const OptionSpec> options{};
  /// What the source leaves open and how it is settled here, one sentence each.
  std::span<const std::string_view> open_choices{};
};

/// An option whose value is a whole number from `min` to `max`; `standard` may be "": not set.
[[nodiscard]] constexpr OptionSpec whole_number(std::string_view name, std::string_view help,
                                                std::string_view standard, int min, int max) {
  return {.name = name,
          .help = help,
          .type = OptionType::integer,
          .default_value = standard,
          .min = static_cast<double>(min),
          .max = static_cast<double>(max)};
}

/// A rule's options with their values.
struct RuleOptions {
  std::string spelling{};  ///< canonical: "gca:fg=15:bg=15"; every option that has a value
  Options options{};
};

/// The id in "gca", "gca:15,15" and "gca:fg=15:bg=15".
[[nodiscard]] std::string_view rule_id(std::string_view text);

/// "gca:15" of "trimap:gca:15": the kind of a rule may stand before it, as `mbench explain` has it.
[[nodiscard]] std::string_view without_kind(std::string_view text, std::string_view kind);

/// The rule with this id of a catalogue (a range of pointers to rules with a member `facts`).
/// `noun` is singular: "trimap rule". Throws a usage error that lists all ids and suggests the
/// nearest.
template <typename Catalog>
[[nodiscard]] auto& find_rule_by_id(const Catalog& catalog, std::string_view id,
                                    std::string_view noun) {
  std::vector<std::string_view> ids;
  for (const auto* rule : catalog) {
    if (rule->facts.id == id) return *rule;
    ids.push_back(rule->facts.id);
  }
  throw_unknown_id(id, ids, noun, "rules");
}

/// Reads the options of a rule: by name as everywhere, or as plain values in the order of
/// `facts.options`: "gca:15,15". `noun` is singular: "trimap rule". Throws usage for too many plain
/// values, plain values with colons between them, unknown options, wrong values.
[[nodiscard]] RuleOptions parse_rule_options(std::string_view text, const RuleFacts& facts,
                                             std::string_view noun);

}  // namespace mbench
