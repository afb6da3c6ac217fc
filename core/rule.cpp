#include "core/rule.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench {
namespace {

/// Does `rest`, which begins with a colon, go on with a value that has no name?
bool goes_on_plainly(std::string_view rest) {
  return rest.size() > 1 && rest.substr(0, rest.find(':', 1)).find('=') == std::string_view::npos;
}

/// "gca:15:15": plain values have commas between them. `text` has its id before it.
[[noreturn]] void throw_colons(std::string_view text, const RuleFacts& facts) {
  std::string values{text.substr(facts.id.size() + 1)};
  std::ranges::replace(values, ':', ',');
  std::string by_name{facts.id};
  const std::vector<std::string> pieces = split_names({values});
  for (std::size_t i = 0; i < std::min(pieces.size(), facts.options.size()); ++i) {
    const bool is_named = pieces[i].find('=') != std::string::npos;
    by_name += is_named ? fmt::format(":{}", pieces[i])
                        : fmt::format(":{}={}", facts.options[i].name, pieces[i]);
  }
  const bool all_plain = values.find('=') == std::string::npos;
  const std::string in_order =
      all_plain ? fmt::format("{}:{} or ", facts.id, values) : std::string{};
  const bool too_many = pieces.size() > facts.options.size();
  throw Error{ErrorKind::usage,
              {.what = fmt::format("cannot read '{}'", text),
               .expected = "values in the order of the options with commas between them, or "
                           "name=value with colons",
               .found = "values without names with a colon between them",
               .fix = too_many ? fmt::format("`mbench explain {}` names its options", facts.id)
                               : in_order + by_name}};
}

}  // namespace

std::string_view rule_id(std::string_view text) { return text.substr(0, text.find(':')); }

std::string_view without_kind(std::string_view text, std::string_view kind) {
  const bool has_kind =
      text.size() > kind.size() && text.starts_with(kind) && text[kind.size()] == ':';
  return has_kind ? text.substr(kind.size() + 1) : text;
}

RuleOptions parse_rule_options(std::string_view text, const RuleFacts& facts,
                               std::string_view noun) {
  std::vector<std::pair<std::string, std::string>> values;
  std::string_view named = text.substr(rule_id(text).size());  // what is left to read by name
  const std::string_view plain = named.substr(0, named.find(':', 1));  // with its colon
  if (!plain.empty() && plain.find('=') == std::string_view::npos) {
    named.remove_prefix(plain.size());
    if (goes_on_plainly(named)) throw_colons(text, facts);
    const std::vector<std::string> pieces = split_names({std::string{plain.substr(1)}});
    if (pieces.size() > facts.options.size()) {
      throw Error{ErrorKind::usage,
                  {.what = fmt::format("too many values for {} '{}'", noun, facts.id),
                   .expected = fmt::format("at most {}", facts.options.size()),
                   .found = fmt::format("{} in '{}'", pieces.size(), text),
                   .fix = fmt::format("`mbench explain {}` names its options", facts.id)}};
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      values.emplace_back(std::string{facts.options[i].name}, pieces[i]);
    }
  }
  NameWithOptions parsed = parse_name_with_options(fmt::format("{}{}", facts.id, named));
  for (auto& value : parsed.values) values.push_back(std::move(value));
  RuleOptions result{
      .spelling = std::string{facts.id},
      .options = Options{facts.options, values, fmt::format("{} '{}'", noun, facts.id)}};
  for (const auto& [name, value] : result.options.values()) {
    result.spelling += fmt::format(":{}={}", name, value);
  }
  return result;
}

}  // namespace mbench
