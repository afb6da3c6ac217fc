#include "datasets/aim500.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

#include "datasets/folder_config.hpp"
#include "datasets/pairing.hpp"
#include "datasets/scan.hpp"
#include "datasets/tags.hpp"
#include "imaging/trimap_rules.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTagsName = "aim_category_type.json";

bool recognises(const fs::path& root) {
  std::error_code error;
  return fs::is_directory(root / "original", error) && fs::is_directory(root / "mask", error) &&
         fs::is_regular_file(root / kTagsName, error) && !fs::exists(root / kConfigName, error);
}

/// o_ and 8 hexadecimal digits: how AIM-500 names its images.
bool has_aim500_name(const SampleFiles& sample) {
  const std::string_view id = sample.id;
  return id.size() == 10 && id.starts_with("o_") &&
         id.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
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
  Dataset dataset{.root = root};
  const auto scan = [&](std::string_view folder) {
    return scan_folder(root / folder, {.report_sub_folders = true}, dataset.problems);
  };
  FoundFiles found{.images = scan("original"), .truths = scan("mask")};
  std::error_code error;
  if (fs::is_directory(root / "trimap", error)) {
    found.trimaps.push_back({.files = scan("trimap")});
  } else {
    dataset.problems.push_back(
        {.code = "missing",
         .parts = {.what = "the folder of the trimaps is missing",
                   .where = (root / "trimap").string(),
                   .expected = "trimap/ beside original/ and mask/: protocol aim needs it"},
         .file = root / "trimap"});
  }
  pair_samples(found, "", dataset);
  apply_tags(read_tags(root / kTagsName), root / kTagsName, dataset);
  check_types(dataset);
  if (!dataset.samples.empty() && std::ranges::all_of(dataset.samples, has_aim500_name)) {
    dataset.title = "AIM-500";
  }
  dataset.default_protocols = {"aim"};
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
    .open = open};

}  // namespace mbench::datasets
