#include "reports/formats/latex.hpp"

#include <cctype>

#include <fmt/core.h>
#include <fmt/format.h>

#include "reports/formats/text_table.hpp"

namespace mbench::reports {
namespace {

std::string escaped(std::string_view text) {
  return replace_characters(text, [](char c) -> std::string_view {
    switch (c) {
      case '\\': return "\\textbackslash{}";
      case '{': return "\\{";
      case '}': return "\\}";
      case '$': return "\\$";
      case '&': return "\\&";
      case '#': return "\\#";
      case '%': return "\\%";
      case '_': return "\\_";
      case '^': return "\\textasciicircum{}";
      case '~': return "\\textasciitilde{}";
      case '<': return "\\textless{}";  // the default font encoding has neither < nor >
      case '>': return "\\textgreater{}";
      case '|': return "\\textbar{}";
      default: return "";
    }
  });
}

/// A unit with its powers raised: "10^3" -> "$10^{3}$".
std::string unit_text(std::string_view unit) {
  const auto caret = unit.find('^');
  if (caret == std::string_view::npos) return escaped(unit);
  auto end = caret + 1;
  if (end < unit.size() && unit[end] == '-') ++end;
  while (end < unit.size() && std::isdigit(static_cast<unsigned char>(unit[end])) != 0) ++end;
  if (end == caret + 1) return escaped(unit);
  return fmt::format("{}$^{{{}}}${}", escaped(unit.substr(0, caret)),
                     unit.substr(caret + 1, end - caret - 1), unit_text(unit.substr(end)));
}

std::string head(const TextColumn& column) {
  std::string text = escaped(column.title);
  if (!column.unit.empty()) text += fmt::format(" ({})", unit_text(column.unit));
  if (column.lower_is_better) {
    text += *column.lower_is_better ? " $\\downarrow$" : " $\\uparrow$";
  }
  return text;
}

std::string marked(const TextCell& cell) {
  const std::string text = cell.text == "-" ? "--" : escaped(cell.text);
  switch (cell.mark) {
    case Mark::best: return fmt::format("\\textbf{{{}}}", text);
    case Mark::second: return fmt::format("\\underline{{{}}}", text);
    case Mark::none: break;
  }
  return text;
}

/// The line of protocols above the heads, with a rule below each.
std::string protocol_heads(const TextTable& table) {
  std::vector<std::string> heads, rules;
  for (const ColumnGroup& group : column_groups(table)) {
    if (heads.empty()) heads.resize(group.first);  // no protocol above the labels
    heads.push_back(
        fmt::format("\\multicolumn{{{}}}{{c}}{{{}}}", group.count, escaped(group.protocol)));
    rules.push_back(
        fmt::format("\\cmidrule(lr){{{}-{}}}", group.first + 1, group.first + group.count));
  }
  return fmt::format("{} \\\\\n    {}\n", fmt::join(heads, " & "), fmt::join(rules, " "));
}

}  // namespace

std::string format_latex(const Table& source) {
  const TextTable table = make_text_table(source);
  std::string alignment;
  std::vector<std::string> heads;
  for (const TextColumn& column : table.columns) {
    alignment += column.is_number ? 'r' : 'l';
    heads.push_back(head(column));
  }
  std::string out = "% Made by mbench; needs \\usepackage{booktabs}.\n";
  out += fmt::format("% Protocols: {}\n",
                     table.protocols.empty() ? "none, nothing was scored"
                                             : fmt::format("{}", fmt::join(table.protocols, ", ")));
  out += "\\begin{table}[t]\n  \\centering\n";
  out += fmt::format("  \\caption{{{}}}\n", escaped(table.caption));
  out += fmt::format("  \\begin{{tabular}}{{{}}}\n    \\toprule\n", alignment);
  if (table.protocols.size() > 1 && !column_groups(table).empty())
    out += "    " + protocol_heads(table);
  out += fmt::format("    {} \\\\\n    \\midrule\n", fmt::join(heads, " & "));
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (r > 0 && table.rows[r].block != table.rows[r - 1].block) out += "    \\midrule\n";
    std::vector<std::string> cells;
    for (const TextCell& cell : table.rows[r].cells) cells.push_back(marked(cell));
    out += fmt::format("    {} \\\\\n", fmt::join(cells, " & "));
  }
  out += "    \\bottomrule\n  \\end{tabular}\n";
  if (!table.notes.empty()) {
    out += "\n  \\smallskip\n  {\\footnotesize\\raggedright\n";
    for (const std::string& note : table.notes) out += fmt::format("  {}.\\par\n", escaped(note));
    out += "  }\n";
  }
  return out + "\\end{table}\n";
}

}  // namespace mbench::reports
