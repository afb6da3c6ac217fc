#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/options.hpp"

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

/// A rule's options with their values.
struct RuleOptions {
  std::string spelling{};  ///< canonical: "gca:fg=15:bg=15"; every option that has a value
  Options options{};
};

/// The id in "gca", "gca:15,15" and "gca:fg=15:bg=15".
[[nodiscard]] std::string_view rule_id(std::string_view text);

/// Reads the options of a rule: by name as everywhere, or as plain values in the order of
/// `facts.options`: "gca:15,15". `noun` is singular: "trimap rule". Throws usage for too many plain
/// values, unknown options, wrong values.
[[nodiscard]] RuleOptions parse_rule_options(std::string_view text, const RuleFacts& facts,
                                             std::string_view noun);

}  // namespace mbench
