#include <algorithm>
#include <cmath>

#include "baselines/card/card.hpp"

namespace mbench::baselines {

int CardInput::channels() const {
  if (source == CardSource::image) return 3;
  return coding.empty() ? 1 : static_cast<int>(coding.size());
}

bool Card::needs(CardSource source) const {
  return std::ranges::find(inputs, source, &CardInput::source) != inputs.end() ||
         (source == CardSource::trimap && impose_trimap);
}

Size card_size(const CardSize& rule, Size image) {
  double width = image.width, height = image.height;
  const auto fit = [&](double side) {
    const double factor = rule.side / side;
    if (factor > 1.0 && !rule.enlarge) return;
    width = std::round(width * factor);
    height = std::round(height * factor);
  };
  switch (rule.rule) {
    case CardSize::Rule::image: break;
    case CardSize::Rule::fixed:
      width = rule.width;
      height = rule.height;
      break;
    case CardSize::Rule::divide:
      width = std::floor(width / rule.divisor);
      height = std::floor(height / rule.divisor);
      break;
    case CardSize::Rule::long_side: fit(std::max(width, height)); break;
    case CardSize::Rule::short_side: fit(std::min(width, height)); break;
  }
  const auto finish = [&](double side) {
    const double blocks = side / rule.multiple;
    const double whole = rule.rounding == CardSize::Rounding::down ? std::floor(blocks)
                         : rule.rounding == CardSize::Rounding::up ? std::ceil(blocks)
                                                                   : std::round(blocks);
    const double most = std::min<double>(rule.at_most, kLargestCardSide);
    return static_cast<int>(
        std::clamp<double>(std::max(1.0, whole) * rule.multiple, rule.at_least, most));
  };
  return {.width = finish(width), .height = finish(height)};
}

}  // namespace mbench::baselines
