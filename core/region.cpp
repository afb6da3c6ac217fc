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

}  // namespace mbench
