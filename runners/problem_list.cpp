#include "runners/problem_list.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

namespace mbench::runners {

Error combined_error(std::span<const datasets::Problem> problems) {
  if (problems.size() == 1) return Error{ErrorKind::bad_input, problems.front().parts};
  std::string list;
  std::vector<std::string> fixes;  // each once, in the order of the problems
  for (const datasets::Problem& problem : problems) {
    const ErrorParts& parts = problem.parts;
    if (!list.empty()) list += '\n';
    list += fmt::format("[{}] {}", problem.code, parts.what);
    if (!parts.where.empty()) list += fmt::format(": {}", parts.where);
    if (!parts.expected.empty()) list += fmt::format(" (expected {})", parts.expected);
    if (!parts.found.empty()) list += fmt::format(" (found {})", parts.found);
    if (!parts.fix.empty() && std::ranges::find(fixes, parts.fix) == fixes.end()) {
      fixes.push_back(parts.fix);
    }
  }
  return Error{ErrorKind::bad_input,
               {.what = fmt::format("{} problems with the input", problems.size()),
                .found = std::move(list),
                .fix = fmt::format("{}", fmt::join(fixes, "\n"))}};
}

}  // namespace mbench::runners
