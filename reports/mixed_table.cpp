#include "reports/mixed_table.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace mbench::reports {
namespace {

/// May numbers of both stand in one column?
bool shares_column(const Column& one, const Column& other) {
  return one.id == other.id && one.style.title == other.style.title &&
         one.style.unit == other.style.unit && one.style.decimals == other.style.decimals &&
         one.style.lower_is_better == other.style.lower_is_better;
}

auto find_shared(auto& columns, const Column& wanted) {
  return std::ranges::find_if(columns,
                              [&](const Column& column) { return shares_column(column, wanted); });
}

/// Adds what is not there yet.
void add_note(std::vector<std::string>& notes, const std::string& note) {
  if (std::ranges::find(notes, note) == notes.end()) notes.push_back(note);
}

/// The columns of all tables, each once. One that is new stands behind the one that it follows in
/// its own protocol: MAD behind MSE, not behind Conn.
std::vector<Column> merge_columns(const std::vector<Table>& tables) {
  std::vector<Column> merged;
  for (const Table& table : tables) {
    auto next = merged.end();
    for (const Column& column : table.columns) {
      auto place = find_shared(merged, column);
      if (place == merged.end()) {
        place = merged.insert(next, column);
        place->protocol.clear();
        place->style.protocol.clear();
      }
      next = place + 1;
    }
  }
  return merged;
}

Row moved_row(Row row, const Table& table, const std::vector<Column>& columns) {
  std::vector<Cell> cells(columns.size());
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const auto place = find_shared(columns, table.columns[i]) - columns.begin();
    cells[static_cast<std::size_t>(place)] = row.cells[i];
  }
  row.cells = std::move(cells);
  return row;
}

/// Ids are the keys of CSV and JSON: a key must mean one unit in every table, whatever protocols
/// stand beside it.
void name_units(std::vector<Column>& columns) {
  for (Column& column : columns) {
    if (!column.style.unit.empty()) column.id += fmt::format(" ({})", column.style.unit);
  }
}

/// The title of the metric: "SAD" of "SAD trimap".
std::string_view metric_of(const Column& column) {
  return std::string_view{column.style.title}.substr(0, column.style.title.find(' '));
}

/// Columns of one metric stand together, in the order of the protocols; metrics in the order in
/// which they come first.
void order_by_metric(std::vector<Column>& columns) {
  std::vector<std::string> metrics;
  for (const Column& column : columns) add_note(metrics, std::string{metric_of(column)});
  std::ranges::stable_sort(columns, {}, [&](const Column& column) {
    return std::ranges::find(metrics, metric_of(column));
  });
}

/// Rules part rows that compare from others: where no two rows do, they would part every row.
void drop_blocks_of_one(std::vector<Row>& rows) {
  std::set<std::size_t> blocks;
  for (const Row& row : rows) blocks.insert(row.block);
  if (blocks.size() != rows.size()) return;
  for (Row& row : rows) row.block = 0;
}

std::vector<std::string> list_protocols(std::span<const results::RunRecord> records) {
  std::vector<std::string> protocols;
  for (const results::RunRecord& record : records) {
    for (const std::string& protocol : record.protocols) add_note(protocols, protocol);
  }
  return protocols;
}

}  // namespace

Table make_mixed_table(std::span<const results::RunRecord> records, const ColumnStyles& styles) {
  const std::vector<std::string> protocols = list_protocols(records);
  std::vector<Table> tables;
  for (const std::string& protocol : protocols) {
    tables.push_back(make_table(records, styles, protocol));
  }
  Table mixed{.columns = merge_columns(tables)};
  order_by_metric(mixed.columns);
  if (tables.size() > 1) {
    mixed.notes.emplace_back(
        "protocols share columns: numbers compare only between rows of one protocol, and best and "
        "second-best are marked among these");
  }
  std::size_t blocks = 0;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const Table& table = tables[i];
    const ColumnStyle style = table.columns.empty() ? ColumnStyle{} : table.columns.front().style;
    const std::string name = style.protocol.empty() ? protocols[i] : style.protocol;
    if (!style.protocol_title.empty()) {
      mixed.notes.push_back(fmt::format("{}: {}", name, style.protocol_title));
    }
    std::size_t next_block = blocks;
    for (const Row& row : table.rows) {
      Row& moved = mixed.rows.emplace_back(moved_row(row, table, mixed.columns));
      moved.protocol = name;
      moved.block += blocks;
      next_block = std::max(next_block, moved.block + 1);
    }
    blocks = next_block;
  }
  for (const Table& table : tables) {
    for (const std::string& note : table.notes) add_note(mixed.notes, note);
  }
  drop_blocks_of_one(mixed.rows);
  name_units(mixed.columns);
  return mixed;
}

}  // namespace mbench::reports
