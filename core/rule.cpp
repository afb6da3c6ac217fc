#include "core/rule.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench {

std::string_view rule_id(std::string_view text) { return text.substr(0, text.find(':')); }

RuleOptions parse_rule_options(std::string_view text, const RuleFacts& facts,
                               std::string_view noun) {
  std::vector<std::pair<std::string, std::string>> values;
  std::string_view named = text.substr(rule_id(text).size());  // what is left to read by name
  const std::string_view plain = named.substr(0, named.find(':', 1));  // with its colon
  if (!plain.empty() && plain.find('=') == std::string_view::npos) {
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
    named.remove_prefix(plain.size());
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
