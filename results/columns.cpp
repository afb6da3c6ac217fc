#include "results/columns.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"

namespace mbench::results {

Named<Named<ColumnScores>> collect_columns(std::span<const SampleResult* const> samples,
                                           std::span<const std::string> protocols) {
  Named<Named<ColumnScores>> result;
  for (const std::string& protocol : protocols) entry(result, protocol);
  for (const SampleResult* sample : samples) {
    const std::string* frame = find_entry(sample->tags, "frame");
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
        if (!score.defined) {
          ++scores.undefined;
          continue;
        }
        scores.defined.push_back(score.value);
        scores.frames.push_back(frame == nullptr ? std::string_view{} : *frame);
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

double frame_index_mean(const ColumnScores& scores) {
  std::map<std::pair<std::size_t, std::string_view>, std::vector<double>> by_index;
  for (std::size_t i = 0; i < scores.defined.size(); ++i) {
    const std::string_view frame = scores.frames[i];
    by_index[{frame.size(), frame}].push_back(scores.defined[i]);  // 2 comes before 10
  }
  std::vector<double> means;
  for (const auto& [index, values] : by_index) means.push_back(ordered_mean(values));
  return ordered_mean(means);
}

}  // namespace mbench::results
