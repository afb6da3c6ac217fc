#include "datasets/aim500.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

#include "core/path_kind.hpp"
#include "datasets/completeness.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/natural_set.hpp"
#include "datasets/published_names.hpp"
#include "datasets/tags.hpp"
#include "imaging/trimap_rules.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTagsName = "aim_category_type.json";

constexpr std::array kParts{PartFacts{.name = "test", .images = 500}};

constexpr std::array kGroups{
    GroupFacts{"category", "animal", 200}, GroupFacts{"category", "portrait", 100},
    GroupFacts{"category", "plant", 75},   GroupFacts{"category", "furniture", 45},
    GroupFacts{"category", "toy", 36},     GroupFacts{"category", "transparent", 34},
    GroupFacts{"category", "fruit", 10}};

constexpr std::array<std::string_view, 3> kQuirks{
    "usr/ holds another coding of the trimaps (AIM-Net's unified semantic representation): not "
    "read",
    "its own tables call the category portrait Human, and average over types and over categories "
    "as "
    "well as over images",
    "types are SO (salient opaque), STM (salient transparent or meticulous) and NS (non-salient); "
    "how many images each has is not published"};

bool is_name(std::string_view stem) { return is_prefixed_hex(stem, "o_"); }

constexpr PublishedFacts kFacts{
    .source = "github.com/JizhiziLi/AIM links the download",
    .licence =
        "project under the MIT licence; the terms of the images stand in the archive's "
        "readme.txt",
    .parts = kParts,
    .names = "o_ and 8 hexadecimal digits, as o_0c8f03f0",
    .is_name = is_name,
    .groups = kGroups,
    .protocol = "aim",
    .quirks = kQuirks,
    .numbers = "table of github.com/JizhiziLi/AIM, README; [li2021]"};

bool recognises(const fs::path& root) {
  std::error_code error;
  if (fs::exists(root / kConfigName, error)) return false;
  return is_file(root / kTagsName) || mostly_named(root / "original", is_name);
}

void report_missing_tags(const fs::path& root, Dataset& dataset) {
  dataset.problems.push_back(
      {.code = "missing",
       .parts = {.what = "the file of types and categories is missing: there will be no groups",
                 .where = (root / kTagsName).string(),
                 .expected = fmt::format("{} beside original/, mask/ and trimap/", kTagsName),
                 .found = "no such file",
                 .fix = "copy it from the archive of AIM-500"},
       .severity = Severity::warning,
       .file = root / kTagsName});
}

void check_types(Dataset& dataset) {
  for (const SampleFiles& sample : dataset.samples) {
    if (sample.tags.empty()) continue;  // reported by apply_tags
    const auto type = std::ranges::find(sample.tags, "type", &Tags::value_type::first);
    if (type != sample.tags.end() && imaging::image_type(type->second)) {
      continue;
    }
    dataset.problems.push_back(
        {.code = "tags",
         .sample = sample.id,
         .parts = {.what = fmt::format("image '{}' has no type of AIM", sample.id),
                   .where = (dataset.root / kTagsName).string(),
                   .expected = "\"type\": \"SO\", \"STM\" or \"NS\"",
                   .found = type == sample.tags.end() ? std::string{"no type"}
                                                      : fmt::format("'{}'", type->second)},
         .severity = Severity::warning,
         .file = sample.image});
  }
}

Dataset open(const fs::path& root, const Options&) {
  Dataset dataset{.root = root, .default_protocols = {"aim"}};
  add_natural_samples(
      root, {.image = "original", .truth = "mask", .trimap = "trimap", .title = "AIM-500"},
      dataset);
  if (is_file(root / kTagsName)) {
    apply_tags(read_tags(root / kTagsName), root / kTagsName, dataset);
    check_types(dataset);
  } else {
    report_missing_tags(root, dataset);
  }
  if (mostly_named(image_stems(dataset), is_name)) {
    dataset.title = "AIM-500";
    compare_with_facts(kFacts, kParts[0], dataset);
  }
  return dataset;
}

}  // namespace

constinit const DatasetEntry aim500_dataset{
    .id = "aim500",
    .title = "AIM-500",
    .cite = "li2021",
    .layout = "original/ mask/ trimap/ aim_category_type.json",
    .options = {},
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
