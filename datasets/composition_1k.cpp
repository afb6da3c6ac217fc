#include "datasets/composition_1k.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/core.h>

#include "core/path_kind.hpp"
#include "core/text_file.hpp"
#include "datasets/completeness.hpp"
#include "datasets/composite_set.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/json_list.hpp"
#include "datasets/list_file.hpp"
#include "datasets/list_layout.hpp"
#include "datasets/other_parts.hpp"
#include "datasets/scan.hpp"
#include "datasets/uncomposed.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

/// The pairing of the test set: 50 foregrounds, 20 composites each.
constexpr std::string_view kPairing = "composition-1k-test";

std::vector<std::string> test_stems() { return published_composites(kPairing); }

bool is_foreground(std::string_view stem) { return is_published_foreground(kPairing, stem); }

constexpr std::array<std::string_view, 1> kTraining{"train"};  // of the option `part`
constexpr std::array kParts{
    PartFacts{.name = "test", .images = 1000, .foregrounds = 50, .stems = test_stems},
    PartFacts{.name = "train", .images = 43100, .foregrounds = 431}};

constexpr std::array<std::string_view, 5> kQuirks{
    "the composites are not sent: everyone makes them from fg/, alpha/ and PASCAL VOC 2012 "
    "(training: COCO train2014), and not everyone by the same rule: `mbench data verify` tells "
    "which",
    "the test trimaps come with the data set, one per composite, and are not to be made again",
    "the paper counts 493 training foregrounds; 431 are sent (455 remain without doubles, 24 of "
    "these were not released)",
    "test_fg_names.txt ends without a line end; names hold spaces and brackets",
    "mattes are RGB files with three equal channels, some are palette files"};

constexpr PublishedFacts kFacts{
    .source =
        "on request from the authors of Deep Image Matting, for research; backgrounds: "
        "PASCAL VOC 2012, COCO train2014",
    .licence =
        "Adobe's licence agreement: not to be passed on; images under `Other` have licences "
        "of their own",
    .parts = kParts,
    .names = "foreground, '_' and the number of the composite, 0 to 19: antique-..._1920_0",
    .protocol = "dim-matlab",
    .quirks = kQuirks,
    .numbers = "tables of every paper on trimap-based matting since [xu2017]"};

constexpr std::array kOptions{
    OptionSpec{.name = "part",
               .help = "which set, where the folder holds both; auto takes the test set if it is "
                       "there",
               .type = OptionType::choice,
               .default_value = "auto",
               .choices = "auto|test|train"},
    OptionSpec{.name = "list",
               .help = "list file inside the folder: mmagic's JSON, or columns image, truth, "
                       "trimap; default: test_list.json or test.txt (train: training_list.json, "
                       "train.txt), where they are there"}};

/// What `root` has below one of the folders in which the data set is sent and kept.
std::optional<CompositePart> sent_part(const fs::path& root, std::string_view set) {
  for (const char* above : {"", "Combined_Dataset", "adobe_composition-1k"}) {
    const fs::path base = *above == '\0' ? root : root / above;
    const fs::path home = base / set;
    if (!is_folder(home)) continue;
    CompositePart part{
        .home = home,
        .places = {home, home / kComposedFolder, home / "Adobe-licensed images", base}};
    if (set == "Training_set") part.places.insert(part.places.end() - 1, home / "Other");
    const bool as_sent = is_folder(home / "Adobe-licensed images") && holds_foregrounds(part);
    if (as_sent || holds_foregrounds(part, is_foreground)) return part;
  }
  return std::nullopt;
}

/// The test set in `root`; nothing if it is not there.
std::optional<CompositePart> find_test(const fs::path& root) {
  if (auto part = sent_part(root, "Test_set")) return part;
  CompositePart here{.home = root,
                     .places = {root, root / kComposedFolder, root / "Adobe-licensed images"}};
  if (holds_foregrounds(here, is_foreground)) return here;
  return std::nullopt;
}

