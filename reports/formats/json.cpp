#include "reports/formats/json.hpp"

#include <algorithm>

#include "results/json_writer.hpp"

namespace mbench::reports {
namespace {

using Layout = results::JsonWriter::Layout;

void write_marks(results::JsonWriter& json, const Table& table, const Row& row) {
  const auto is_marked = [](const Cell& cell) { return cell.mark != Mark::none; };
  if (std::ranges::none_of(row.cells, is_marked)) return;
  json.key("marks").begin_object();
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (!is_marked(row.cells[i])) continue;
    json.key(column_key(table.columns[i]))
        .text(row.cells[i].mark == Mark::best ? "best" : "second");
  }
  json.end_object();
}

void write_row(results::JsonWriter& json, const Table& table, const Row& row) {
  const auto count = [&](std::string_view key, std::size_t value) {
    json.key(key).integer(static_cast<std::int64_t>(value));
  };
  json.begin_object(Layout::indented);
  json.key("method").text(row.method);
  json.key("method_id").text(row.method_id);
  json.key("dataset").text(row.dataset);
  json.key("dataset_id").text(row.dataset_id);
  json.key("trimap");
  row.trimap.empty() ? json.null() : json.text(row.trimap);
  if (table.is_mixed()) json.key("protocol").text(row.protocol);
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    json.key(column_key(table.columns[i]));
    row.cells[i].kind == Cell::Kind::number ? json.number(row.cells[i].value) : json.null();
  }
  count("samples", row.samples);
  count("failed", row.failed);
  count("degenerate", row.degenerate);
  json.key("undefined").begin_object();
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].undefined > 0) count(column_key(table.columns[i]), row.cells[i].undefined);
  }
  json.end_object();
  write_marks(json, table, row);
  if (!row.notes.empty()) {
    json.key("notes").begin_array();
    for (const std::string& note : row.notes) json.text(note);
    json.end_array();
  }
  json.end_object();
}

}  // namespace

std::string format_json(const Table& table) {
  results::JsonWriter json;
  json.begin_array(Layout::indented);
  for (const Row& row : table.rows) write_row(json, table, row);
  json.end_array();
  return json.take() + '\n';
}

}  // namespace mbench::reports
