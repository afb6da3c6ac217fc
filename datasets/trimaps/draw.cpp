#include "datasets/trimaps/draw.hpp"

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::datasets::trimaps {

int draw(const Options& options, Random& random, std::string_view min, std::string_view max) {
  const int first = options.integer(min);
  const int last = options.integer(max);
  if (first > last) {
    throw Error{ErrorKind::usage,
                {.what = "there is no number to draw",
                 .expected = fmt::format("{} at most {}", min, max),
                 .found = fmt::format("{}={}, {}={}", min, first, max, last),
                 .fix = fmt::format("the other way round: {}={}:{}={}", min, last, max, first)}};
  }
  return first + random.below(last - first + 1);
}

}  // namespace mbench::datasets::trimaps
