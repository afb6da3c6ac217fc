#include "baselines/card/toml_reader.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/registry.hpp"

namespace mbench::baselines {
namespace {

std::string as_written(const toml::node& node) {
  std::ostringstream text;
  node.visit([&](const auto& value) { text << value; });
  return text.str().substr(0, 100);
}

}  // namespace

TomlReader::TomlReader(const toml::table& table, std::string where, std::string table_name,
                       std::initializer_list<std::string_view> known)
    : table_{table}, where_{std::move(where)}, table_name_{std::move(table_name)} {
  for (const auto& [key, node] : table_) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    const std::string nearest = nearest_name(key.str(), known);
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("the card has an unknown key '{}'", key.str()),
                 .where = place(key.str()),
                 .expected = fmt::format("one of: {}", fmt::join(known, ", ")),
                 .fix = nearest.empty() ? std::string{"remove it"}
                                        : fmt::format("did you mean '{}'?", nearest)}};
  }
}

std::string TomlReader::place(std::string_view key) const {
  const toml::node* const node = table_.get(key);
  const auto line = (node != nullptr ? node->source() : table_.source()).begin.line;
  return fmt::format("{}, line {}{}{}", where_, line, table_name_.empty() ? "" : ", in ",
                     table_name_);
}

void TomlReader::refuse(std::string_view key, std::string expected, std::string found) const {
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("key '{}' of the card has a wrong value", key),
               .where = place(key),
               .expected = std::move(expected),
               .found = std::move(found),
               .fix = "docs/bring-your-method.md lists every key"}};
}

void TomlReader::refuse_word(std::string_view key, const std::string& word,
                             const std::vector<std::string_view>& words) const {
  const std::string nearest = nearest_name(word, words);
  refuse(key, fmt::format("one of: {}", fmt::join(words, ", ")),
         nearest.empty() ? fmt::format("'{}'", word)
                         : fmt::format("'{}' (did you mean '{}'?)", word, nearest));
}

bool TomlReader::is_text(std::string_view key) const {
  const toml::node* const node = table_.get(key);
  return node != nullptr && node->is_string();
}

std::string TomlReader::text(std::string_view key, std::string_view fallback) const {
  const toml::node* const node = table_.get(key);
  if (node == nullptr) return std::string{fallback};
  if (const auto* value = node->as_string()) return value->get();
  refuse(key, "text in quotes", as_written(*node));
}

bool TomlReader::flag(std::string_view key, bool fallback) const {
  const toml::node* const node = table_.get(key);
  if (node == nullptr) return fallback;
  if (const auto* value = node->as_boolean()) return value->get();
  refuse(key, "true or false", as_written(*node));
}

int TomlReader::integer(std::string_view key, int fallback, int min, int max) const {
  const toml::node* const node = table_.get(key);
  if (node == nullptr) return fallback;
  if (const auto* value = node->as_integer()) {
    if (value->get() >= min && value->get() <= max) return static_cast<int>(value->get());
  }
  refuse(key, fmt::format("a whole number from {} to {}", min, max), as_written(*node));
}

double TomlReader::number(std::string_view key, double fallback, double min, double max) const {
  const toml::node* const node = table_.get(key);
  if (node == nullptr) return fallback;
  const std::optional<double> value = node->value<double>();
  if (value && node->is_number() && *value >= min && *value <= max) return *value;
  refuse(key, fmt::format("a number from {:g} to {:g}", min, max), as_written(*node));
}

std::vector<double> TomlReader::numbers(std::string_view key, double min, double max) const {
  const toml::node* const node = table_.get(key);
  if (node == nullptr) return {};
  std::vector<double> values;
  const auto add = [&](const toml::node& entry) {
    const std::optional<double> value = entry.value<double>();
    if (!value || !entry.is_number()) {
      refuse(key, "a number, or several in square brackets", as_written(*node));
    }
    if (!(*value >= min && *value <= max)) {
      refuse(key, fmt::format("a number from {:g} to {:g}", min, max), as_written(entry));
    }
    values.push_back(*value);
  };
  if (const toml::array* array = node->as_array()) {
    for (const toml::node& entry : *array) add(entry);
  } else {
    add(*node);
  }
  return values;
}

const toml::table* TomlReader::table(std::string_view key) const {
  const toml::node* const node = table_.get(key);
  if (node == nullptr) return nullptr;
  if (const toml::table* found = node->as_table()) return found;
  refuse(key, fmt::format("a table: [{}]", key), as_written(*node));
}

std::vector<const toml::table*> TomlReader::tables(std::string_view key) const {
  const toml::node* const node = table_.get(key);
  if (node == nullptr) return {};
  if (const toml::table* found = node->as_table()) return {found};
  std::vector<const toml::table*> found;
  if (const toml::array* array = node->as_array()) {
    for (const toml::node& entry : *array) {
      if (const toml::table* element = entry.as_table()) found.push_back(element);
    }
    if (found.size() == array->size() && !found.empty()) return found;
  }
  refuse(key, fmt::format("tables: [[{}]]", key), as_written(*node));
}

}  // namespace mbench::baselines
