#include "selftest/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/core.h>
#include <fmt/format.h>

namespace mbench::selftest {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Differences that are no deviation in proportion: the true value may be 0. The limit for programs
/// is that of the measured deviations in golden.json.
double rounding(Reference reference) { return reference == Reference::exact ? 1e-15 : 1e-12; }

std::string words(const ReferenceValue& expected) {
  return expected.number ? fmt::format("{:.17g}", *expected.number)
                         : fmt::format("no number ({})", expected.reason);
}

std::string words(const Score& found) {
  return found.defined ? fmt::format("{:.17g}", found.value)
                       : fmt::format("undefined ({})", found.reason);
}

}  // namespace

Comparison::Comparison(std::string_view group, std::string_view item, Reference reference,
                       Bound bound)
    : row_{.group = std::string{group},
           .item = std::string{item},
           .reference = reference,
           .bound = bound} {}

void Comparison::add(std::string_view case_name, const ReferenceValue& expected, const Score& found,
                     Bound bound) {
  ++row_.compared;
  if (bound != row_.bound) {
    other_bound_.emplace_back(case_name);
    their_bound_ = bound;
  }
  double share = 0.0;
  if (expected.number.has_value() != found.defined) {
    share = kInfinity;
  } else if (found.defined) {
    const double size = std::abs(*expected.number);
    const double deviation = std::abs(found.value - *expected.number);
    const double allowed = std::max(bound.absolute, bound.relative * size);
    // Written so that NaN breaks the bound.
    share = deviation <= allowed ? (deviation == 0.0 ? 0.0 : deviation / allowed) : kInfinity;
    if (share == kInfinity && allowed > 0.0 && deviation < kInfinity) share = deviation / allowed;
    row_.absolute = std::max(row_.absolute, deviation);
    const bool is_rounding = deviation <= std::min(rounding(row_.reference), bound.absolute);
    if (size > 0.0 && !is_rounding) row_.relative = std::max(row_.relative, deviation / size);
  }
  if (share > 1.0) ++row_.broken;
  if (share > worst_share_) {
    worst_share_ = share;
    row_.worst_case = std::string{case_name};
    worst_words_ = fmt::format("found {}, expected {}", words(found), words(expected));
  }
}

void Comparison::leave_out(std::string_view case_name, std::string_view reason) {
  ++row_.left_out;
  left_out_.emplace_back(case_name);
  left_out_reason_ = reason;
}

Row Comparison::row() const {
  Row row = row_;
  row.verdict = row.broken > 0     ? Verdict::fail
                : row.compared > 0 ? Verdict::pass
                : row.left_out > 0 ? Verdict::excluded
                                   : Verdict::no_reference;
  if (row.broken > 0) {
    row.note = fmt::format("{} of {} beyond the bound; {}: {}", row.broken, row.compared,
                           row.worst_case, worst_words_);
  }
  if (!other_bound_.empty()) {
    if (!row.note.empty()) row.note += "; ";
    row.note +=
        fmt::format("bound {:.2g} or {:.2g} where values lie on thresholds: {}",
                    their_bound_.relative, their_bound_.absolute, fmt::join(other_bound_, ", "));
  }
  if (row.left_out > 0) {
    if (!row.note.empty()) row.note += "; ";
    row.note += fmt::format("excluded: {}: {}", fmt::join(left_out_, ", "), left_out_reason_);
  }
  return row;
}

}  // namespace mbench::selftest
