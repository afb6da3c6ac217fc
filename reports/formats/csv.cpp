#include "reports/formats/csv.hpp"

#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/csv_field.hpp"
#include "results/json_writer.hpp"

namespace mbench::reports {
namespace {

std::string mean_text(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::missing: return "";
    case Cell::Kind::undefined: return "NA";
    case Cell::Kind::number: break;
  }
  return results::shortest_number(cell.value);
}

std::string line(const std::vector<std::string>& texts) {
  std::vector<std::string> fields;
  for (const std::string& text : texts) fields.push_back(csv_field(results::valid_utf8(text)));
  return fmt::format("{}\r\n", fmt::join(fields, ","));
}

}  // namespace

std::string format_csv(const Table& table) {
  std::vector<std::string> heads{"method", "method_id", "dataset", "dataset_id", "trimap"};
  if (table.is_mixed()) heads.emplace_back("protocol");
  const std::size_t labels = heads.size();
  for (const Column& column : table.columns) heads.push_back(column_key(column));
  for (const char* head : {"samples", "failed", "degenerate", "undefined"})
    heads.emplace_back(head);
  std::string out = line(heads);
  for (const Row& row : table.rows) {
    std::vector<std::string> texts{row.method, row.method_id, row.dataset, row.dataset_id,
                                   row.trimap};
    if (table.is_mixed()) texts.push_back(row.protocol);
    std::vector<std::string> undefined;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      texts.push_back(mean_text(row.cells[i]));
      if (row.cells[i].undefined > 0) {
        undefined.push_back(fmt::format("{}={}", heads[labels + i], row.cells[i].undefined));
      }
    }
    for (const std::size_t count : {row.samples, row.failed, row.degenerate}) {
      texts.push_back(fmt::format("{}", count));
    }
    texts.push_back(fmt::format("{}", fmt::join(undefined, ";")));
    out += line(texts);
  }
  return out;
}

}  // namespace mbench::reports
