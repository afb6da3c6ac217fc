#include "datasets/list_file.hpp"

#include <cstddef>

#include <fmt/core.h>

#include "datasets/roles.hpp"

namespace mbench::datasets {
namespace {

constexpr std::string_view kBlanks = " \t\r";

ListLine split_at(std::string_view text, char separator) {
  ListLine line;
  while (true) {
    const auto end = text.find(separator);
    const std::string_view column = without_blanks(text.substr(0, end));
    if (column.empty()) return {.problem = "an empty column"};
    if (!has_image_extension(column)) {
      return {.problem = fmt::format("'{}' does not end like an image file", column)};
    }
    line.columns.emplace_back(column);
    if (end == std::string_view::npos) return line;
    text.remove_prefix(end + 1);
  }
}

ListLine split_after_names(std::string_view text) {
  ListLine line;
  while (!text.empty()) {
    std::size_t end = text.find(' ');
    while (end != std::string_view::npos && !has_image_extension(text.substr(0, end))) {
      end = text.find(' ', end + 1);
    }
    const std::string_view column = text.substr(0, end);
    if (!has_image_extension(column)) {
      return {.problem = fmt::format("'{}' does not end like an image file", column)};
    }
    line.columns.emplace_back(column);
    text = end == std::string_view::npos ? std::string_view{} : without_blanks(text.substr(end));
  }
  return line;
}

}  // namespace

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<ListLine> parse_list(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<ListLine> lines;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const std::string_view content = without_blanks(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (content.empty()) continue;
    ListLine line = content.find('\t') != std::string_view::npos  ? split_at(content, '\t')
                    : content.find('|') != std::string_view::npos ? split_at(content, '|')
                                                                  : split_after_names(content);
    line.number = number;
    lines.push_back(line);
  }
  return lines;
}

}  // namespace mbench::datasets
