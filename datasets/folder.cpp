#include "datasets/folder.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/path_kind.hpp"
#include "datasets/compose/unfinished.hpp"
#include "datasets/default_protocols.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/list_layout.hpp"
#include "datasets/pairing.hpp"
#include "datasets/roles.hpp"
#include "datasets/scan.hpp"
#include "datasets/tags.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

/// List files that are looked for where no sub-folder has a known name. A set for evaluation comes
/// before the one for training.
constexpr std::array<std::string_view, 3> kListNames{"val.txt", "test.txt", "train.txt"};

Problem several_folders(Role role, const fs::path& used, const fs::path& other) {
  return {.code = "ignored",
          .parts = {.what = fmt::format("two folders could hold the {}s; one is not read",
                                        to_string(role)),
                    .where = other.string(),
                    .found = fmt::format("{} is read", used.string()),
                    .fix = fmt::format("name the right one in mbench.toml: [folders] {} = \"{}\"",
                                       to_string(role), other.filename().string())},
          .severity = Severity::warning,
          .file = other};
}

/// The folder of a role: as configured, else the first usual name that exists. Empty if none.
fs::path folder_of(const fs::path& root, Role role, const FolderConfig& config,
                   std::vector<Problem>& problems) {
  const auto configured = config.folders.find(role);
  if (configured != config.folders.end()) {
    if (configured->second.empty()) return {};
    const fs::path folder = (root / configured->second).lexically_normal();
    if (is_folder(folder)) return folder;
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("the folder of the {}s is missing", to_string(role)),
                 .where = folder.string(),
                 .expected = fmt::format("the folder that {} names as folders.{}",
                                         (root / kConfigName).string(), to_string(role)),
                 .found = "no such folder"}};
  }
  const auto belongs_to_other_role = [&](const fs::path& folder) {
    return std::ranges::any_of(config.folders, [&](const auto& entry) {
      return (root / entry.second).lexically_normal() == folder.lexically_normal();
    });
  };
  fs::path used;
  for (const std::string_view name : folder_names(role)) {
    const fs::path folder = find_sub_folder(root, name);
    if (folder.empty() || belongs_to_other_role(folder)) continue;
    if (used.empty()) {
      used = folder;
    } else {
      problems.push_back(several_folders(role, used, folder));
    }
  }
  return used;
}

ScanRules rules_for(Role role, const FolderConfig& config) {
  const auto extension = config.extensions.find(role);
  const auto folder = config.folders.find(role);
  const bool is_root = folder != config.folders.end() && folder->second == ".";
  return {
      .extension = extension == config.extensions.end() ? std::string_view{} : extension->second,
      .report_leftovers = !is_root,
      .report_sub_folders = role != Role::trimap && !is_root};
}

void require_named_folders(const FolderConfig& config, const FolderScan& trimaps) {
  for (const auto& [folder, name] : config.trimap_names) {
    if (std::ranges::find(trimaps.sub_folders, folder) != trimaps.sub_folders.end()) continue;
    throw Error{
        ErrorKind::bad_input,
        {.what = fmt::format("[trimap_names] in {} names a folder that is not there", kConfigName),
         .where = (trimaps.folder / folder).string(),
         .expected = trimaps.sub_folders.empty()
                         ? std::string{"sub-folders in the trimap folder"}
                         : fmt::format("one of: {}", fmt::join(trimaps.sub_folders, ", ")),
         .found = "no such folder"}};
  }
}

/// One set for the files in the folder itself, or one for each of its sub-folders.
std::vector<TrimapSet> trimap_sets(const fs::path& folder, const FolderConfig& config,
                                   std::vector<Problem>& problems) {
  const ScanRules rules = rules_for(Role::trimap, config);
  FolderScan direct = scan_folder(folder, rules, problems);
  require_named_folders(config, direct);
  if (direct.sub_folders.empty()) return {{"", std::move(direct)}};
  std::vector<TrimapSet> sets;
  for (const std::string& sub_folder : direct.sub_folders) {
    const auto name = config.trimap_names.find(sub_folder);
    sets.push_back({name == config.trimap_names.end() ? sub_folder : name->second,
                    scan_folder(folder / sub_folder, rules, problems)});
  }
  if (direct.by_stem.empty()) return sets;
  problems.push_back(
      {.code = "layout",
       .parts = {.what = "the trimap folder holds both trimaps and sub-folders",
                 .where = folder.string(),
                 .expected = "either one trimap per image, or only sub-folders with one each",
                 .found = fmt::format("{} files, and {}", direct.by_stem.size(),
                                      fmt::join(direct.sub_folders, ", ")),
                 .fix = "move the files into a sub-folder of their own"},
       .file = folder});
  return sets;
}

