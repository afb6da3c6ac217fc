#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/rule.hpp"
#include "datasets/compose/rule.hpp"

namespace mbench::datasets::compose {

/// A rule, with options, that may have made a composite.
struct Candidate {
  const ComposeRule* rule{};  ///< nothing: one that this program does not know
  RuleOptions options{};
};

/// How far two images of one size are from each other, in levels of 0 to 255.
struct Distance {
  int max{};
  double mean{};          ///< of the absolute differences of all values, three per pixel
  std::int64_t values{};  ///< how many of them differ
};

/// Which rule makes exactly these pixels.
struct Explanation {
  std::string rule{};                  ///< its spelling; "" if none of the candidates does
  std::optional<Distance> distance{};  ///< to what the first candidate makes, if that can be told
  std::optional<Composite> made{};     ///< what that rule makes besides
};

[[nodiscard]] Distance distance(PixelView<Rgb<std::uint8_t>> image,
                                PixelView<Rgb<std::uint8_t>> other);

/// Composes the ingredients by each candidate in turn until the pixels are those of the image.
[[nodiscard]] Explanation explain_pixels(PixelView<Rgb<std::uint8_t>> image,
                                         const Ingredients& ingredients, Random random,
                                         std::span<const Candidate> candidates);

/// The first candidate, and after it every other rule with its default options.
[[nodiscard]] std::vector<Candidate> candidates_after(Candidate first,
                                                      std::span<const ComposeRule* const> rules);

}  // namespace mbench::datasets::compose
