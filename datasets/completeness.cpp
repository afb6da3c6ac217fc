#include "datasets/completeness.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "datasets/published_names.hpp"

namespace mbench::datasets {
namespace {

/// "a, b, c" with at most five of them, and how many more there are.
std::string first_names(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 5;
  const std::size_t shown = std::min(kShown, names.size());
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(shown);
  std::string text = fmt::format("{}", fmt::join(names.begin(), end, ", "));
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::size_t count_foregrounds(const std::vector<std::string>& stems) {
  std::set<std::string_view> foregrounds;
  for (const std::string& stem : stems) foregrounds.insert(foreground_of(stem));
  return foregrounds.size();
}

/// What is there of a part.
struct Counts {
  std::size_t images{}, foregrounds{};
  std::vector<std::string> missing{};  ///< published stems, where they are known
  bool complete{};
};

Counts count(const PartFacts& part, const std::vector<std::string>& stems) {
  Counts counts{.images = stems.size()};
  if (part.foregrounds > 0) counts.foregrounds = count_foregrounds(stems);
  if (part.stems != nullptr) {
    std::ranges::set_difference(part.stems(), stems, std::back_inserter(counts.missing));
  }
  counts.complete = (part.images == 0 || counts.images == static_cast<std::size_t>(part.images)) &&
                    counts.foregrounds == static_cast<std::size_t>(part.foregrounds) &&
                    counts.missing.empty();
  return counts;
}

/// "498 of 500 images", "4 of 1000 images, 2 of 50 foregrounds".
std::string in_words(const Counts& counts, const PartFacts& part) {
  std::vector<std::string> words;
  if (part.images > 0) words.push_back(fmt::format("{} of {} images", counts.images, part.images));
  if (part.foregrounds > 0) {
    words.push_back(fmt::format("{} of {} foregrounds", counts.foregrounds, part.foregrounds));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

void compare_count(const PublishedFacts& facts, const PartFacts& part,
                   const std::vector<std::string>& stems, Dataset& dataset) {
  const Counts counts = count(part, stems);
  if (counts.complete) return;
  std::string found = in_words(counts, part);
  if (!counts.missing.empty()) {
    found += fmt::format("; missing: {}", first_names(counts.missing));
  }
  const bool more = part.images > 0 && counts.images > static_cast<std::size_t>(part.images);
  dataset.problems.push_back(
      {.code = "count",
       .parts = {.what = more ? fmt::format("{} has more images than were published", dataset.title)
                              : fmt::format("{} is not complete", dataset.title),
                 .where = dataset.root.string(),
                 .expected = counts_in_words(part) + ", as published",
                 .found = std::move(found),
                 .fix = fmt::format("{}, or complete it ({})",
                                    facts.protocol.empty()
                                        ? "what is made of it is not as published: say so"
                                        : "its scores do not compare with published ones: say so "
                                          "beside them",
                                    facts.source)},
       .severity = Severity::warning,
       .file = dataset.root});
}

void compare_names(const PublishedFacts& facts, const PartFacts& part,
                   const std::vector<std::string>& stems, Dataset& dataset) {
  std::vector<std::string> strange;
  if (part.stems != nullptr) {
    std::ranges::set_difference(stems, part.stems(), std::back_inserter(strange));
  } else if (facts.is_name != nullptr) {
    std::ranges::copy_if(stems, std::back_inserter(strange),
                         [&](const std::string& stem) { return !facts.is_name(stem); });
  }
  if (strange.empty()) return;
  dataset.problems.push_back(
      {.code = "names",
       .parts = {.what = fmt::format("{} of the images have names that {} has not", strange.size(),
                                     dataset.title),
                 .where = dataset.root.string(),
                 .expected = std::string{facts.names},
                 .found = first_names(strange),
                 .fix = "move what does not belong to the data set out of its folder"},
       .severity = Severity::warning,
       .file = dataset.root});
}

void compare_groups(const PublishedFacts& facts, const PartFacts& part, std::size_t images,
                    Dataset& dataset) {
  std::set<std::string_view> tags;
  for (const GroupFacts& group : facts.groups) tags.insert(group.tag);
  std::map<std::pair<std::string_view, std::string_view>, int> counts;
  for (const SampleFiles& sample : dataset.samples) {
    for (const auto& [name, value] : sample.tags) {
      if (tags.contains(name)) ++counts[{name, value}];
    }
  }
  if (counts.empty()) return;  // no tags at all: reported where they are read
  bool wrong = false;          // beyond what images that are missing explain
  std::vector<std::string> found, expected;
  for (const GroupFacts& group : facts.groups) {
    const int count = std::exchange(counts[{group.tag, group.value}], 0);
    if (count == group.images) continue;
    wrong = wrong || count > group.images || images >= static_cast<std::size_t>(part.images);
    found.push_back(fmt::format("{} {}", group.value, count));
    expected.push_back(fmt::format("{} {}", group.value, group.images));
  }
  for (const auto& [group, count] : counts) {
    if (count == 0) continue;
    wrong = true;
    found.push_back(fmt::format("{} {} (no published {})", group.second, count, group.first));
  }
  if (found.empty()) return;
  dataset.problems.push_back(
      {.code = "groups",
       .parts = {.what = fmt::format("the groups of {} are not those published", dataset.title),
                 .where = dataset.root.string(),
                 .expected = fmt::format("{}", fmt::join(expected, ", ")),
                 .found = fmt::format("{}", fmt::join(found, ", ")),
                 .fix = wrong ? "compare the tags file with the published one" : ""},
       .severity = wrong ? Severity::warning : Severity::note,
       .file = dataset.root});
}

}  // namespace

std::vector<std::string> image_stems(const Dataset& dataset) {
  std::set<std::string> stems;
  for (const SampleFiles& sample : dataset.samples) stems.insert(sample.image.stem().string());
  return {stems.begin(), stems.end()};
}

void compare_with_facts(const PublishedFacts& facts, const PartFacts& part, Dataset& dataset) {
  dataset.published = &part;
  const std::vector<std::string> stems = image_stems(dataset);
  compare_count(facts, part, stems, dataset);
  compare_names(facts, part, stems, dataset);
  compare_groups(facts, part, stems.size(), dataset);
}

std::string counts_in_words(const PartFacts& part) {
  if (part.images == 0 && part.foregrounds == 0) return {};
  if (part.images == 0) return fmt::format("{} foregrounds", part.foregrounds);
  if (part.trimaps > 0) return fmt::format("{} images, {} trimaps each", part.images, part.trimaps);
  if (part.foregrounds == 0) return fmt::format("{} images", part.images);
  return fmt::format("{} images of {} foregrounds", part.images, part.foregrounds);
}

Completeness completeness(const Dataset& dataset) {
  const std::vector<std::string> stems = image_stems(dataset);
  Completeness result{.images = stems.size()};
  result.problems =
      static_cast<std::size_t>(std::ranges::count_if(dataset.problems, [](const Problem& problem) {
        return problem.severity != Severity::note && problem.code != "ignored" &&
               problem.code != "count";
      }));
  if (dataset.published == nullptr) return result;
  const Counts counts = count(*dataset.published, stems);
  result.foregrounds = counts.foregrounds;
  result.complete = counts.complete && result.problems == 0;
  return result;
}

std::string completeness_in_words(const Dataset& dataset) {
  const auto [images, foregrounds, flaws, complete] = completeness(dataset);
  if (complete) return "complete: " + counts_in_words(*dataset.published);
  std::string words = fmt::format("{} samples", dataset.samples.size());
  if (dataset.published != nullptr) {
    words = in_words({.images = images, .foregrounds = foregrounds}, *dataset.published);
  }
  if (flaws == 0) return words;
  return fmt::format("{}, {} problem{}: `mbench data check`", words, flaws, flaws == 1 ? "" : "s");
}

}  // namespace mbench::datasets
