#pragma once
#include <array>
#include <string_view>

#include "core/options.hpp"
#include "core/random.hpp"

namespace mbench::datasets::trimaps {

// What rules that draw share: a range of whole numbers as two options.

constexpr OptionSpec smallest(std::string_view name, std::string_view standard) {
  return {.name = name,
          .help = "smallest number drawn",
          .type = OptionType::integer,
          .default_value = standard,
          .min = 1,
          .max = 499};
}

constexpr OptionSpec largest(std::string_view name, std::string_view standard) {
  return {.name = name,
          .help = "largest number drawn",
          .type = OptionType::integer,
          .default_value = standard,
          .min = 1,
          .max = 499};
}

/// Uniform from the option `min` to the option `max`, both included. Throws usage if the range is
/// empty.
[[nodiscard]] int draw(const Options& options, Random& random, std::string_view min = "min",
                       std::string_view max = "max");

}  // namespace mbench::datasets::trimaps
