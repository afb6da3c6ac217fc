#include "app/trimap_levels.hpp"

#include <set>

#include <fmt/core.h>
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "core/error.hpp"

namespace mbench::app {

void add_trimap_levels_option(CLI::App& verb, std::vector<int>& levels) {
  verb.add_option("--trimap-levels", levels,
                  "How the trimaps code background, unknown and foreground (default: 0,128,255)")
      ->delimiter(',')
      ->expected(3);
}

imaging::TrimapLevels trimap_levels(const std::vector<int>& levels) {
  const std::set<int> different(levels.begin(), levels.end());
  if (different.size() == 3 && *different.begin() >= 0 && *different.rbegin() <= 255) {
    return {.background = levels[0], .unknown = levels[1], .foreground = levels[2]};
  }
  throw Error{ErrorKind::usage,
              {.what = "wrong --trimap-levels",
               .expected = "three different values from 0 to 255: background, unknown, foreground",
               .found = fmt::format("{}", fmt::join(levels, ",")),
               .fix = "e.g. --trimap-levels 0,127,255"}};
}

}  // namespace mbench::app
