#include "reports/formats/markdown.hpp"

#include <fmt/core.h>

#include "reports/formats/text_table.hpp"

namespace mbench::reports {
namespace {

/// Names stay as they are written: nothing in them is read as Markdown or HTML.
std::string escaped(std::string_view text) {
  return replace_characters(text, [](char c) -> std::string_view {
    switch (c) {
      case '\\': return "\\\\";
      case '|': return "\\|";
      case '*': return "\\*";
      case '_': return "\\_";
      case '`': return "\\`";
      case '~': return "\\~";
      case '[': return "\\[";
      case ']': return "\\]";
      case '#': return "\\#";
      case '<': return "&lt;";
      case '>': return "&gt;";
      case '&': return "&amp;";
      default: return "";
    }
  });
}

std::string marked(const TextCell& cell) {
  const std::string text = escaped(cell.text);
  switch (cell.mark) {
    case Mark::best: return fmt::format("**{}**", text);
    case Mark::second: return fmt::format("<u>{}</u>", text);
    case Mark::none: break;
  }
  return text;
}

}  // namespace

std::string format_markdown(const Table& table) { return format_markdown(make_text_table(table)); }

std::string format_markdown(const TextTable& table) {
  std::string heads = "|", rule = "|";
  for (const TextColumn& column : table.columns) {
    const bool prefix = table.protocols.size() > 1 && !column.protocol.empty();
    heads += fmt::format(" {}{} |", prefix ? escaped(column.protocol) + ": " : "",
                         escaped(head_text(column)));
    rule += column.is_number ? " ---: |" : " --- |";
  }
  std::string out = escaped(table.caption) + "\n\n" + heads + '\n' + rule + '\n';
  for (const TextRow& row : table.rows) {
    out += '|';
    for (const TextCell& cell : row.cells) out += fmt::format(" {} |", marked(cell));
    out += '\n';
  }
  if (!table.notes.empty()) out += '\n';
  for (const std::string& note : table.notes) out += fmt::format("- {}\n", escaped(note));
  return out;
}

}  // namespace mbench::reports