std::optional<CompositePart> find_train(const fs::path& root) {
  if (auto part = sent_part(root, "Training_set")) return part;
  const fs::path adobe = root / "Adobe-licensed images", other = root / "Other";
  if (!is_folder(other) || !is_folder(adobe)) return std::nullopt;
  return CompositePart{.home = root, .places = {root, root / kComposedFolder, adobe, other}};
}

/// Does the list name composites of the test set in its first line?
bool lists_composites(const fs::path& file) {
  if (!is_file(file)) return false;
  const std::vector<ListLine> lines = parse_list(read_text_file(file));
  if (lines.empty() || lines.front().columns.empty()) return false;
  const std::string stem = fs::path{lines.front().columns.front()}.stem().string();
  return is_foreground(foreground_of(stem));
}

/// The list of the part in the folder, "" if there is none.
std::string find_list(const fs::path& root, bool train) {
  const std::string json = train ? "training_list.json" : "test_list.json";
  if (is_file(root / json)) return json;
  if (train) return is_file(root / "train.txt") ? "train.txt" : "";
  return lists_composites(root / "test.txt") ? "test.txt" : "";
}

bool recognises(const fs::path& root) {
  std::error_code error;
  if (fs::exists(root / kConfigName, error)) return false;
  return !find_list(root, false).empty() || find_test(root) || find_train(root);
}

std::string chosen_list(const fs::path& root, const Options& options, bool train) {
  if (!options.has("list")) return find_list(root, train);
  const std::string& list = options.text("list");
  if (stays_inside(list)) return list;
  throw Error{ErrorKind::usage,
              {.what = "option 'list' must name a file inside the folder of the data set",
               .found = fmt::format("'{}'", list)}};
}

[[noreturn]] void throw_no_part(const fs::path& root, bool train) {
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("the {} of Composition-1k is not there",
                                   train ? "training set" : "test set"),
               .where = root.string(),
               .expected = train ? "Training_set/{Adobe-licensed images,Other}/{fg,alpha}"
                                 : "Test_set/Adobe-licensed images/{fg,alpha,trimaps} and merged/",
               .found = "no such folders",
               .fix = fmt::format("open it with the option part={}", train ? "test" : "train")}};
}

Dataset open(const fs::path& root, const Options& options) {
  const std::string& choice = options.text("part");
  const bool train =
      choice == "train" || (choice == "auto" && find_list(root, false).empty() && !find_test(root));
  Dataset dataset{.title = train ? "Composition-1k, training set" : "Composition-1k",
                  .root = root,
                  .default_protocols = {"dim-matlab"}};
  const std::string list = chosen_list(root, options, train);
  if (list.ends_with(".json")) {
    add_listed_samples(root, list, read_json_list(root / list, dataset.problems), {}, dataset);
  } else if (!list.empty()) {
    add_listed_samples(root, list, {}, dataset);
  } else if (const auto part = train ? find_train(root) : find_test(root)) {
    add_composites(*part, dataset.title, train ? "COCO/train2014" : "VOC2012/JPEGImages", !train,
                   dataset);
  } else {
    throw_no_part(root, train);
  }
  tag_foregrounds(dataset);
  if (train) dataset.default_protocols.clear();  // no trimaps are published for it
  compare_with_facts(kFacts, kParts[train ? 1 : 0], dataset);
  const bool is_training_here = !find_list(root, true).empty() || find_train(root);
  const bool is_chosen = choice != "auto" || options.has("list");
  if (!is_chosen && !train && is_training_here) note_other_parts(kTraining, dataset);
  return dataset;
}

}  // namespace

constinit const DatasetEntry composition_1k_dataset{
    .id = "composition-1k",
    .title = "Composition-1k",
    .cite = "xu2017",
    .layout =
        "merged/ alpha_copy/ trimaps/, Test_set/Adobe-licensed images/{fg,alpha,trimaps}, "
        "test_list.json or test.txt, with the names of its foregrounds",
    .options = kOptions,
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
