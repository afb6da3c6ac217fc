#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::selftest {

/// What a value is compared with.
enum class Reference {
  exact,    ///< the written definition, evaluated by a separate program
  program,  ///< what the original program printed
};
[[nodiscard]] std::string_view to_string(Reference reference);  ///< "exact", "original program"

/// A deviation is within its bound if it is at most the larger of `absolute` and `relative` times
/// the expected value.
struct Bound {
  double relative{};
  double absolute{};
  friend bool operator==(const Bound&, const Bound&) = default;
};

enum class Verdict {
  pass,
  fail,
  excluded,      ///< every case was left out, `note` says why
  no_reference,  ///< mbench has it, the references have no value of it
  not_known,     ///< the references have it, mbench does not
};
[[nodiscard]] std::string_view to_string(Verdict verdict);  ///< "pass", "FAIL", "no reference"

/// All comparisons of one kind: one metric of one protocol over all cases.
struct Row {
  std::string group{};  ///< protocol, or rule
  std::string item{};   ///< metric, or "" for the group as a whole
  Reference reference{Reference::program};
  std::int64_t compared{};  ///< cases
  std::int64_t broken{};    ///< of these, beyond the bound
  std::int64_t left_out{};  ///< cases that were not compared, `note` says why
  /// Largest deviation over the expected value. Left out are an expected value of 0 and, whatever
  /// the expected value, deviations of at most 1e-15 (exact) or 1e-12 (program), or of the absolute
  /// bound where that is smaller: there the proportion is that of a rounding to next to nothing.
  double relative{};
  double absolute{};  ///< largest deviation
  Bound bound{};
  Verdict verdict{Verdict::pass};
  std::string worst_case{};  ///< comes nearest to its bound, or breaks it most; "" if all are equal
  std::string note{};
};

/// What one family found.
struct Report {
  std::string family{};
  std::string title{};
  std::string references{};  ///< "built in", or the folder
  std::vector<Row> rows{};
};

struct Totals {
  std::int64_t compared{}, broken{}, left_out{};
  std::int64_t not_known{};  ///< rows: protocols and metrics that mbench has not got
};
[[nodiscard]] Totals totals(const std::vector<Report>& reports);

}  // namespace mbench::selftest
