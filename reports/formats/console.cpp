#include "reports/formats/console.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/core.h>

#include "reports/formats/text_table.hpp"

namespace mbench::reports {
namespace {

struct CodeRange {
  std::uint32_t first, last;
};
// Characters that take no column (combining marks, joiners) and those that take two (East Asian
// wide and full-width, emoji) by Unicode Standard Annex 11, in ranges wide enough for names.
constexpr std::array kNoColumn{CodeRange{0x0300, 0x036F}, CodeRange{0x200B, 0x200F},
                               CodeRange{0x20D0, 0x20FF}, CodeRange{0xFE00, 0xFE0F},
                               CodeRange{0xFE20, 0xFE2F}};
constexpr std::array kTwoColumns{
    CodeRange{0x1100, 0x115F}, CodeRange{0x2E80, 0xA4CF},   CodeRange{0xAC00, 0xD7A3},
    CodeRange{0xF900, 0xFAFF}, CodeRange{0xFE30, 0xFE6F},   CodeRange{0xFF00, 0xFF60},
    CodeRange{0xFFE0, 0xFFE6}, CodeRange{0x1F300, 0x1FAFF}, CodeRange{0x20000, 0x3FFFD}};

/// Columns that the text, valid UTF-8, takes on a terminal.
std::size_t display_width(std::string_view text) {
  const auto is_in = [](std::uint32_t code, const auto& ranges) {
    return std::ranges::any_of(
        ranges, [code](CodeRange range) { return code >= range.first && code <= range.last; });
  };
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    }
    width += is_in(code, kNoColumn) ? 0 : is_in(code, kTwoColumns) ? 2 : 1;
    i += length;
  }
  return width;
}

constexpr std::size_t kGap = 2;  // spaces between columns

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

std::string padded(std::string_view text, std::size_t width, bool right) {
  const std::size_t used = display_width(text);
  const std::string space(width > used ? width - used : 0, ' ');
  return right ? space + std::string{text} : std::string{text} + space;
}

std::string emphasised(const std::string& text, Mark mark, Emphasis emphasis) {
  if (emphasis == Emphasis::none || mark == Mark::none) return text;
  return fmt::format("\x1b[{}m{}\x1b[0m", mark == Mark::best ? 1 : 4, text);
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::vector<std::size_t> column_widths(const TextTable& table) {
  std::vector<std::size_t> widths;
  for (const TextColumn& column : table.columns) widths.push_back(display_width(head_text(column)));
  for (const TextRow& row : table.rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row.cells[i].text));
    }
  }
  return widths;
}

/// Width of neighbouring columns with the gaps between them.
std::size_t span_width(const std::vector<std::size_t>& widths, const ColumnGroup& group) {
  std::size_t width = kGap * (group.count - 1);
  for (std::size_t i = 0; i < group.count; ++i) width += widths[group.first + i];
  return width;
}

/// The line with the names of the protocols above their columns, drawn as wide as the columns.
std::string protocol_line(const TextTable& table, const std::vector<std::size_t>& widths) {
  std::string line;
  std::size_t group_index = 0;
  const std::vector<ColumnGroup> groups = column_groups(table);
  for (std::size_t i = 0; i < widths.size();) {
    if (i > 0) line += std::string(kGap, ' ');
    if (group_index < groups.size() && groups[group_index].first == i) {
      const ColumnGroup& group = groups[group_index++];
      const std::size_t rest = span_width(widths, group) - display_width(group.protocol) - 1;
      line += group.protocol + " " + repeated("─", rest);
      i += group.count;
    } else {
      line += std::string(widths[i++], ' ');
    }
  }
  return without_trailing_spaces(line);
}

}  // namespace

std::string format_console(const Table& table, Emphasis emphasis) {
  return format_console(make_text_table(table), emphasis);
}

std::string format_console(const TextTable& table, Emphasis emphasis) {
  std::vector<std::size_t> widths = column_widths(table);
  const bool several_protocols = table.protocols.size() > 1 && !column_groups(table).empty();
  for (const ColumnGroup& group : column_groups(table)) {
    const std::size_t needed = display_width(group.protocol) + 1;
    const std::size_t width = span_width(widths, group);
    if (several_protocols && width < needed) {
      widths[group.first + group.count - 1] += needed - width;
    }
  }
  std::size_t total = kGap * (widths.size() - 1);
  for (const std::size_t width : widths) total += width;
  const std::string rule = repeated("─", total) + '\n';

  std::string out = table.caption + "\n\n";
  if (several_protocols) out += protocol_line(table, widths) + '\n';
  std::string heads;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i > 0) heads += std::string(kGap, ' ');
    heads += padded(head_text(table.columns[i]), widths[i], table.columns[i].is_number);
  }
  out += without_trailing_spaces(heads) + '\n' + rule;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (r > 0 && table.rows[r].block != table.rows[r - 1].block) out += rule;
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const TextCell& cell = table.rows[r].cells[i];
      if (i > 0) line += std::string(kGap, ' ');
      const std::string text = padded(cell.text, widths[i], table.columns[i].is_number);
      const std::size_t space = text.size() - cell.text.size();  // before it: scores stand right
      line += cell.mark == Mark::none
                  ? text
                  : text.substr(0, space) + emphasised(cell.text, cell.mark, emphasis);
    }
    out += without_trailing_spaces(line) + '\n';
  }
  if (!table.notes.empty()) out += '\n';
  for (const std::string& note : table.notes) out += note + '\n';
  return out;
}

}  // namespace mbench::reports
