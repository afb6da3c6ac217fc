#include "datasets/distinctions_646.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/core.h>

#include "datasets/completeness.hpp"
#include "datasets/composite_set.hpp"
#include "datasets/default_protocols.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/other_parts.hpp"
#include "datasets/scan.hpp"
#include "datasets/uncomposed.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

/// The pairing of the test set: 50 foregrounds, test_0 to test_49, 20 composites each.
constexpr std::string_view kPairing = "distinctions-646-test";

std::vector<std::string> test_stems() { return published_composites(kPairing); }

bool is_foreground(std::string_view stem) { return is_published_foreground(kPairing, stem); }

constexpr std::array<std::string_view, 1> kTraining{"train"};  // of the option `part`
constexpr std::array kParts{
    PartFacts{.name = "test", .images = 1000, .foregrounds = 50, .stems = test_stems},
    PartFacts{.name = "train", .foregrounds = 596}};

constexpr std::array<std::string_view, 5> kQuirks{
    "the composites are not sent: the test set is made like Composition-1k's, with the same 1000 "
    "backgrounds in the same order",
    "no trimaps are published; papers that need them make their own, so that numbers with trimaps "
    "do not compare",
    "596 training foregrounds are sent, AIM's configuration counts 591; the paper makes 100 "
    "composites of each, the authors' lists name 80 (47,680)",
    "bg_test.txt has line ends of Windows",
    "Robust Video Matting tests on eleven of the foregrounds: test_4, 6, 13, 16, 18, 22, 32, 35, "
    "39, 42 and 46"};

constexpr PublishedFacts kFacts{
    .source =
        "on request from the authors: github.com/wukaoliu/CVPR2020-HAttMatting; backgrounds: "
        "PASCAL VOC 2012, COCO",
    .licence = "for research, by agreement with the authors: not to be passed on",
    .parts = kParts,
    .names = "test_I_K, I = 0 to 49 the foreground, K = 0 to 19 the composite",
    .protocol = "whole",
    .quirks = kQuirks,
    .numbers =
        "[qiao2020] and later papers, on the whole image; with trimaps: whose trimaps, they "
        "say"};

constexpr std::array kOptions{
    OptionSpec{.name = "part",
               .help = "which set, where the folder holds both; auto takes the test set if it is "
                       "there",
               .type = OptionType::choice,
               .default_value = "auto",
               .choices = "auto|test|train"}};

std::optional<CompositePart> find_test(const fs::path& root) {
  for (const char* above : {"", "Distinctions-646"}) {
    const fs::path base = *above == '\0' ? root : root / above;
    const fs::path home = find_sub_folder(base, "test");
    CompositePart part{.home = home.empty() ? base : home,
                       .places = {base, base / kComposedFolder}};
    if (!home.empty()) part.places.insert(part.places.begin(), home);
    if (holds_foregrounds(part, is_foreground)) return part;
  }
  return std::nullopt;
}

std::optional<CompositePart> find_train(const fs::path& root) {
  const auto is_home = [](const fs::path& folder) {
    return !find_sub_folder(folder, "fg").empty() && !find_sub_folder(folder, "gt").empty();
  };
  for (const char* above : {"", "Distinctions-646"}) {
    const fs::path base = *above == '\0' ? root : root / above;
    const fs::path home = find_sub_folder(base, "train");
    if (!home.empty() && is_home(home)) {
      return CompositePart{.home = home, .places = {home, home / kComposedFolder}};
    }
  }
  return std::nullopt;
}

bool recognises(const fs::path& root) {
  std::error_code error;
  return !fs::exists(root / kConfigName, error) && (find_test(root) || find_train(root));
}

Dataset open(const fs::path& root, const Options& options) {
  const std::string& choice = options.text("part");
  std::optional<CompositePart> part;
  if (choice != "train") part = find_test(root);
  const bool train = !part && choice != "test";
  if (train) part = find_train(root);
  if (!part) {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("the {} set of Distinctions-646 is not there",
                                     train ? "training" : "test"),
                 .where = root.string(),
                 .expected = train ? "Train/{FG,GT}" : "Test/{FG,GT}, with names test_0 to test_49",
                 .found = "no such folders",
                 .fix = fmt::format("open it with the option part={}", train ? "test" : "train")}};
  }
  Dataset dataset{.title = train ? "Distinctions-646, training set" : "Distinctions-646",
                  .root = root};
  add_composites(*part, dataset.title, train ? "COCO/train2014" : "VOC2012/JPEGImages", false,
                 dataset);
  choose_protocols("dim-matlab", "whole", dataset);
  compare_with_facts(kFacts, kParts[train ? 1 : 0], dataset);
  if (choice == "auto" && !train && find_train(root)) note_other_parts(kTraining, dataset);
  return dataset;
}

}  // namespace

constinit const DatasetEntry distinctions_646_dataset{
    .id = "distinctions-646",
    .title = "Distinctions-646",
    .cite = "qiao2020",
    .layout = "Test/{FG,GT} Train/{FG,GT}, merged/ in Test/ or beside it, with names test_I_K",
    .options = kOptions,
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
