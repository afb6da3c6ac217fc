#include "datasets/p3m.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "core/path_kind.hpp"
#include "datasets/default_protocols.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/natural_set.hpp"
#include "datasets/published_names.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array kParts{PartFacts{.name = "P3M-500-P", .images = 500},
                            PartFacts{.name = "P3M-500-NP", .images = 500},
                            PartFacts{.name = "train", .images = 9421}};

constexpr std::array<std::string_view, 4> kQuirks{
    "faces are blurred in P3M-500-P and in the training set, not in P3M-500-NP, whose people are "
    "celebrities: the two test sets are two data sets, never averaged",
    "the authors' own configuration leaves `validation/` out of the paths",
    "facemask/, a later download, is not read",
    "train/fg and train/bg are ingredients of composites, not read as images"};

bool is_name(std::string_view stem) { return is_prefixed_hex(stem, "p_"); }

constexpr PublishedFacts kFacts{
    .source = "github.com/JizhiziLi/P3M links the download",
    .licence = "MIT, by the Dataset Release Agreement linked there, which is to be read first",
    .parts = kParts,
    .names = "p_ and 8 hexadecimal digits",
    .is_name = is_name,
    .protocol = "p3m",
    .quirks = kQuirks,
    .numbers = "tables of github.com/JizhiziLi/P3M, README; [li2021p3m]"};

constexpr std::array<std::string_view, 4> kBlurredHomes{
    "validation/P3M-500-P", "P3M-500-P", "P3M-10k/validation/P3M-500-P", "P3M-10k/P3M-500-P"};
constexpr std::array<std::string_view, 4> kPlainHomes{
    "validation/P3M-500-NP", "P3M-500-NP", "P3M-10k/validation/P3M-500-NP", "P3M-10k/P3M-500-NP"};
constexpr std::array<std::string_view, 2> kTrainHomes{"train", "P3M-10k/train"};

constexpr std::array kNaturalParts{NaturalPart{.choice = "p",
                                               .homes = kBlurredHomes,
                                               .folders = {.image = "blurred_image",
                                                           .truth = "mask",
                                                           .trimap = "trimap",
                                                           .title = "P3M-500-P"},
                                               .facts = &kParts[0]},
                                   NaturalPart{.choice = "np",
                                               .homes = kPlainHomes,
                                               .folders = {.image = "original_image",
                                                           .truth = "mask",
                                                           .trimap = "trimap",
                                                           .title = "P3M-500-NP"},
                                               .facts = &kParts[1]},
                                   NaturalPart{.choice = "train",
                                               .homes = kTrainHomes,
                                               .folders = {.image = "blurred_image",
                                                           .truth = "mask",
                                                           .trimap = "",
                                                           .title = "P3M-10k, training set"},
                                               .facts = &kParts[2]}};

constexpr std::array kOptions{OptionSpec{
    .name = "part",
    .help = "which part, P3M-500-P, P3M-500-NP or the training set; auto takes the first "
            "of them that is there",
    .type = OptionType::choice,
    .default_value = "auto",
    .choices = "auto|p|np|train"}};

/// The part that the folder itself is.
const NaturalPart* part_here(const fs::path& root) {
  if (mostly_named(root / "original_image", is_name)) return &kNaturalParts[1];
  if (!mostly_named(root / "blurred_image", is_name)) return nullptr;
  return &kNaturalParts[is_training_folder(root) ? 2 : 0];
}

bool recognises(const fs::path& root) {
  if (fs::exists(root / kConfigName)) return false;
  const auto is_test = [&](const NaturalPart& part) {
    return part.choice != "train" && !find_home(root, part).empty();
  };
  return part_here(root) != nullptr || is_folder(root / "train" / "blurred_image") ||
         std::ranges::any_of(kNaturalParts, is_test);
}

Dataset open(const fs::path& root, const Options& options) {
  const PartOnDisk chosen = choose_part(root, kNaturalParts, part_here(root), options.text("part"));
  Dataset dataset = open_part(root, chosen, kFacts);
  if (chosen.part->choice == "train") {
    choose_protocols("p3m", "", dataset);
  } else {
    dataset.default_protocols = {"p3m"};
  }
  return dataset;
}

}  // namespace

constinit const DatasetEntry p3m_dataset{
    .id = "p3m",
    .title = "P3M-500-P and P3M-500-NP (P3M-10k)",
    .cite = "li2021p3m",
    .layout =
        "validation/P3M-500-P/{blurred_image,mask,trimap} "
        "validation/P3M-500-NP/{original_image,mask,trimap} train/, or one of them, with names "
        "p_XXXXXXXX",
    .options = kOptions,
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
