#include "reports/marks.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>

#include "reports/fixed_number.hpp"

namespace mbench::reports {
namespace {

/// Marks one column of one block.
void mark_column(std::vector<Row*>& block, std::size_t column, const ColumnStyle& style) {
  const auto printed = [&](const Row& row) {
    return std::strtod(fixed_number(row.cells[column].value, style.decimals).c_str(), nullptr);
  };
  const auto competes = [&](const Row& row) {
    return row.cells[column].kind == Cell::Kind::number && row.failed == 0;
  };
  std::vector<double> values;
  for (const Row* row : block) {
    if (competes(*row)) values.push_back(printed(*row));
  }
  if (style.lower_is_better) {
    std::ranges::sort(values);
  } else {
    std::ranges::sort(values, std::greater{});
  }
  const bool alone = values.size() < 2;  // nothing to be better than
  if (alone) return;
  const auto repeated = std::ranges::unique(values);
  values.erase(repeated.begin(), repeated.end());
  for (Row* row : block) {
    if (!competes(*row)) continue;
    const double value = printed(*row);
    if (value == values[0]) row->cells[column].mark = Mark::best;
    if (values.size() > 1 && value == values[1]) row->cells[column].mark = Mark::second;
  }
}

}  // namespace

void mark_best(Table& table) {
  for (std::size_t first = 0; first < table.rows.size();) {
    std::vector<Row*> block;
    std::size_t next = first;
    while (next < table.rows.size() && table.rows[next].block == table.rows[first].block) {
      block.push_back(&table.rows[next++]);
    }
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      mark_column(block, column, table.columns[column].style);
    }
    first = next;
  }
}

}  // namespace mbench::reports
