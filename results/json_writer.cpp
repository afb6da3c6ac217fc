#include "results/json_writer.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace mbench::results {
std::string valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    if (length > 0) {
      result += text.substr(0, length);
    } else {
      result += fmt::format("\\x{:02X}", static_cast<unsigned char>(text.front()));
    }
    text.remove_prefix(length > 0 ? length : 1);
  }
  return result;
}

std::string shortest_number(double value) {
  assert(std::isfinite(value));
  if (value == 0.0) return std::signbit(value) ? "-0.0" : "0";  // "-0" would be read as an integer
  std::array<char, 32> buffer{};
  // Below 1e16 the shorter of fixed and scientific; above, fixed would print digits that a double
  // does not have.
  const auto end =
      std::abs(value) < 1e16
          ? std::to_chars(buffer.begin(), buffer.end(), value).ptr
          : std::to_chars(buffer.begin(), buffer.end(), value, std::chars_format::scientific).ptr;
  return {buffer.begin(), end};
}

void JsonWriter::begin_object(Layout layout) { open('{', layout); }
void JsonWriter::end_object() { close('}'); }
void JsonWriter::begin_array(Layout layout) { open('[', layout); }
void JsonWriter::end_array() { close(']'); }

void JsonWriter::open(char bracket, Layout layout) {
  before_value();
  out_ += bracket;
  const bool inside_one_line = !levels_.empty() && levels_.back().one_line;
  levels_.push_back(
      {.is_object = bracket == '{', .one_line = inside_one_line || layout == Layout::one_line});
}

void JsonWriter::close(char bracket) {
  assert(!levels_.empty() && levels_.back().is_object == (bracket == '}'));
  const Level level = std::move(levels_.back());
  levels_.pop_back();
  if (level.members > 0 && !level.one_line) out_ += '\n' + std::string(2 * levels_.size(), ' ');
  out_ += bracket;
}

/// The comma after the member before, and the place where the next one starts.
void JsonWriter::separate() {
  Level& level = levels_.back();
  if (level.members++ > 0) out_ += level.one_line ? ", " : ",";
  if (!level.one_line) out_ += '\n' + std::string(2 * levels_.size(), ' ');
}

void JsonWriter::before_value() {
  if (!levels_.empty() && !levels_.back().is_object) separate();
}

JsonWriter& JsonWriter::key(std::string_view name) {
  assert(!levels_.empty() && levels_.back().is_object);
  std::string valid = valid_utf8(name);
  separate();
  append_quoted(valid);
  out_ += ": ";
  Level& level = levels_.back();
  const bool is_new = level.keys.insert(valid).second;
  level.last_key = std::move(valid);
  if (!is_new) {
    throw Error{ErrorKind::internal,
                {.what = "a key occurs twice in one object of a JSON file",
                 .where = path(),
                 .expected = "names that differ"}};
  }
  return *this;
}

void JsonWriter::text(std::string_view value) {
  before_value();
  append_quoted(valid_utf8(value));
}

void JsonWriter::number(double value) {
  before_value();
  if (!std::isfinite(value)) {
    throw Error{ErrorKind::internal,
                {.what = "a number that JSON cannot hold",
                 .where = path(),
                 .expected = "a finite number",
                 .found = fmt::format("{}", value)}};
  }
  out_ += shortest_number(value);
}

void JsonWriter::integer(std::int64_t value) {
  before_value();
  out_ += fmt::format("{}", value);
}

void JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  before_value();
  out_ += "null";
}

std::string JsonWriter::take() {
  assert(levels_.empty());
  return std::exchange(out_, {});
}

void JsonWriter::append_quoted(std::string_view value) {
  out_ += '"';
  for (const char c : value) {
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\r': out_ += "\\r"; break;
      case '\t': out_ += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out_ += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
          out_ += c;
        }
    }
  }
  out_ += '"';
}

/// Where the value that is being written stands: "samples[3].scores.aim.sad".
std::string JsonWriter::path() const {
  std::string result;
  for (const Level& level : levels_) {
    if (level.is_object) {
      result += (result.empty() ? "" : ".") + level.last_key;
    } else {
      result += fmt::format("[{}]", level.members - 1);
    }
  }
  return result;
}

}  // namespace mbench::results
