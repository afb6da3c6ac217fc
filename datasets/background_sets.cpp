#include "datasets/background_sets.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/core.h>

#include "core/path_kind.hpp"
#include "datasets/completeness.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/published_names.hpp"
#include "datasets/scan.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

bool is_number(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_bg20k_name(std::string_view stem) { return is_prefixed_hex(stem, "h_"); }

/// COCO_train2014_000000000009
bool is_coco_name(std::string_view stem) {
  constexpr std::string_view kPrefix = "COCO_train2014_";
  return stem.starts_with(kPrefix) && is_number(stem.substr(kPrefix.size()), 12);
}

/// 2007_000027
bool is_voc_name(std::string_view stem) {
  return stem.size() == 11 && is_number(stem.substr(0, 4), 4) && stem[4] == '_' &&
         is_number(stem.substr(5), 6);
}

constexpr std::array kBg20kParts{PartFacts{.name = "all", .images = 20000},
                                 PartFacts{.name = "train", .images = 15000},
                                 PartFacts{.name = "testval", .images = 5000}};
constexpr std::array kCocoParts{PartFacts{.name = "train2014", .images = 82783}};
constexpr std::array kVocParts{PartFacts{.name = "JPEGImages", .images = 17125}};

constexpr std::array<std::string_view, 2> kBg20kQuirks{
    "train_denoise/ holds train/ after BM3D, for one branch of the RSSN rule; not read here",
    "images were chosen to have no salient object"};
constexpr std::array<std::string_view, 1> kCocoQuirks{
    "COCO 2017 holds the same images under names without COCO_train2014_"};
constexpr std::array<std::string_view, 1> kVocQuirks{
    "some programs compose on PASCAL VOC 2008 under the same lists: missing names tell"};

constexpr PublishedFacts kBg20kFacts{
    .source = "github.com/JizhiziLi/GFM links the download",
    .licence = "MIT, by the Dataset Release Agreement linked there, which is to be read first",
    .parts = kBg20kParts,
    .names = "h_ and 8 hexadecimal digits",
    .is_name = is_bg20k_name,
    .quirks = kBg20kQuirks};
constexpr PublishedFacts kCocoFacts{.source = "cocodataset.org",
                                    .licence = "photographs of Flickr under their own licences",
                                    .parts = kCocoParts,
                                    .names = "COCO_train2014_ and 12 digits",
                                    .is_name = is_coco_name,
                                    .quirks = kCocoQuirks};
constexpr PublishedFacts kVocFacts{.source = "host.robots.ox.ac.uk/pascal/VOC/voc2012",
                                   .licence = "photographs of Flickr under Flickr's terms of use",
                                   .parts = kVocParts,
                                   .names = "year, '_' and 6 digits, as 2007_000027",
                                   .is_name = is_voc_name,
                                   .quirks = kVocQuirks};

/// The first of the folders below `root` ("" for itself) whose images are mostly named so.
fs::path find_images(const fs::path& root, std::span<const std::string_view> folders,
                     const NameCheck& is_name) {
  if (fs::exists(root / kConfigName)) return {};
  for (const std::string_view folder : folders) {
    const fs::path candidate = folder.empty() ? root : root / folder;
    if (mostly_named(candidate, is_name)) return candidate;
  }
  return {};
}

/// Adds the images of a folder; `prefix` stands before their ids.
void add_images(const fs::path& folder, const std::string& prefix, Dataset& dataset) {
  for (const auto& [stem, file] : scan_folder(folder, {}, dataset.problems).by_stem) {
    dataset.samples.push_back({.id = prefix + stem, .image = file});
  }
}

constexpr std::array<std::string_view, 3> kCocoFolders{"", "train2014", "coco/train2014"};
constexpr std::array<std::string_view, 4> kVocFolders{"", "JPEGImages", "VOC2012/JPEGImages",
                                                      "VOCdevkit/VOC2012/JPEGImages"};

bool recognises_coco(const fs::path& root) {
  return !find_images(root, kCocoFolders, is_coco_name).empty();
}

bool recognises_voc(const fs::path& root) {
  return !find_images(root, kVocFolders, is_voc_name).empty();
}

Dataset open_coco(const fs::path& root, const Options&) {
  Dataset dataset{.title = "COCO train2014", .root = root};
  add_images(find_images(root, kCocoFolders, is_coco_name), "", dataset);
  compare_with_facts(kCocoFacts, kCocoParts[0], dataset);
  return dataset;
}

Dataset open_voc(const fs::path& root, const Options&) {
  Dataset dataset{.title = "PASCAL VOC 2012", .root = root};
  add_images(find_images(root, kVocFolders, is_voc_name), "", dataset);
  compare_with_facts(kVocFacts, kVocParts[0], dataset);
  return dataset;
}

constexpr std::array<std::string_view, 3> kBg20kFolders{"", "train", "testval"};

bool recognises_bg20k(const fs::path& root) {
  return !find_images(root, kBg20kFolders, is_bg20k_name).empty();
}

Dataset open_bg20k(const fs::path& root, const Options&) {
  Dataset dataset{.title = "BG-20k", .root = root};
  if (!is_folder(root / "train") && !is_folder(root / "testval")) {
    const bool testval = fs::absolute(root).lexically_normal().filename() == "testval";
    dataset.title = testval ? "BG-20k, testval" : "BG-20k, train";
    add_images(root, "", dataset);
    compare_with_facts(kBg20kFacts, kBg20kParts[testval ? 2 : 1], dataset);
    return dataset;
  }
  for (const std::string part : {"testval", "train"}) {
    if (is_folder(root / part)) {
      add_images(root / part, part + "/", dataset);
      continue;
    }
    dataset.problems.push_back(
        {.code = "missing",
         .parts = {.what = "a part of BG-20k is missing",
                   .where = (root / part).string(),
                   .expected = "train/ and testval/",
                   .found = "no such folder",
                   .fix = "unpack it beside the other, or open the other part alone"},
         .severity = Severity::warning,
         .file = root / part});
  }
  compare_with_facts(kBg20kFacts, kBg20kParts[0], dataset);
  return dataset;
}

}  // namespace

constinit const DatasetEntry bg20k_dataset{.id = "bg20k",
                                           .title = "BG-20k (backgrounds)",
                                           .cite = "li2022gfm",
                                           .layout = "train/ testval/ with names h_XXXXXXXX",
                                           .options = {},
                                           .recognises = recognises_bg20k,
                                           .open = open_bg20k,
                                           .facts = &kBg20kFacts,
                                           .backgrounds = true};

constinit const DatasetEntry coco2014_dataset{
    .id = "coco-train2014",
    .title = "COCO train2014 (backgrounds)",
    .cite = "lin2014",
    .layout = "train2014/ with names COCO_train2014_000000000009",
    .options = {},
    .recognises = recognises_coco,
    .open = open_coco,
    .facts = &kCocoFacts,
    .backgrounds = true};

constinit const DatasetEntry voc2012_dataset{
    .id = "voc2012",
    .title = "PASCAL VOC 2012 (backgrounds)",
    .cite = "everingham2015",
    .layout = "JPEGImages/, also below VOC2012/ and VOCdevkit/, with names 2007_000027",
    .options = {},
    .recognises = recognises_voc,
    .open = open_voc,
    .facts = &kVocFacts,
    .backgrounds = true};

}  // namespace mbench::datasets
