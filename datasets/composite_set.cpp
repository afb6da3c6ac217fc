#include "datasets/composite_set.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "datasets/compose/published_pairs.hpp"
#include "datasets/compose/unfinished.hpp"
#include "datasets/pairing.hpp"
#include "datasets/roles.hpp"
#include "datasets/scan.hpp"
#include "datasets/uncomposed.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

/// The first sub-folder with one of the names, and all others of that name in later places.
template <typename Names>
std::vector<fs::path> find_folders(const CompositePart& part, const Names& names) {
  std::vector<fs::path> found;
  for (const std::string_view name : names) {
    for (const fs::path& place : part.places) {
      const fs::path folder = find_sub_folder(place, name);
      if (!folder.empty()) found.push_back(folder);
    }
    if (!found.empty()) break;
  }
  return found;
}

std::vector<fs::path> find_composites(const CompositePart& part) {
  return find_folders(part, folder_names(Role::image));
}

std::vector<Foregrounds> find_all_foregrounds(const CompositePart& part) {
  std::vector<Foregrounds> found;
  for (const fs::path& place : part.places) {
    if (auto here = find_foregrounds(place)) found.push_back(*std::move(here));
  }
  return found;
}

/// Several folders as one: training sets lie in two.
FolderScan scan_all(const std::vector<fs::path>& folders, std::vector<Problem>& problems) {
  FolderScan all = scan_folder(folders.front(), {}, problems);
  for (std::size_t i = 1; i < folders.size(); ++i) {
    all.by_stem.merge(scan_folder(folders[i], {}, problems).by_stem);
  }
  return all;
}

void report_missing(Role role, const fs::path& expected, std::string_view title, Dataset& dataset) {
  dataset.problems.push_back(
      {.code = "missing",
       .parts = {.what = fmt::format("the folder of the {}s is missing", to_string(role)),
                 .where = expected.string(),
                 .expected = fmt::format("the {}s that come with {}", to_string(role), title),
                 .found = "no such folder",
                 .fix = "copy or link it from the archive as it was sent"},
       .file = expected});
}

}  // namespace

bool holds_foregrounds(const CompositePart& part, const NameCheck& is_foreground) {
  for (const fs::path& folder : find_composites(part)) {
    if (mostly_named(folder,
                     [&](std::string_view stem) { return is_foreground(foreground_of(stem)); })) {
      return true;
    }
  }
  return std::ranges::any_of(find_all_foregrounds(part), [&](const Foregrounds& found) {
    return mostly_named(found.pictures, is_foreground) || mostly_named(found.mattes, is_foreground);
  });
}

bool holds_foregrounds(const CompositePart& part) {
  return !find_composites(part).empty() || !find_all_foregrounds(part).empty() ||
         !find_folders(part, folder_names(Role::trimap)).empty();
}

void add_composites(const CompositePart& part, std::string_view title, std::string_view backgrounds,
                    bool trimaps_expected, Dataset& dataset) {
  const std::vector<fs::path> composites = find_composites(part);
  if (composites.empty()) {
    throw_compose_first({.title = std::string{title},
                         .home = part.home,
                         .foregrounds = find_all_foregrounds(part),
                         .backgrounds = std::string{backgrounds}});
  }
  if (auto unfinished = compose::unfinished_set(composites.front().parent_path())) {
    dataset.problems.push_back(*std::move(unfinished));
  }
  const std::vector<fs::path> truths = find_folders(part, folder_names(Role::truth));
  const std::vector<fs::path> trimaps = find_folders(part, folder_names(Role::trimap));
  FoundFiles found{.images = scan_folder(composites.front(), {}, dataset.problems)};
  if (truths.empty()) {
    report_missing(Role::truth, part.home / "alpha", title, dataset);
  } else {
    found.truths = scan_all(truths, dataset.problems);
  }
  if (!trimaps.empty()) {
    found.trimaps.push_back({.files = scan_folder(trimaps.front(), {}, dataset.problems)});
  } else if (trimaps_expected) {
    report_missing(Role::trimap, part.home / "trimaps", title, dataset);
  }
  pair_samples(found, "", dataset);
  tag_foregrounds(dataset);
}

std::vector<std::string> published_composites(std::string_view pairing) {
  std::vector<std::string> stems;
  for (const compose::Pair& pair : compose::published_pairs(pairing)) {
    stems.push_back(fs::path{pair.output}.stem().string());
  }
  std::ranges::sort(stems);
  return stems;
}

bool is_published_foreground(std::string_view pairing, std::string_view stem) {
  using Stems = std::set<std::string, std::less<>>;
  static const auto all = [] {  // read once: folders of thousands of files ask for each of them
    std::map<std::string_view, Stems> foregrounds;
    for (const std::string_view id : compose::published_pairings()) {
      for (const compose::Pair& pair : compose::published_pairs(id)) {
        foregrounds[id].insert(fs::path{pair.foreground}.stem().string());
      }
    }
    return foregrounds;
  }();
  return all.at(pairing).contains(stem);
}

void tag_foregrounds(Dataset& dataset) {
  for (SampleFiles& sample : dataset.samples) {
    const std::string stem = sample.image.stem().string();
    const std::string_view foreground = foreground_of(stem);
    const bool has_tag =
        std::ranges::any_of(sample.tags, [](const auto& tag) { return tag.first == "foreground"; });
    if (!has_tag && !foreground.empty()) sample.tags.emplace_back("foreground", foreground);
  }
}

}  // namespace mbench::datasets
