#include "datasets/natural_set.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/path_kind.hpp"
#include "datasets/completeness.hpp"
#include "datasets/other_parts.hpp"
#include "datasets/pairing.hpp"
#include "datasets/roles.hpp"
#include "datasets/scan.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

std::string all_folders(const NaturalFolders& names) {
  std::vector<std::string> folders;
  for (const std::string_view name : {names.image, names.truth, names.trimap}) {
    if (!name.empty()) folders.push_back(fmt::format("{}/", name));
  }
  return fmt::format("{}", fmt::join(folders, ", "));
}

/// What to tell of a folder that is not there.
ErrorParts missing_folder(const fs::path& folder, Role role, const NaturalFolders& names) {
  return {.what = fmt::format("the folder of the {}s is missing", to_string(role)),
          .where = folder.string(),
          .expected = fmt::format("{}: what {} consists of", all_folders(names), names.title),
          .found = "no such folder",
          .fix = "unpack the whole archive, or say in mbench.toml what the folder holds"};
}

}  // namespace

void add_natural_samples(const fs::path& folder, const NaturalFolders& names, Dataset& dataset) {
  const auto is_there = [&](std::string_view name) { return is_folder(folder / name); };
  const auto scan = [&](std::string_view name) {
    return scan_folder(folder / name, {.report_sub_folders = true}, dataset.problems);
  };
  const auto should_be_there = [&](std::string_view name, Role role) {
    if (name.empty() || is_there(name)) return !name.empty();
    dataset.problems.push_back({.code = "missing",
                                .parts = missing_folder(folder / name, role, names),
                                .file = folder / name});
    return false;
  };
  if (!is_there(names.image)) {
    throw Error{ErrorKind::bad_input, missing_folder(folder / names.image, Role::image, names)};
  }
  FoundFiles found{.images = scan(names.image)};
  if (should_be_there(names.truth, Role::truth)) found.truths = scan(names.truth);
  if (should_be_there(names.trimap, Role::trimap)) {
    found.trimaps.push_back({.files = scan(names.trimap)});
  }
  pair_samples(found, "", dataset);
}

fs::path find_home(const fs::path& root, const NaturalPart& part) {
  for (const std::string_view home : part.homes) {
    if (is_folder(root / home)) return root / home;
  }
  return {};
}

bool is_training_folder(const fs::path& folder) {
  return is_folder(folder / "fg") || is_folder(folder / "bg") ||
         fs::weakly_canonical(folder).filename() == "train";
}

PartOnDisk choose_part(const fs::path& root, std::span<const NaturalPart> parts,
                       const NaturalPart* here, const std::string& choice) {
  std::vector<std::string_view> present;
  std::vector<std::string_view> homes;
  std::optional<PartOnDisk> chosen;
  for (const NaturalPart& part : parts) {
    const fs::path home = here == &part ? root : find_home(root, part);
    if (!home.empty() && choice == part.choice) return {&part, home};
    if (!home.empty() && choice == "auto" && !chosen) {
      chosen = {&part, home};
    } else if (!home.empty()) {
      present.push_back(part.choice);
    }
    if (choice == "auto" || choice == part.choice) {
      homes.insert(homes.end(), part.homes.begin(), part.homes.end());
    }
  }
  if (chosen) {
    chosen->others = std::move(present);
    return *std::move(chosen);
  }
  throw Error{ErrorKind::bad_input,
              {.what = choice == "auto" ? std::string{"no part of the data set is there"}
                                        : fmt::format("part '{}' is not there", choice),
               .where = root.string(),
               .expected = fmt::format("a folder {}", fmt::join(homes, " or ")),
               .found = present.empty() ? std::string{"no part"}
                                        : fmt::format("part={}", fmt::join(present, ", part=")),
               .fix = "open the folder above, or choose a part that is there"}};
}

Dataset open_part(const fs::path& root, const PartOnDisk& chosen, const PublishedFacts& facts) {
  Dataset dataset{.title = std::string{chosen.part->folders.title}, .root = root};
  add_natural_samples(chosen.home, chosen.part->folders, dataset);
  compare_with_facts(facts, *chosen.part->facts, dataset);
  note_other_parts(chosen.others, dataset);
  return dataset;
}

}  // namespace mbench::datasets
