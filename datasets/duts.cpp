#include "datasets/duts.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "core/path_kind.hpp"
#include "datasets/default_protocols.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/natural_set.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array kParts{PartFacts{.name = "DUTS-TE", .images = 5019},
                            PartFacts{.name = "DUTS-TR", .images = 10553}};

constexpr std::array<std::string_view, 2> kQuirks{
    "the masks are coarse: which object is salient, not how opaque a pixel is. Scores against them "
    "say nothing of matting",
    "AIM-Net was pre-trained on DUTS-TR, with trimaps of kernel 10 made from the masks"};

constexpr PublishedFacts kFacts{
    .source = "saliencydetection.net/duts",
    .licence = "for research; the images are ImageNet's and SUN's, under their terms",
    .parts = kParts,
    .quirks = kQuirks};

constexpr std::array<std::string_view, 2> kTestHomes{"DUTS-TE", "DUTS/DUTS-TE"};
constexpr std::array<std::string_view, 2> kTrainHomes{"DUTS-TR", "DUTS/DUTS-TR"};

constexpr std::array kNaturalParts{NaturalPart{.choice = "test",
                                               .homes = kTestHomes,
                                               .folders = {.image = "DUTS-TE-Image",
                                                           .truth = "DUTS-TE-Mask",
                                                           .trimap = "",
                                                           .title = "DUTS-TE"},
                                               .facts = &kParts[0]},
                                   NaturalPart{.choice = "train",
                                               .homes = kTrainHomes,
                                               .folders = {.image = "DUTS-TR-Image",
                                                           .truth = "DUTS-TR-Mask",
                                                           .trimap = "",
                                                           .title = "DUTS-TR"},
                                               .facts = &kParts[1]}};

constexpr std::array kOptions{
    OptionSpec{.name = "part",
               .help = "which part; auto takes the test set if it is there",
               .type = OptionType::choice,
               .default_value = "auto",
               .choices = "auto|test|train"}};

const NaturalPart* part_here(const fs::path& root) {
  for (const NaturalPart& part : kNaturalParts) {
    if (is_folder(root / part.folders.image) || is_folder(root / part.folders.truth)) return &part;
  }
  return nullptr;
}

bool recognises(const fs::path& root) {
  const auto is_there = [&](const NaturalPart& part) { return !find_home(root, part).empty(); };
  return !fs::exists(root / kConfigName) &&
         (part_here(root) != nullptr || std::ranges::any_of(kNaturalParts, is_there));
}

Dataset open(const fs::path& root, const Options& options) {
  Dataset dataset = open_part(
      root, choose_part(root, kNaturalParts, part_here(root), options.text("part")), kFacts);
  dataset.problems.push_back(
      {.code = "coarse",
       .parts = {.what = "the truths are masks of salient objects, not mattes",
                 .where = dataset.root.string(),
                 .fix = "take scores against them as those of a segmentation"},
       .severity = Severity::note});
  choose_protocols("", "", dataset);
  return dataset;
}

}  // namespace

constinit const DatasetEntry duts_dataset{
    .id = "duts",
    .title = "DUTS (masks of salient objects)",
    .cite = "wang2017",
    .layout =
        "DUTS-TE/{DUTS-TE-Image,DUTS-TE-Mask} DUTS-TR/{DUTS-TR-Image,DUTS-TR-Mask}, or one of "
        "them",
    .options = kOptions,
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
