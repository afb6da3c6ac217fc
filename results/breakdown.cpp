#include "results/breakdown.hpp"

#include <algorithm>
#include <set>

#include "results/columns.hpp"

namespace mbench::results {

std::vector<std::string> grouping_tags(const std::vector<SampleResult>& samples) {
  struct Seen {
    std::set<std::string_view> values{};
    bool shared{};
  };
  Named<Seen> tags;
  for (const SampleResult& sample : samples) {
    for (const auto& [tag, value] : sample.tags) {
      Seen& seen = entry(tags, tag);
      if (!seen.values.insert(value).second) seen.shared = true;
    }
  }
  std::vector<std::string> result;
  for (const auto& [tag, seen] : tags) {
    if (tag == "trimap" || (seen.shared && tag != "image")) result.push_back(tag);
  }
  return result;
}

Groups breakdown(const std::vector<SampleResult>& samples,
                 const std::vector<std::string>& protocols) {
  Groups groups;
  for (const std::string& tag : grouping_tags(samples)) {
    Named<std::vector<const SampleResult*>> members;
    for (const SampleResult& sample : samples) {
      if (const std::string* value = find_entry(sample.tags, tag)) {
        entry(members, *value).push_back(&sample);
      }
    }
    Named<Named<Named<GroupMean>>> values;
    for (const auto& [value, group] : members) {
      Named<Named<GroupMean>> means;
      for (const auto& [protocol, columns] : collect_columns(group, protocols)) {
        auto& row = means.emplace_back(protocol, Named<GroupMean>{}).second;
        for (const auto& [column, scores] : columns) {
          const std::size_t n = scores.defined.size();
          row.emplace_back(column,
                           GroupMean{.mean = n > 0 ? ordered_mean(scores.defined) : 0.0, .n = n});
        }
      }
      if (!means.empty()) values.emplace_back(value, std::move(means));
    }
    if (!values.empty()) groups.emplace_back(tag, std::move(values));
  }
  return groups;
}

}  // namespace mbench::results
