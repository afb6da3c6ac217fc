#include "datasets/alphamatting.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/core.h>

#include "core/path_kind.hpp"
#include "datasets/completeness.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/pairing.hpp"
#include "datasets/scan.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "split",
               .help = "trimaps to use: Trimap1 is small, Trimap2 large, Trimap3 user",
               .type = OptionType::choice,
               .default_value = "all",
               .choices = "all|small|large|user"},
    OptionSpec{.name = "part",
               .help = "which set, where the folder holds both; auto takes train if it is there",
               .type = OptionType::choice,
               .default_value = "auto",
               .choices = "auto|train|test"},
    OptionSpec{.name = "resolution",
               .help = "lowres (the longer side is 800 pixels) or highres",
               .type = OptionType::choice,
               .default_value = "lowres",
               .choices = "lowres|highres"}};

/// GT01 to GT27.
std::vector<std::string> training_stems() {
  std::vector<std::string> stems;
  for (int i = 1; i <= 27; ++i) stems.push_back(fmt::format("GT{:02}", i));
  return stems;
}

std::vector<std::string> test_stems() {
  return {"doll", "donkey", "elephant", "net", "pineapple", "plant", "plasticbag", "troll"};
}

constexpr std::array kParts{
    PartFacts{.name = "train", .images = 27, .stems = training_stems, .trimaps = 2},
    PartFacts{.name = "test", .images = 8, .stems = test_stems, .trimaps = 3}};

constexpr std::array<std::string_view, 3> kQuirks{
    "the truth of the test set is not public: the site scores uploads and ranks them over 8 images "
    "x 3 trimaps",
    "truths are noisy where the trimap is known: GT27 has 212 foreground pixels below 250 and 68 "
    "background pixels above 5",
    "trimaps are palette PNG files; Trimap1, 2, 3 are small, large, user"};

constexpr PublishedFacts kFacts{
    .source = "alphamatting.com, Datasets",
    .licence = "for research, by the site's terms; cite [rhemann2009]",
    .parts = kParts,
    .names =
        "GT01 to GT27 (training); doll, donkey, elephant, net, pineapple, plant, plasticbag, "
        "troll (test)",
    .protocol = "dim-matlab",
    .quirks = kQuirks,
    .numbers = "alphamatting.com, Evaluation"};

bool recognises(const fs::path& root) {
  if (fs::exists(root / kConfigName)) return false;
  for (const std::string_view part : {"_training", ""}) {
    for (const std::string_view resolution : {"lowres", "highres"}) {
      const auto has = [&](std::string_view kind) {
        return is_folder(root / fmt::format("{}{}_{}", kind, part, resolution));
      };
      if (has("input") && (has("trimap") || has("gt"))) return true;
    }
  }
  return false;
}

FolderScan scan_or_throw(const fs::path& folder, std::vector<Problem>& problems) {
  if (is_folder(folder)) return scan_folder(folder, {}, problems);
  throw Error{ErrorKind::bad_input,
              {.what = "a folder of the alphamatting.com layout is missing",
               .where = folder.string(),
               .found = "no such folder",
               .fix = "unpack the archive of that name from alphamatting.com beside the others, or "
                      "choose with the options part and resolution"}};
}

[[noreturn]] void throw_no_split(const fs::path& folder, const std::string& split) {
  std::string present;
  for (const AlphamattingSplit& known : kAlphamattingSplits) {
    if (!is_folder(folder / known.folder)) continue;
    present += fmt::format("{}{} ({})", present.empty() ? "" : ", ", known.name, known.folder);
  }
  throw Error{ErrorKind::bad_input,
              {.what = split == "all" ? std::string{"there are no trimaps"}
                                      : fmt::format("there are no trimaps for split={}", split),
               .where = folder.string(),
               .expected = "sub-folders Trimap1, Trimap2 or Trimap3",
               .found = present.empty() ? "none of them" : present,
               .fix = "unpack the archive of the trimaps from alphamatting.com there"}};
}

Problem missing_split(const fs::path& folder, const AlphamattingSplit& split,
                      const PartFacts& part) {
  return {.code = "missing",
          .parts = {.what = fmt::format("the {} trimaps are missing", split.name),
                    .where = folder.string(),
                    .expected = fmt::format("{}, as published", counts_in_words(part)),
                    .found = "no such folder",
                    .fix = "unpack it from the archive of trimaps; means over other trimaps do not "
                           "compare with published ones"},
          .severity = Severity::warning,
          .file = folder};
}

Problem unknown_split(const fs::path& folder) {
  return {.code = "ignored",
          .parts = {.what = "a folder among the trimaps is not read",
                    .where = folder.string(),
                    .expected = "Trimap1, Trimap2 and Trimap3",
                    .fix = "rename it if it holds trimaps of that set, else move it away"},
          .severity = Severity::warning,
          .file = folder};
}

/// Reports published sets of trimaps that are not there, and folders that are no such set.
void compare_splits(const fs::path& trimaps, const PartFacts& part, Dataset& dataset) {
  std::vector<Problem> of_files;  // what lies between the folders is nobody's trimap
  for (const std::string& name :
       scan_folder(trimaps, {.report_leftovers = false}, of_files).sub_folders) {
    if (std::ranges::find(kAlphamattingSplits, name, &AlphamattingSplit::folder) ==
        kAlphamattingSplits.end()) {
      dataset.problems.push_back(unknown_split(trimaps / name));
    }
  }
  for (const AlphamattingSplit& split :
       std::span{kAlphamattingSplits}.first(static_cast<std::size_t>(part.trimaps))) {
    if (is_folder(trimaps / split.folder)) continue;
    dataset.problems.push_back(missing_split(trimaps / split.folder, split, part));
  }
}

Dataset open(const fs::path& root, const Options& options) {
  const std::string& resolution = options.text("resolution");
  const std::string& part = options.text("part");
  const bool train =
      part == "train" ||
      (part == "auto" && is_folder(root / fmt::format("input_training_{}", resolution)));
  const std::string suffix = fmt::format("{}_{}", train ? "_training" : "", resolution);

  Dataset dataset{.title = fmt::format("alphamatting.com {} set{}", train ? "training" : "test",
                                       resolution == "highres" ? ", high resolution" : ""),
                  .root = root};
  FoundFiles found{.images = scan_or_throw(root / ("input" + suffix), dataset.problems)};
  if (train) found.truths = scan_or_throw(root / ("gt" + suffix), dataset.problems);
  const fs::path trimaps = root / ("trimap" + suffix);
  const std::string& split = options.text("split");
  for (const AlphamattingSplit& known : kAlphamattingSplits) {
    if ((split != "all" && split != known.name) || !is_folder(trimaps / known.folder)) continue;
    found.trimaps.push_back({.name = std::string{known.name},
                             .files = scan_folder(trimaps / known.folder, {}, dataset.problems)});
  }
  if (found.trimaps.empty()) throw_no_split(trimaps, split);
  pair_samples(found, "", dataset);
  if (train) dataset.default_protocols = {"dim-matlab"};
  const PartFacts& facts = kParts[train ? 0 : 1];
  if (split == "all") compare_splits(trimaps, facts, dataset);
  if (!dataset.samples.empty()) compare_with_facts(kFacts, facts, dataset);
  return dataset;
}

}  // namespace

constinit const DatasetEntry alphamatting_dataset{
    .id = "alphamatting",
    .title = "alphamatting.com",
    .cite = "rhemann2009",
    .layout = "input[_training]_lowres/ gt_training_lowres/ trimap[_training]_lowres/Trimap1..3/",
    .options = kOptions,
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
