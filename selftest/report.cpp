#include "selftest/report.hpp"

namespace mbench::selftest {

std::string_view to_string(Reference reference) {
  return reference == Reference::exact ? "exact" : "original program";
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "FAIL";
    case Verdict::excluded: return "excluded";
    case Verdict::no_reference: return "no reference";
    case Verdict::not_known: break;
  }
  return "not known";
}

Totals totals(const std::vector<Report>& reports) {
  Totals sum;
  for (const Report& report : reports) {
    for (const Row& row : report.rows) {
      sum.compared += row.compared;
      sum.broken += row.broken;
      sum.left_out += row.left_out;
      if (row.verdict == Verdict::not_known) ++sum.not_known;
    }
  }
  return sum;
}

}  // namespace mbench::selftest
