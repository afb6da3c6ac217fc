#pragma once
#include <array>
#include <string_view>

#include "core/random.hpp"
#include "core/rule.hpp"

namespace mbench::datasets::trimaps {

// What rules that draw share: a range of whole numbers as two options.

constexpr OptionSpec smallest(std::string_view name, std::string_view standard) {
  return whole_number(name, "smallest number drawn", standard, 1, 499);
}

constexpr OptionSpec largest(std::string_view name, std::string_view standard) {
  return whole_number(name, "largest number drawn", standard, 1, 499);
}

/// Uniform from the option `min` to the option `max`, both included. Throws usage if the range is
/// empty.
[[nodiscard]] int draw(const Options& options, Random& random, std::string_view min = "min",
                       std::string_view max = "max");

}  // namespace mbench::datasets::trimaps
