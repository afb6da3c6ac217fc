#include "core/registry.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"

namespace mbench {
namespace {

std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t substituted = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, substituted});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest_name(std::string_view name, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = std::string_view::npos;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < best_distance && distance * 3 <= std::max(name.size(), candidate.size())) {
      best = candidate;
      best_distance = distance;
    }
  }
  return std::string{best};
}

void throw_unknown_id(std::string_view name, const std::vector<std::string_view>& ids,
                      std::string_view noun, std::string_view listed) {
  const std::string nearest = nearest_name(name, ids);
  const std::string hint =
      fmt::format("`mbench list {}` describes them all",
                  listed.empty() ? fmt::format("{}s", noun) : std::string{listed});
  throw Error{
      ErrorKind::usage,
      {.what = fmt::format("unknown {} '{}'", noun, name),
       .expected = fmt::format("one of: {}", fmt::join(ids, ", ")),
       .fix = nearest.empty() ? hint : fmt::format("did you mean '{}'? {}", nearest, hint)}};
}

}  // namespace mbench
