#pragma once
#include <cstdint>
#include <string>

#include "core/error.hpp"
#include "core/options.hpp"
#include "datasets/compose/blend.hpp"
#include "datasets/compose/rule.hpp"
#include "tests/support/images.hpp"

namespace mbench::testing {

using datasets::compose::Colours;

/// Independent noise in all channels.
[[nodiscard]] inline Colours noise_colours(Size size, std::uint64_t seed) {
  const Plane<std::uint8_t> noise = noise_plane({3 * size.width, size.height}, seed);
  Colours plane{size};
  std::size_t i = 0;
  for (auto& pixel : plane.values()) {
    pixel = {noise.values()[i], noise.values()[i + 1], noise.values()[i + 2]};
    i += 3;
  }
  return plane;
}

/// Noise with three equal channels, a third of the pixels 0 and a third 255.
[[nodiscard]] inline Colours noise_grey_matte(Size size, std::uint64_t seed) {
  const Plane<std::uint8_t> noise = noise_plane({2 * size.width, size.height}, seed);
  Colours plane{size};
  std::size_t i = 0;
  for (auto& pixel : plane.values()) {
    const int kind = noise.values()[i] % 3;
    const auto v = kind == 0   ? std::uint8_t{0}
                   : kind == 1 ? std::uint8_t{255}
                               : noise.values()[i + 1];
    pixel = {v, v, v};
    i += 2;
  }
  return plane;
}

/// Three equal channels.
[[nodiscard]] inline Rgb<std::uint8_t> grey(int v) {
  const auto value = static_cast<std::uint8_t>(v);
  return {value, value, value};
}

/// The options of a rule, those named in "dim:name=value" and defaults.
[[nodiscard]] inline Options options_of(std::string_view text) {
  const auto& rule = datasets::compose::find_rule(rule_id(text));
  return parse_rule_options(text, rule.facts, "rule").options;
}

[[nodiscard]] inline datasets::compose::Composite compose(
    std::string_view text, const datasets::compose::Ingredients& ingredients,
    std::uint64_t sample = 0) {
  return datasets::compose::find_rule(rule_id(text))
      .compose(ingredients, options_of(text), Random{1}.fork(sample));
}

/// What the receipt says of `name`, "" if nothing.
[[nodiscard]] inline std::string particular(const datasets::compose::Composite& composite,
                                            std::string_view name) {
  for (const auto& [key, value] : composite.particulars) {
    if (key == name) return value;
  }
  return {};
}

/// The parts of the error that `act` throws, as the user reads them; "" if it throws none.
template <typename Act>
[[nodiscard]] std::string refusal(Act act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace mbench::testing
