#include "core/options.hpp"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/registry.hpp"

namespace mbench {
namespace {

/// Does `text` begin with `key=`?
bool starts_option(std::string_view text) {
  const auto is_key = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  };
  const auto end = std::ranges::find_if_not(text, is_key);
  return end != text.begin() && end != text.end() && *end == '=';
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/// Where the quotes that `text` has at `begin` are closed, or npos if they only look like quotes:
/// an apostrophe.
std::size_t closing_quote(std::string_view text, std::size_t begin) {
  const auto ends_word = [&](std::size_t at) {
    return at == text.size() || is_blank(text[at]) || text[at] == ',' || text[at] == ':';
  };
  std::size_t end = text.find(text[begin], begin + 1);
  while (end != std::string_view::npos && !ends_word(end + 1)) {
    end = text.find(text[begin], end + 1);
  }
  return end;
}

/// For every character whether it may separate: it stands neither in quotes nor behind a backslash.
std::vector<bool> may_separate(std::string_view text) {
  std::vector<bool> result(text.size(), true);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins_word = i > 0 && (text[i - 1] == '=' || is_blank(text[i - 1]));
    if ((text[i] == '\'' || text[i] == '"') && begins_word) {
      const std::size_t end = closing_quote(text, i);
      if (end == std::string_view::npos) continue;
      std::fill(result.begin() + static_cast<std::ptrdiff_t>(i),
                result.begin() + static_cast<std::ptrdiff_t>(end), false);
      i = end;
    } else if (text[i] == '\\' && i + 1 < text.size()) {
      result[++i] = false;
    }
  }
  return result;
}

/// text[begin, end) without the backslashes before commas and colons, but for those in quotes.
std::string unescaped(std::string_view text, std::size_t begin, std::size_t end,
                      const std::vector<bool>& separates) {
  std::string result;
  for (std::size_t i = begin; i < end; ++i) {
    const bool escapes = text[i] == '\\' && separates[i] && i + 1 < end &&
                         (text[i + 1] == ',' || text[i + 1] == ':');
    if (!escapes) result += text[i];
  }
  return result;
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::vector<std::string_view> split_choices(std::string_view choices) {
  std::vector<std::string_view> result;
  while (!choices.empty()) {
    const auto bar = choices.find('|');
    result.push_back(choices.substr(0, bar));
    choices = bar == std::string_view::npos ? std::string_view{} : choices.substr(bar + 1);
  }
  return result;
}

std::string describe_valid(const OptionSpec& spec) {
  switch (spec.type) {
    case OptionType::number: return fmt::format("a number from {} to {}", spec.min, spec.max);
    case OptionType::integer:
      return fmt::format("an integer from {:.0f} to {:.0f}", spec.min, spec.max);
    case OptionType::choice:
      return fmt::format("one of: {}", fmt::join(split_choices(spec.choices), ", "));
    case OptionType::text: break;
  }
  return "text";
}

/// The value in canonical spelling ("1e-07" and "0.0000001" become one), or nothing if invalid.
std::optional<std::string> canonical(const OptionSpec& spec, std::string_view text) {
  if (spec.type == OptionType::text) {
    return text.empty() ? std::nullopt : std::optional{std::string{text}};
  }
  if (spec.type == OptionType::choice) {
    const auto choices = split_choices(spec.choices);
    if (std::ranges::find(choices, text) == choices.end()) return std::nullopt;
    return std::string{text};
  }
  const auto value = parse_number(text);
  if (!value || *value < spec.min || *value > spec.max) return std::nullopt;
  if (spec.type == OptionType::integer && *value != std::floor(*value)) return std::nullopt;
  return fmt::format("{}", *value);
}

[[noreturn]] void throw_unknown_option(std::span<const OptionSpec> specs, std::string_view name,
                                       std::string_view owner) {
  std::vector<std::string_view> names;
  for (const OptionSpec& spec : specs) names.push_back(spec.name);
  const std::string nearest = nearest_name(name, names);
  throw Error{ErrorKind::usage,
              {.what = fmt::format("{} has no option '{}'", owner, name),
               .expected = names.empty() ? std::string{"no options at all"}
                                         : fmt::format("one of: {}", fmt::join(names, ", ")),
               .fix = nearest.empty() ? std::string{"remove it"}
                                      : fmt::format("did you mean '{}'?", nearest)}};
}

}  // namespace

NameWithOptions parse_name_with_options(std::string_view text) {
  NameWithOptions result;
  const auto colon = text.find(':');
  result.name = std::string{text.substr(0, colon)};
  std::string_view rest =
      colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
  if (result.name.empty() || (colon != std::string_view::npos && !starts_option(rest))) {
    throw Error{
        ErrorKind::usage,
        {.what = fmt::format("cannot read '{}'", text),
         .expected = "NAME or NAME:key=value:key=value",
         .found = result.name.empty() ? "an empty name" : fmt::format("'{}' after the name", rest),
         .fix = "write options as key=value, e.g. closed-form:lambda=100"}};
  }
  const std::vector<bool> separates = may_separate(text);
  while (!rest.empty()) {
    const std::size_t offset = text.size() - rest.size();
    std::size_t end = rest.find(':');
    while (end != std::string_view::npos &&
           !(separates[offset + end] && starts_option(rest.substr(end + 1)))) {
      end = rest.find(':', end + 1);
    }
    const std::string_view piece = rest.substr(0, end);
    const auto equals = piece.find('=');
    result.values.emplace_back(
        std::string{piece.substr(0, equals)},
        unescaped(text, offset + equals + 1, offset + piece.size(), separates));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return result;
}

std::vector<std::string> split_names(const std::vector<std::string>& texts) {
  std::vector<std::string> names;
  for (const std::string& text : texts) {
    const std::vector<bool> separates = may_separate(text);
    std::string name;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == ',' && separates[i]) {
        names.push_back(std::exchange(name, {}));
      } else {
        name += text[i];
      }
    }
    names.push_back(std::move(name));
  }
  return names;
}

