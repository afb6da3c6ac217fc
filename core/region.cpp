#include "core/region.hpp"

#include <algorithm>

namespace mbench {

std::int64_t Region::count() const {
  if (rule_ == Rule::whole) return size_.pixels();
  std::int64_t equal = 0;
  for (int y = 0; y < size_.height; ++y) {
    equal += std::ranges::count(trimap_.row(y), level_);
  }
  return rule_ == Rule::equal ? equal : size_.pixels() - equal;
}

void Region::mask_row(int y, std::span<std::uint8_t> inside) const {
  if (rule_ == Rule::whole) {
    std::ranges::fill(inside, std::uint8_t{1});
    return;
  }
  const std::uint8_t match = rule_ == Rule::equal ? 1 : 0;
  const std::uint8_t miss = rule_ == Rule::equal ? 0 : 1;
  std::ranges::transform(trimap_.row(y), inside.begin(),
                         [match, miss, wanted = level_](std::uint8_t level) {
                           return level == wanted ? match : miss;
                         });
}

}  // namespace mbench
