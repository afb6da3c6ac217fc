#include "runners/problem_list.hpp"

#include <fmt/core.h>

namespace mbench::runners {

Error combined_error(std::span<const datasets::Problem> problems) {
  if (problems.size() == 1) return Error{ErrorKind::bad_input, problems.front().parts};
  std::string list;
  for (const datasets::Problem& problem : problems) {
    const ErrorParts& parts = problem.parts;
    if (!list.empty()) list += '\n';
    list += fmt::format("[{}] {}", problem.code, parts.what);
    if (!parts.where.empty()) list += fmt::format(": {}", parts.where);
    if (!parts.expected.empty()) list += fmt::format(" (expected {})", parts.expected);
    if (!parts.found.empty()) list += fmt::format(" (found {})", parts.found);
  }
  return Error{ErrorKind::bad_input,
               {.what = fmt::format("{} problems with the input", problems.size()),
                .found = std::move(list),
                .fix = problems.front().parts.fix}};
}

}  // namespace mbench::runners
