#include "core/json_reader.hpp"

#include <limits>
#include <vector>

#include "core/error.hpp"

namespace mbench {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void throw_not_json(std::string_view file, std::string_view found) {
  throw Error{ErrorKind::bad_input,
              {.what = "file is not valid JSON",
               .where = std::string{file},
               .expected = "JSON text in UTF-8 (RFC 8259), every key once in its object",
               .found = std::string{found}}};
}

std::string in_words(const Json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array";
  std::string text = value.dump();
  if (text.size() > 60) text = text.substr(0, 60) + "...";
  return text;
}

}  // namespace

Json parse_json(std::string_view text, std::string_view file) {
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  const auto refuse_repeated_keys = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto key = parsed.get<std::string>();
      if (!keys.back().insert(key).second) {
        throw_not_json(file, fmt::format("key '{}' twice in one object", key));
      }
    }
    return true;
  };
  try {
    return Json::parse(text, refuse_repeated_keys);
  } catch (const Json::exception& error) {
    const std::string_view message = error.what();  // "[json.exception....101] parse error at ..."
    const auto bracket = message.find("] ");
    throw_not_json(file, bracket == std::string_view::npos ? message : message.substr(bracket + 2));
  }
}

void JsonNode::fail(std::string_view expected, std::string found) const {
  throw Error{
      ErrorKind::bad_input,
      {.what = fmt::format("wrong value in a file of schema {}", source_.schema),
       .where = fmt::format("{}: {}", source_.file, path_.empty() ? "whole document" : path_),
       .expected = std::string{expected},
       .found = std::move(found)}};
}

void JsonNode::fail(std::string_view expected) const { fail(expected, in_words(*value_)); }

std::string JsonNode::text() const {
  if (!value_->is_string()) fail("text");
  return value_->get<std::string>();
}

double JsonNode::number() const {
  if (!value_->is_number()) fail("a number");
  return value_->get<double>();
}

std::int64_t JsonNode::integer() const {
  // What does not fit 64 bits is stored as a double by the parser, what does not fit 63 as
  // unsigned.
  constexpr std::string_view expected = "a whole number, 0 or more";
  if (!value_->is_number_integer()) fail(expected);
  if (value_->is_number_unsigned()) {
    const auto number = value_->get<std::uint64_t>();
    if (number > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) fail(expected);
    return static_cast<std::int64_t>(number);
  }
  if (value_->get<std::int64_t>() < 0) fail(expected);
  return value_->get<std::int64_t>();
}

int JsonNode::small_integer() const {
  const std::int64_t number = integer();
  if (number > std::numeric_limits<int>::max()) fail("a whole number below 2^31");
  return static_cast<int>(number);
}

JsonObject::JsonObject(JsonNode node) : node_{std::move(node)} {
  if (!node_.value().is_object()) node_.fail("an object");
}

JsonNode JsonObject::at(const std::string& key) {
  const auto found = find(key);
  if (!found) node_.fail(fmt::format("key '{}'", key), "no such key");
  return *found;
}

std::optional<JsonNode> JsonObject::find(const std::string& key) {
  known_.insert(key);
  const auto found = node_.value().find(key);
  if (found == node_.value().end()) return std::nullopt;
  return node_.member(key, *found);
}

void JsonObject::leave() const {
  for (const auto& [key, value] : node_.value().items()) {
    if (known_.contains(key)) continue;
    std::string names;
    for (const std::string& name : known_) names += (names.empty() ? "" : ", ") + name;
    node_.fail(fmt::format("only the keys: {}", names), fmt::format("key '{}'", key));
  }
}

std::vector<std::pair<std::string, std::string>> read_texts(const JsonNode& node) {
  return read_named(node, [](const JsonNode& value) { return value.text(); });
}

}  // namespace mbench
