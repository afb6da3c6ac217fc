#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace mbench {

/// The file that is being read, for messages.
struct JsonSource {
  std::string_view file{};    ///< its name, perhaps with the line
  std::string_view schema{};  ///< "mbench.record/1"
};

/// The text as JSON, keys in their order. `file` stands in messages. Throws bad_input if it is not
/// JSON, or if an object has a key twice.
[[nodiscard]] nlohmann::ordered_json parse_json(std::string_view text, std::string_view file);

/// A value in a file, with what a message needs to say where it stands. It is valid as long as the
/// document and the names in `source` are. What reads it throws bad_input for another type.
class JsonNode {
 public:
  JsonNode(const nlohmann::ordered_json& value, JsonSource source, std::string path)
      : value_{&value}, source_{source}, path_{std::move(path)} {}

  [[nodiscard]] const nlohmann::ordered_json& value() const { return *value_; }

  [[noreturn]] void fail(std::string_view expected, std::string found) const;
  /// What was found is the value.
  [[noreturn]] void fail(std::string_view expected) const;

  [[nodiscard]] bool is_null() const { return value_->is_null(); }
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string text_or_null() const { return is_null() ? std::string{} : text(); }
  [[nodiscard]] double number() const;
  [[nodiscard]] double number_or_null() const { return is_null() ? 0.0 : number(); }
  /// 0 or more.
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] std::optional<std::int64_t> integer_or_null() const {
    return is_null() ? std::nullopt : std::optional{integer()};
  }
  [[nodiscard]] int small_integer() const;
  [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(integer()); }

  [[nodiscard]] JsonNode member(const std::string& key, const nlohmann::ordered_json& value) const {
    return {value, source_, path_.empty() ? key : path_ + "." + key};
  }
  /// Calls visit(key, node) for every member of an object, in the order of the file.
  template <typename Visit>
  void for_each_member(Visit&& visit) const {
    if (!value_->is_object()) fail("an object");
    for (const auto& [key, value] : value_->items()) visit(key, member(key, value));
  }
  template <typename Visit>
  void for_each_element(Visit&& visit) const {
    if (!value_->is_array()) fail("an array");
    for (std::size_t i = 0; i < value_->size(); ++i) {
      visit(JsonNode{(*value_)[i], source_, fmt::format("{}[{}]", path_, i)});
    }
  }

 private:
  const nlohmann::ordered_json* value_;
  JsonSource source_;
  std::string path_;
};

/// An object with known keys; leave() refuses those that nobody asked for, so that nothing in a
/// file is passed over in silence.
class JsonObject {
 public:
  explicit JsonObject(JsonNode node);
  [[nodiscard]] JsonNode at(const std::string& key);
  [[nodiscard]] std::optional<JsonNode> find(const std::string& key);
  void leave() const;

 private:
  JsonNode node_;
  std::set<std::string> known_{};
};

/// The members of an object, each as read(node) gives it.
template <typename Read>
[[nodiscard]] auto read_named(const JsonNode& node, Read&& read) {
  std::vector<std::pair<std::string, decltype(read(node))>> result;  // ordered, unlike a map
  node.for_each_member([&](const std::string& key, const JsonNode& value) {
    result.emplace_back(key, read(value));
  });
  return result;
}

[[nodiscard]] std::vector<std::pair<std::string, std::string>> read_texts(const JsonNode& node);

}  // namespace mbench
