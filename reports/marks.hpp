#pragma once
#include "reports/table.hpp"

namespace mbench::reports {

/// Sets the marks of a table as make_table() describes them. Second-best is the next different
/// printed number, also where several rows share the best. Returns whether a mean was left out of
/// the comparison because it leaves out samples.
bool mark_best(Table& table);

}  // namespace mbench::reports
