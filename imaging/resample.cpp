#include "imaging/resample.hpp"

#include <algorithm>
#include <string>

#include <fmt/core.h>

#include "core/error.hpp"
#include "imaging/resample_rows.hpp"

namespace mbench::imaging {

std::string_view to_string(ResizeRule rule) {
  return rule == ResizeRule::skimage014 ? "skimage014" : "skimage019";
}

ResizeRule resize_rule(std::string_view name) {
  for (const ResizeRule rule : {ResizeRule::skimage014, ResizeRule::skimage019}) {
    if (name == to_string(rule)) return rule;
  }
  throw Error{ErrorKind::usage,
              {.what = fmt::format("unknown resize rule '{}'", name),
               .expected = "skimage014 or skimage019"}};
}

void rows::require_sides(Size from, Size to) {
  if (std::min({from.width, from.height, to.width, to.height}) >= 1) return;
  throw Error{ErrorKind::bad_input,
              {.what = "an image and what it is resized to must have pixels",
               .expected = "sides of at least 1 pixel",
               .found = fmt::format("{} resized to {}", to_string(from), to_string(to))}};
}

}  // namespace mbench::imaging
