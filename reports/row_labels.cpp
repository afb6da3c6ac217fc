#include "reports/row_labels.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "results/columns.hpp"

namespace mbench::reports {
namespace {

using results::Named;
using results::RunRecord;

/// Everything that may tell two runs of one title apart, by name.
Named<std::string> facets(const RunRecord& record) {
  Named<std::string> result{{"method", record.method.id}};
  for (const auto& option : record.method.options) result.push_back(option);
  if (record.method.weights) {
    const results::WeightsFile& weights = *record.method.weights;
    result.emplace_back("weights", fmt::format("{} {}", weights.file, weights.sha256.substr(0, 8)));
  }
  result.emplace_back("precision", record.method.precision);
  result.emplace_back("device", record.method.device);
  return result;
}

/// The facets by which the records of a group differ, in order of first appearance.
std::vector<std::string> differing_facets(const std::vector<const RunRecord*>& group) {
  Named<std::vector<std::string>> values;
  for (const RunRecord* record : group) {
    for (const auto& [name, value] : facets(*record)) results::entry(values, name).push_back(value);
  }
  std::vector<std::string> result;
  for (const auto& [name, found] : values) {
    const bool equal = found.size() == group.size() &&
                       std::ranges::all_of(found, [&](const auto& v) { return v == found[0]; });
    if (!equal) result.push_back(name);
  }
  return result;
}

}  // namespace

std::vector<std::string> row_labels(std::span<const RunRecord> records) {
  std::map<std::string, std::vector<const RunRecord*>> groups;
  const auto title = [](const RunRecord& record) {
    return record.method.title.empty() ? record.method.id : record.method.title;
  };
  for (const RunRecord& record : records) groups[title(record)].push_back(&record);

  std::vector<std::string> labels;
  std::map<std::pair<std::string, std::string>, int> uses;  // of a label on a data set
  for (const RunRecord& record : records) {
    const Named<std::string> own = facets(record);
    std::vector<std::string> parts;
    for (const std::string& name : differing_facets(groups[title(record)])) {
      if (const std::string* value = results::find_entry(own, name)) {
        parts.push_back(fmt::format("{}={}", name, *value));
      }
    }
    labels.push_back(parts.empty() ? title(record)
                                   : fmt::format("{} ({})", title(record), fmt::join(parts, ", ")));
    ++uses[{labels.back(), record.dataset.id}];
  }
  std::map<std::pair<std::string, std::string>, int> numbers;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto key = std::pair{labels[i], records[i].dataset.id};
    if (uses[key] > 1) labels[i] += fmt::format(" #{}", ++numbers[key]);
  }
  return labels;
}

}  // namespace mbench::reports
