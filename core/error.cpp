#include "core/error.hpp"

#include <utility>

#include <fmt/core.h>

namespace mbench {
namespace {

void append_line(std::string& text, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  text += fmt::format("\n  {:<10}", label);
  for (const char c : value) {  // continuation lines stand under the first
    text += c;
    if (c == '\n') text += std::string(12, ' ');
  }
}

}  // namespace

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return "usage";
    case ErrorKind::bad_input: return "bad_input";
    case ErrorKind::unavailable: return "unavailable";
    case ErrorKind::method: return "method";
    case ErrorKind::internal: break;
  }
  return "internal";
}

std::string format_error(const ErrorParts& parts) {
  std::string text = parts.what;
  append_line(text, "where:", parts.where);
  append_line(text, "expected:", parts.expected);
  append_line(text, "found:", parts.found);
  append_line(text, "fix:", parts.fix);
  return text;
}

Error::Error(ErrorKind kind, ErrorParts parts)
    : kind_{kind}, parts_{std::move(parts)}, message_{format_error(parts_)} {}

Error Error::at(std::string_view where) const {
  ErrorParts parts = parts_;
  parts.where =
      parts.where.empty() ? std::string{where} : fmt::format("{}: {}", where, parts.where);
  return Error{kind_, std::move(parts)};
}

}  // namespace mbench
