#include "reports/formats/text_table.hpp"

#include <algorithm>

#include <fmt/core.h>
#include <fmt/format.h>

#include "reports/fixed_number.hpp"
#include "results/json_writer.hpp"

namespace mbench::reports {
namespace {

std::string cell_text(const Cell& cell, const ColumnStyle& style) {
  switch (cell.kind) {
    case Cell::Kind::missing: return "-";
    case Cell::Kind::undefined: return "undef.";
    case Cell::Kind::number: break;
  }
  return fixed_number(cell.value, style.decimals);
}

bool differ_in_samples(const Table& table) {
  return std::ranges::any_of(
      table.rows, [&](const Row& row) { return row.samples != table.rows.front().samples; });
}

std::string make_caption(const Table& table, const std::vector<std::string>& protocols) {
  if (table.rows.empty()) return "No runs";
  std::string caption = protocols.empty()
                            ? "No scores"
                            : fmt::format("Protocol{} {}", protocols.size() > 1 ? "s" : "",
                                          fmt::join(protocols, ", "));
  if (!table.has_several_datasets()) caption += " on " + table.rows.front().dataset;
  if (!differ_in_samples(table)) {
    const std::size_t samples = table.rows.front().samples;
    caption += fmt::format(", {} sample{}{}", samples, samples == 1 ? "" : "s",
                           table.has_several_datasets() ? " each" : "");
  }
  return caption;
}

std::string row_name(const Table& table, const Row& row) {
  std::vector<std::string> parts;
  if (table.has_several_datasets()) parts.push_back(row.dataset);
  if (!row.trimap.empty()) parts.push_back(row.trimap);
  if (!row.protocol.empty()) parts.push_back(row.protocol);
  return parts.empty() ? row.method : fmt::format("{} ({})", row.method, fmt::join(parts, ", "));
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result = results::valid_utf8(text);
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return result;
}

TextTable make_text_table(const Table& table) {
  TextTable text;
  text.rows.resize(table.rows.size());
  for (std::size_t i = 0; i < table.rows.size(); ++i) text.rows[i].block = table.rows[i].block;

  const auto add_column = [&](TextColumn column, const auto& cell_of) {
    text.columns.push_back(std::move(column));
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      text.rows[i].cells.push_back(cell_of(table.rows[i]));
    }
  };
  const auto add_label = [&](std::string_view title, std::string Row::*member) {
    add_column({.title = std::string{title}},
               [&](const Row& row) { return TextCell{.text = printable(row.*member)}; });
  };
  const auto add_count = [&](std::string_view title, std::size_t Row::*member) {
    add_column({.title = std::string{title}, .is_number = true},
               [&](const Row& row) { return TextCell{.text = fmt::format("{}", row.*member)}; });
  };
  const auto add_protocol = [&](const std::string& protocol) {
    const bool repeated = !text.protocols.empty() && text.protocols.back() == protocol;
    if (!protocol.empty() && !repeated) text.protocols.push_back(protocol);
  };
  add_label("Method", &Row::method);
  if (table.is_mixed()) {
    add_label("Protocol", &Row::protocol);
    for (const Row& row : table.rows) add_protocol(printable(row.protocol));
  }
  if (table.has_several_datasets()) add_label("Data set", &Row::dataset);
  if (table.has_trimaps()) add_label("Trimap", &Row::trimap);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const ColumnStyle& style = table.columns[c].style;
    const std::string protocol = printable(style.protocol);
    add_protocol(protocol);
    add_column({.title = printable(style.title),
                .unit = printable(style.unit),
                .lower_is_better = style.lower_is_better,
                .protocol = protocol,
                .is_number = true},
               [&](const Row& row) {
                 return TextCell{.text = cell_text(row.cells[c], style), .mark = row.cells[c].mark};
               });
  }
  if (!table.rows.empty() && differ_in_samples(table)) add_count("Samples", &Row::samples);
  if (table.has_failed()) add_count("Failed", &Row::failed);
  if (table.has_degenerate()) add_count("Degenerate", &Row::degenerate);

  text.caption = printable(make_caption(table, text.protocols));
  for (const Row& row : table.rows) {
    for (const std::string& note : row.notes) {
      text.notes.push_back(printable(fmt::format("{}: {}", row_name(table, row), note)));
    }
  }
  for (const std::string& note : table.notes) text.notes.push_back(printable(note));
  return text;
}

std::string head_text(const TextColumn& column) {
  std::string text = column.title;
  if (!column.unit.empty()) text += fmt::format(" ({})", column.unit);
  if (column.lower_is_better) text += *column.lower_is_better ? " ↓" : " ↑";
  return text;
}

std::vector<ColumnGroup> column_groups(const TextTable& table) {
  std::vector<ColumnGroup> groups;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& protocol = table.columns[i].protocol;
    if (protocol.empty()) continue;
    if (groups.empty() || groups.back().protocol != protocol) {
      groups.push_back({.protocol = protocol, .first = i});
    }
    ++groups.back().count;
  }
  return groups;
}

std::string replace_characters(std::string_view text, std::string_view (*replacement)(char)) {
  std::string result;
  for (const char c : text) {
    const std::string_view replaced = replacement(c);
    replaced.empty() ? result += c : result += replaced;
  }
  return result;
}

}  // namespace mbench::reports
