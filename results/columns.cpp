#include "results/columns.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"

namespace mbench::results {

Named<Named<ColumnScores>> collect_columns(std::span<const SampleResult* const> samples,
                                           std::span<const std::string> protocols) {
  Named<Named<ColumnScores>> result;
  for (const std::string& protocol : protocols) entry(result, protocol);
  for (const SampleResult* sample : samples) {
    for (const auto& [protocol, columns] : sample->scores) {
      if (std::ranges::find(protocols, protocol) == protocols.end()) {
        throw Error{ErrorKind::internal,
                    {.what = "a sample has scores of a protocol that its record does not name",
                     .where = sample->id,
                     .expected = fmt::format("one of: {}", fmt::join(protocols, ", ")),
                     .found = protocol}};
      }
      for (const auto& [column, score] : columns) {
        ColumnScores& scores = entry(entry(result, protocol), column);
        score.defined ? scores.defined.push_back(score.value) : void(++scores.undefined);
      }
    }
  }
  std::erase_if(result, [](const auto& protocol) { return protocol.second.empty(); });
  return result;
}

double ordered_mean(std::span<const double> values) {
  assert(!values.empty());
  double sum = 0.0;
  for (const double value : values) {
    if (!std::isfinite(value)) {
      throw Error{ErrorKind::internal,
                  {.what = "a score is not a number that has a mean",
                   .expected = "finite scores; what is 0/0 is undefined, with its reason",
                   .found = fmt::format("{}", value)}};
    }
    sum += value;
  }
  return sum / static_cast<double>(values.size());
}

}  // namespace mbench::results