void add_paired_samples(const fs::path& root, const FolderConfig& config, Dataset& dataset) {
  const fs::path images = folder_of(root, Role::image, config, dataset.problems);
  const fs::path truths = folder_of(root, Role::truth, config, dataset.problems);
  const fs::path trimaps = folder_of(root, Role::trimap, config, dataset.problems);
  const fs::path segmentations = folder_of(root, Role::segmentation, config, dataset.problems);
  if (images.empty()) {
    throw Error{ErrorKind::bad_input,
                {.what = "a data set has no folder of images",
                 .where = root.string(),
                 .expected = fmt::format("one of: {}", fmt::join(folder_names(Role::image), ", ")),
                 .fix = "name it in mbench.toml: [folders] image = \"...\""}};
  }
  if (auto unfinished = compose::unfinished_set(root)) {
    dataset.problems.push_back(*std::move(unfinished));
  }
  FoundFiles found{.images = scan_folder(images, rules_for(Role::image, config), dataset.problems)};
  if (!truths.empty()) {
    found.truths = scan_folder(truths, rules_for(Role::truth, config), dataset.problems);
  }
  if (!trimaps.empty()) found.trimaps = trimap_sets(trimaps, config, dataset.problems);
  if (!segmentations.empty()) {
    found.segmentations =
        scan_folder(segmentations, rules_for(Role::segmentation, config), dataset.problems);
  }
  pair_samples(found, config.id_pattern, dataset);
}

bool has_image_folder(const fs::path& root) {
  return std::ranges::any_of(folder_names(Role::image), [&](std::string_view name) {
    return !find_sub_folder(root, name).empty();
  });
}

/// The list file to read: the user's, the configured one, or one of the usual names; "" for none.
std::string list_to_read(const fs::path& root, const FolderConfig& config, const Options& options,
                         std::vector<Problem>& problems) {
  if (options.has("list")) {
    if (stays_inside(options.text("list"))) return options.text("list");
    throw Error{ErrorKind::usage,
                {.what = "option 'list' must name a file inside the folder of the data set",
                 .found = fmt::format("'{}'", options.text("list"))}};
  }
  if (!config.list.empty()) return config.list;
  if (!config.folders.empty() || has_image_folder(root)) return {};
  std::string chosen;
  for (const std::string_view name : kListNames) {
    if (!is_file(root / name)) continue;
    if (chosen.empty()) {
      chosen = name;
    } else {
      problems.push_back({.code = "ignored",
                          .parts = {.what = fmt::format("{} is read, {} is not", chosen, name),
                                    .where = (root / name).string(),
                                    .fix = fmt::format("choose it with the option list={}", name)},
                          .severity = Severity::note,
                          .file = root / name});
    }
  }
  return chosen;
}

bool recognises(const fs::path& root) {
  return is_file(root / kConfigName) || has_image_folder(root) ||
         std::ranges::any_of(kListNames,
                             [&](std::string_view name) { return is_file(root / name); });
}

Dataset open(const fs::path& root, const Options& options) {
  const FolderConfig config = read_folder_config(root);
  Dataset dataset{.title = config.title,
                  .root = root,
                  .default_protocols = config.protocols,
                  .trimap_levels = config.trimap_levels};
  const std::string list = list_to_read(root, config, options, dataset.problems);
  if (list.empty()) {
    add_paired_samples(root, config, dataset);
  } else {
    add_listed_samples(root, list, config, dataset);
  }
  if (!config.tags.empty()) {
    apply_tags(read_tags(root / config.tags), root / config.tags, dataset);
  }
  if (dataset.default_protocols.empty()) choose_protocols("dim-matlab", "", dataset);
  return dataset;
}

}  // namespace

constinit const DatasetEntry folder_dataset{
    .id = "folder",
    .title = "Folder of images, truths and trimaps",
    .cite = "",
    .layout = "image/ alpha/ trimap/ or the like, paired by stem; a list file; or mbench.toml",
    .options = kListOptions,
    .recognises = recognises,
    .open = open};

}  // namespace mbench::datasets
