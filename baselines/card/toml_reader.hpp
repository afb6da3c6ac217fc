#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

namespace mbench::baselines {

/// One table of a TOML file, read key by key. Every message names file, line and key.
class TomlReader {
 public:
  /// `where`: the file; `table_name`: "[size]", or "" for the top of the file. Throws bad_input for
  /// a key that is none of `known`, with the nearest one.
  TomlReader(const toml::table& table, std::string where, std::string table_name,
             std::initializer_list<std::string_view> known);

  [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
  [[nodiscard]] bool is_text(std::string_view key) const;
  [[nodiscard]] std::string text(std::string_view key, std::string_view fallback) const;
  [[nodiscard]] bool flag(std::string_view key, bool fallback) const;
  [[nodiscard]] int integer(std::string_view key, int fallback, int min, int max) const;
  [[nodiscard]] double number(std::string_view key, double fallback, double min, double max) const;
  /// A number or an array of them.
  [[nodiscard]] std::vector<double> numbers(std::string_view key, double min, double max) const;
  /// The value that stands for the word at `key`.
  template <typename T>
  [[nodiscard]] T choice(std::string_view key, T fallback,
                         std::initializer_list<std::pair<std::string_view, T>> choices) const {
    if (!has(key)) return fallback;
    const std::string word = text(key, {});
    std::vector<std::string_view> words;
    for (const auto& [name, value] : choices) {
      if (name == word) return value;
      words.push_back(name);
    }
    refuse_word(key, word, words);
  }
  /// The table at `key`, or null.
  [[nodiscard]] const toml::table* table(std::string_view key) const;
  /// The tables at `key`: of an array of tables, [[input]], or of a single one.
  [[nodiscard]] std::vector<const toml::table*> tables(std::string_view key) const;

  [[noreturn]] void refuse(std::string_view key, std::string expected, std::string found) const;

 private:
  [[noreturn]] void refuse_word(std::string_view key, const std::string& word,
                                const std::vector<std::string_view>& words) const;
  [[nodiscard]] std::string place(std::string_view key) const;

  const toml::table& table_;
  std::string where_, table_name_;
};

}  // namespace mbench::baselines
