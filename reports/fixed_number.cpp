#include "reports/fixed_number.hpp"

#include <fmt/core.h>

namespace mbench::reports {

std::string fixed_number(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  if (is_zero && text.front() == '-') text.erase(0, 1);
  return text;
}

}  // namespace mbench::reports
