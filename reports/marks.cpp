#include "reports/marks.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>

#include "reports/fixed_number.hpp"

namespace mbench::reports {
namespace {

/// Marks one column of one block. Returns whether a mean could not compete.
bool mark_column(const std::vector<Row*>& block, std::size_t column, const ColumnStyle& style) {
  std::size_t full_n = 0;
  for (const Row* row : block) full_n = std::max(full_n, row->cells[column].n);
  const auto has_mean = [&](const Row* row) {
    return row->cells[column].kind == Cell::Kind::number;
  };
  const auto competes = [&](const Row* row) {
    return has_mean(row) && row->failed == 0 && row->cells[column].n == full_n;
  };
  const auto printed = [&](const Row* row) {
    return std::strtod(fixed_number(row->cells[column].value, style.decimals).c_str(), nullptr);
  };
  std::vector<double> values;
  for (const Row* row : block) {
    if (competes(row)) values.push_back(printed(row));
  }
  const bool left_out = block.size() > 1 && std::ranges::any_of(block, [&](const Row* row) {
                          return has_mean(row) && !competes(row);
                        });
  if (values.size() < 2) return left_out;  // nothing to be better than
  if (style.lower_is_better) {
    std::ranges::sort(values);
  } else {
    std::ranges::sort(values, std::greater{});
  }
  const auto repeated = std::ranges::unique(values);
  values.erase(repeated.begin(), repeated.end());
  for (Row* row : block) {
    if (!competes(row)) continue;
    const double value = printed(row);
    if (value == values[0]) row->cells[column].mark = Mark::best;
    if (values.size() > 1 && value == values[1]) row->cells[column].mark = Mark::second;
  }
  return left_out;
}

}  // namespace

bool mark_best(Table& table) {
  bool left_out = false;
  for (std::size_t first = 0; first < table.rows.size();) {
    std::vector<Row*> block;
    std::size_t next = first;
    while (next < table.rows.size() && table.rows[next].block == table.rows[first].block) {
      block.push_back(&table.rows[next++]);
    }
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      if (mark_column(block, column, table.columns[column].style)) left_out = true;
    }
    first = next;
  }
  return left_out;
}

}  // namespace mbench::reports
