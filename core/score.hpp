#pragma once
#include <string>
#include <string_view>

namespace mbench {

/// Which direction of a metric is an improvement.
enum class Better { lower, higher };

/// One number, or the reason why it is undefined (0/0 and the like). Exactly one of `defined` and a
/// non-empty `reason` holds.
struct Score {
  double value{};
  bool defined{true};
  std::string reason{};

  [[nodiscard]] static Score of(double value) { return {.value = value}; }
  [[nodiscard]] static Score undefined(std::string_view reason) {
    return {.value = 0.0, .defined = false, .reason = std::string{reason}};
  }
  friend bool operator==(const Score&, const Score&) = default;
};

}  // namespace mbench
