#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/score.hpp"
#include "selftest/report.hpp"

namespace mbench::selftest {

/// A stored value: a number, or the reason why there is none.
struct ReferenceValue {
  std::optional<double> number{};
  std::string reason{};
};

/// Fills one row, case by case.
class Comparison {
 public:
  Comparison(std::string_view group, std::string_view item, Reference reference, Bound bound);

  /// A reference without a number asks for an undefined score, and the other way round.
  void add(std::string_view case_name, const ReferenceValue& expected, const Score& found) {
    add(case_name, expected, found, row_.bound);
  }
  /// With a bound of this case's own, which `row().note` then names.
  void add(std::string_view case_name, const ReferenceValue& expected, const Score& found,
           Bound bound);
  /// The case has a reference that proves nothing.
  void leave_out(std::string_view case_name, std::string_view reason);

  [[nodiscard]] bool empty() const { return row_.compared == 0 && row_.left_out == 0; }
  [[nodiscard]] Row row() const;

 private:
  Row row_;
  double worst_share_{};  ///< deviation over what is allowed
  std::string worst_words_{};
  std::vector<std::string> left_out_{};
  std::string left_out_reason_{};
  std::vector<std::string> other_bound_{};  ///< cases with `their_bound_`
  Bound their_bound_{};
};

}  // namespace mbench::selftest
