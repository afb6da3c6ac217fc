#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mbench {

/// What values an option takes.
enum class OptionType { number, integer, text, choice };

/// Describes one option of a method or data set: help, checks and defaults all come from here.
struct OptionSpec {
  std::string_view name;  ///< "lambda"
  std::string_view help;  ///< one sentence with the unit
  OptionType type{OptionType::text};
  std::string_view default_value{};  ///< as it would be written; "" means not set
  double min{};                      ///< numbers and integers: smallest valid value
  double max{};                      ///< numbers and integers: largest valid value
  std::string_view choices{};        ///< choice: "direct|cg"
};

/// The option with another default.
[[nodiscard]] constexpr OptionSpec with_default(OptionSpec option, std::string_view value) {
  option.default_value = value;
  return option;
}

/// A name with options as the user writes it: `closed-form:lambda=100:solver=direct`.
struct NameWithOptions {
  std::string name;
  std::vector<std::pair<std::string, std::string>> values;
};

/// Splits `id:key=value:key=value`. A colon separates only before `key=` (letters, digits, '-' and
/// '_'), so that values may hold colons: `command:run=a:b` is one value. Nor does it separate
/// within quotes, '...' or "...", that begin a value or a word of it and are closed before a blank,
/// comma, colon or the end; they stay in the value. A backslash before a colon or comma goes and
/// leaves plain text: `dir=a\:b=c`. Throws usage on an empty name or a leading piece without '='.
[[nodiscard]] NameWithOptions parse_name_with_options(std::string_view text);

/// Splits each text at its commas, but for those that quotes or a backslash keep in a value as
/// above: "gfm,command:run='prog a,b'" are two. Empty pieces are kept: they are no valid names.
[[nodiscard]] std::vector<std::string> split_names(const std::vector<std::string>& texts);

/// Values of options after checking: every option of the specification has its value or default.
class Options {
 public:
  Options() = default;
  /// Throws usage (naming `owner`, e.g. "method 'closed-form'") for an unknown option, a value that
  /// does not parse, or one outside its range.
  Options(std::span<const OptionSpec> specs,
          const std::vector<std::pair<std::string, std::string>>& values, std::string_view owner);

  /// True if the option has a value: given by the user, or its default is not empty.
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] double number(std::string_view name) const;
  [[nodiscard]] int integer(std::string_view name) const;
  [[nodiscard]] const std::string& text(std::string_view name) const;

  /// All options that have a value, defaults included, in the order of the specification, in
  /// canonical spelling: part of a result's identity.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& values() const {
    return values_;
  }
  /// Those among values() that differ from their default.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> changed() const;

 private:
  std::vector<std::pair<std::string, std::string>> values_{};
  std::map<std::string, std::string, std::less<>> defaults_{};
};

}  // namespace mbench
