#pragma once
#include <string>

namespace mbench::datasets {

/// A rule as it was used.
struct UsedRule {
  std::string spelling{};  ///< with all options: "gca:fg=15:bg=15"
  int version{1};
  friend bool operator==(const UsedRule&, const UsedRule&) = default;
};

/// A program that wrote a receipt.
struct Tool {
  std::string version{}, commit{};
};
/// This one.
[[nodiscard]] Tool this_tool();

}  // namespace mbench::datasets