Options::Options(std::span<const OptionSpec> specs,
                 const std::vector<std::pair<std::string, std::string>>& values,
                 std::string_view owner) {
  for (const auto& [name, value] : values) {
    if (std::ranges::find(specs, std::string_view{name}, &OptionSpec::name) == specs.end()) {
      throw_unknown_option(specs, name, owner);
    }
    if (std::ranges::count(values, name, &std::pair<std::string, std::string>::first) > 1) {
      throw Error{ErrorKind::usage,
                  {.what = fmt::format("option '{}' of {} is given twice", name, owner),
                   .fix = "keep one of them"}};
    }
  }
  for (const OptionSpec& spec : specs) {
    const std::string default_value =
        spec.default_value.empty() ? std::string{} : canonical(spec, spec.default_value).value();
    const auto given =
        std::ranges::find(values, spec.name, &std::pair<std::string, std::string>::first);
    std::string value = default_value;
    if (given != values.end()) {
      const auto parsed = canonical(spec, given->second);
      if (!parsed) {
        throw Error{ErrorKind::usage,
                    {.what = fmt::format("option '{}' of {} has a wrong value", spec.name, owner),
                     .expected = describe_valid(spec),
                     .found = fmt::format("'{}'", given->second),
                     .fix = fmt::format("{}: {}", spec.name, spec.help)}};
      }
      value = *parsed;
    }
    defaults_.emplace(spec.name, default_value);
    if (!value.empty()) values_.emplace_back(spec.name, std::move(value));
  }
}

bool Options::has(std::string_view name) const {
  return std::ranges::find(values_, name, &std::pair<std::string, std::string>::first) !=
         values_.end();
}

double Options::number(std::string_view name) const {
  const auto value = parse_number(text(name));
  assert(value.has_value());
  return *value;
}

int Options::integer(std::string_view name) const { return static_cast<int>(number(name)); }

const std::string& Options::text(std::string_view name) const {
  const auto found = std::ranges::find(values_, name, &std::pair<std::string, std::string>::first);
  assert(found != values_.end());
  return found->second;
}

std::vector<std::pair<std::string, std::string>> Options::changed() const {
  std::vector<std::pair<std::string, std::string>> result;
  for (const auto& [name, value] : values_) {
    if (defaults_.find(name)->second != value) result.emplace_back(name, value);
  }
  return result;
}

}  // namespace mbench
