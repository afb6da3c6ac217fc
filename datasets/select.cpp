#include "datasets/select.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/registry.hpp"
#include "datasets/clip_frames.hpp"

namespace mbench::datasets {
namespace {

/// The values that each tag has in the data set.
using TagValues = std::map<std::string, std::set<std::string>>;

TagValues tag_values(const Dataset& dataset) {
  TagValues values;
  for (const SampleFiles& sample : dataset.samples) {
    for (const auto& [name, value] : sample.tags) values[name].insert(value);
  }
  return values;
}

std::string suggestion(std::string_view name, const std::vector<std::string_view>& present) {
  const std::string nearest = nearest_name(name, present);
  return nearest.empty() ? std::string{} : fmt::format("did you mean '{}'?", nearest);
}

void require_known_tag(const TagValues& present, const std::string& tag) {
  if (present.contains(tag)) return;
  std::vector<std::string_view> names;
  for (const auto& [name, values] : present) names.push_back(name);
  throw Error{ErrorKind::usage,
              {.what = fmt::format("no sample has a tag '{}'", tag),
               .expected = names.empty() ? std::string{"no filter: this data set has no tags"}
                                         : fmt::format("one of: {}", fmt::join(names, ", ")),
               .fix = suggestion(tag, names)}};
}

void require_known_value(const std::set<std::string>& present, const std::string& tag,
                         const std::string& value) {
  if (present.contains(value)) return;
  constexpr std::size_t kShown = 20;  // the tag `image` may have thousands
  const std::vector<std::string_view> values{present.begin(), present.end()};
  const std::span first{values.begin(), std::min(kShown, values.size())};
  const std::string more =
      values.size() > kShown ? fmt::format(", ... ({} values)", values.size()) : std::string{};
  throw Error{ErrorKind::usage,
              {.what = fmt::format("no sample has {}={}", tag, value),
               .expected = fmt::format("one of: {}{}", fmt::join(first, ", "), more),
               .fix = suggestion(value, values)}};
}

/// Filters of one tag add up.
std::map<std::string, std::set<std::string>> wanted_values(const Dataset& dataset,
                                                           const std::vector<TagFilter>& filters) {
  const TagValues present = tag_values(dataset);
  std::map<std::string, std::set<std::string>> wanted;
  for (const TagFilter& filter : filters) {
    require_known_tag(present, filter.tag);
    for (const std::string& value : filter.values) {
      require_known_value(present.at(filter.tag), filter.tag, value);
      wanted[filter.tag].insert(value);
    }
  }
  return wanted;
}

bool has_wanted(const SampleFiles& sample, const std::string& tag,
                const std::set<std::string>& values) {
  return std::ranges::any_of(sample.tags, [&](const auto& own) {
    return own.first == tag && values.contains(own.second);
  });
}

std::optional<int> parse_positive(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

void drop_problems_of_others(Dataset& dataset, const std::vector<SampleFiles>& before) {
  std::set<std::string, std::less<>> known, kept;
  std::set<std::filesystem::path> files_before, files_kept;
  const auto collect = [](const std::vector<SampleFiles>& samples, auto& ids, auto& files) {
    for (const SampleFiles& sample : samples) {
      ids.insert(sample.id);
      files.insert({sample.image, sample.trimap, sample.truth, sample.segmentation});
    }
  };
  collect(before, known, files_before);
  collect(dataset.samples, kept, files_kept);
  std::erase_if(dataset.problems, [&](const Problem& problem) {
    // A truth that several samples share is reported for the first of them: its file decides.
    if (!problem.file.empty() && files_before.contains(problem.file)) {
      return !files_kept.contains(problem.file);
    }
    return known.contains(problem.sample) && !kept.contains(problem.sample);
  });
}

}  // namespace

TagFilter parse_tag_filter(std::string_view text) {
  const auto equals = text.find('=');
  TagFilter filter;
  if (equals != std::string_view::npos && equals > 0) {
    filter.tag = std::string{text.substr(0, equals)};
    std::string_view rest = text.substr(equals + 1);
    while (true) {
      const auto comma = rest.find(',');
      filter.values.emplace_back(rest.substr(0, comma));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  const bool empty_value =
      std::ranges::any_of(filter.values, [](const std::string& value) { return value.empty(); });
  if (!filter.values.empty() && !empty_value) return filter;
  throw Error{ErrorKind::usage,
              {.what = "cannot read a filter",
               .expected = "TAG=VALUE or TAG=VALUE,VALUE, e.g. type=SO",
               .found = fmt::format("'{}'", text)}};
}

Shard parse_shard(std::string_view text) {
  const auto slash = text.find('/');
  if (slash != std::string_view::npos) {
    const auto index = parse_positive(text.substr(0, slash));
    const auto count = parse_positive(text.substr(slash + 1));
    if (index && count && *index <= *count) return {.index = *index, .count = *count};
  }
  throw Error{ErrorKind::usage,
              {.what = "cannot read a shard",
               .expected = "I/N with 1 <= I <= N, e.g. 1/4 for the first of four parts",
               .found = fmt::format("'{}'", text)}};
}

Dataset select(Dataset dataset, const Selection& selection) {
  if (selection.limit && *selection.limit < 1) {
    throw Error{
        ErrorKind::usage,
        {.what = "a limit must be at least 1", .found = fmt::format("{}", *selection.limit)}};
  }
  const auto wanted = wanted_values(dataset, selection.filters);
  const std::vector<SampleFiles> before = std::exchange(dataset.samples, {});
  const std::size_t limit =
      selection.limit ? static_cast<std::size_t>(*selection.limit) : before.size();
  std::size_t number = 0;  // of the samples that pass the filters
  std::size_t parts = 0;   // stills and whole clips: what is dealt to the shards
  std::map<ClipKey, std::size_t> clip_parts;
  for (const SampleFiles& sample : before) {
    const bool passes = std::ranges::all_of(wanted, [&](const auto& filter) {
      return has_wanted(sample, filter.first, filter.second);
    });
    if (!passes || number == limit) continue;
    const std::optional<ClipKey> clip = clip_key(sample);
    const std::size_t part = clip ? clip_parts.try_emplace(*clip, parts).first->second : parts;
    if (part == parts) ++parts;
    const auto shard = part % static_cast<std::size_t>(selection.shard.count) + 1;
    if (shard == static_cast<std::size_t>(selection.shard.index)) dataset.samples.push_back(sample);
    ++number;
  }
  if (number == 0 && !before.empty()) {
    throw Error{ErrorKind::usage,
                {.what = fmt::format("no sample of '{}' passes all filters together", dataset.id),
                 .expected = "filters that hold for one sample at the same time",
                 .found = fmt::format("{} samples, each failing one of them", before.size())}};
  }
  drop_problems_of_others(dataset, before);
  return dataset;
}

}  // namespace mbench::datasets
