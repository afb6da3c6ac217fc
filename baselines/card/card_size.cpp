#include <algorithm>
#include <cmath>
#include <cstdint>

#include "baselines/card/card.hpp"

namespace mbench::baselines {

int CardInput::channels() const {
  if (source == CardSource::image || source == CardSource::background) return 3;
  if (nearness) return 6;
  return coding.empty() ? 1 : static_cast<int>(coding.size());
}

bool Card::needs(CardSource source) const {
  return std::ranges::find(inputs, source, &CardInput::source) != inputs.end() ||
         (source == CardSource::trimap && impose_trimap);
}

std::filesystem::path Card::backgrounds() const {
  const auto input = std::ranges::find(inputs, CardSource::background, &CardInput::source);
  return input == inputs.end() ? std::filesystem::path{} : input->folder;
}

Size card_size(const CardSize& rule, Size image) {
  double width = image.width, height = image.height;
  const auto fit = [&](int side) {
    const auto [shorter, longer] = std::minmax(image.width, image.height);
    if (rule.keep_between && shorter <= rule.side && rule.side <= longer) return;
    if (side < rule.side && !rule.enlarge) return;
    const auto scaled = [&](int length) {
      if (rule.other_down) return static_cast<double>(std::int64_t{rule.side} * length / side);
      return std::round(length * (static_cast<double>(rule.side) / side));
    };
    width = scaled(image.width);
    height = scaled(image.height);
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
    case CardSize::Rule::long_side: fit(std::max(image.width, image.height)); break;
    case CardSize::Rule::short_side: fit(std::min(image.width, image.height)); break;
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
