#include "datasets/am2k.hpp"

#include <array>
#include <string_view>

#include "datasets/default_protocols.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/natural_set.hpp"
#include "datasets/published_names.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array kParts{PartFacts{.name = "validation", .images = 200},
                            PartFacts{.name = "train", .images = 1800}};

constexpr std::array<std::string_view, 2> kQuirks{
    "train/fg, train/bg and train/fg_denoise are ingredients of composites (`mbench compose --rule "
    "rssn --fg train/fg`), not read as images",
    "20 categories of animals, which no file names: there are no tags"};

bool is_name(std::string_view stem) { return is_prefixed_hex(stem, "m_"); }

constexpr PublishedFacts kFacts{
    .source = "github.com/JizhiziLi/GFM links the download",
    .licence = "MIT, by the Dataset Release Agreement linked there, which is to be read first",
    .parts = kParts,
    .names = "m_ and 8 hexadecimal digits",
    .is_name = is_name,
    .protocol = "gfm",
    .quirks = kQuirks,
    .numbers = "[li2022gfm], tables of AM-2k"};

constexpr std::array<std::string_view, 2> kValidationHomes{"validation", "AM-2k/validation"};
constexpr std::array<std::string_view, 2> kTrainHomes{"train", "AM-2k/train"};

constexpr std::array kNaturalParts{
    NaturalPart{
        .choice = "validation",
        .homes = kValidationHomes,
        .folders = {.image = "original", .truth = "mask", .trimap = "trimap", .title = "AM-2k"},
        .facts = &kParts[0]},
    NaturalPart{.choice = "train",
                .homes = kTrainHomes,
                .folders = {.image = "original",
                            .truth = "mask",
                            .trimap = "",
                            .title = "AM-2k, training set"},
                .facts = &kParts[1]}};

constexpr std::array kOptions{OptionSpec{.name = "part",
                                         .help = "which part; auto takes validation if it is there",
                                         .type = OptionType::choice,
                                         .default_value = "auto",
                                         .choices = "auto|validation|train"}};

/// The part that the folder itself is.
const NaturalPart* part_here(const fs::path& root) {
  if (!mostly_named(root / "original", is_name)) return nullptr;
  return &kNaturalParts[is_training_folder(root) ? 1 : 0];
}

bool recognises(const fs::path& root) {
  if (fs::exists(root / kConfigName)) return false;
  if (part_here(root) != nullptr) return true;
  for (const NaturalPart& part : kNaturalParts) {
    const fs::path home = find_home(root, part);
    if (home.empty()) continue;
    for (const char* folder : {"original", "mask", "trimap"}) {
      if (mostly_named(home / folder, is_name)) return true;
    }
  }
  return false;
}

Dataset open(const fs::path& root, const Options& options) {
  const PartOnDisk chosen = choose_part(root, kNaturalParts, part_here(root), options.text("part"));
  Dataset dataset = open_part(root, chosen, kFacts);
  if (chosen.part == &kNaturalParts[0]) {
    dataset.default_protocols = {"gfm"};
  } else {
    choose_protocols("gfm", "", dataset);
  }
  return dataset;
}

}  // namespace

constinit const DatasetEntry am2k_dataset{
    .id = "am2k",
    .title = "AM-2k",
    .cite = "li2022gfm",
    .layout =
        "validation/{original,mask,trimap} train/{original,mask}, or one of them, with names "
        "m_XXXXXXXX",
    .options = kOptions,
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
