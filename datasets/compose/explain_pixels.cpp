#include "datasets/compose/explain_pixels.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace mbench::datasets::compose {

Distance distance(PixelView<Rgb<std::uint8_t>> image, PixelView<Rgb<std::uint8_t>> other) {
  Distance result;
  std::int64_t sum = 0;
  for (int y = 0; y < image.size().height; ++y) {
    for (int x = 0; x < image.size().width; ++x) {
      const Rgb<std::uint8_t>& p = image(y, x);
      const Rgb<std::uint8_t>& q = other(y, x);
      for (const int difference : {std::abs(p.r - q.r), std::abs(p.g - q.g), std::abs(p.b - q.b)}) {
        result.max = std::max(result.max, difference);
        result.values += difference != 0 ? 1 : 0;
        sum += difference;
      }
    }
  }
  const std::int64_t values = 3 * image.size().pixels();
  result.mean = values == 0 ? 0.0 : static_cast<double>(sum) / static_cast<double>(values);
  return result;
}

Explanation explain_pixels(PixelView<Rgb<std::uint8_t>> image, const Ingredients& ingredients,
                           Random random, std::span<const Candidate> candidates) {
  Explanation explanation;
  for (const Candidate& candidate : candidates) {
    if (candidate.rule == nullptr) continue;
    try {
      Composite made = candidate.rule->compose(ingredients, candidate.options.options, random);
      if (made.image.size() != image.size()) continue;
      const Distance found = distance(image, made.image);
      if (&candidate == candidates.data()) explanation.distance = found;
      if (found.values != 0) continue;
      explanation.rule = candidate.options.spelling;
      explanation.made = std::move(made);
      return explanation;
    } catch (const Error&) {
      continue;  // a rule that cannot be applied to these files has not made them
    }
  }
  return explanation;
}

std::vector<Candidate> candidates_after(Candidate first,
                                        std::span<const ComposeRule* const> rules) {
  std::vector<Candidate> candidates;
  const std::string spelling = first.options.spelling;
  candidates.push_back(std::move(first));
  for (const ComposeRule* rule : rules) {
    RuleOptions options = parse_rule_options(rule->facts.id, rule->facts, "composition rule");
    if (options.spelling != spelling) candidates.push_back({rule, std::move(options)});
  }
  return candidates;
}

}  // namespace mbench::datasets::compose
