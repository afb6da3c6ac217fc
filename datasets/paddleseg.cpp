#include "datasets/paddleseg.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "core/path_kind.hpp"
#include "datasets/folder.hpp"
#include "datasets/folder_config.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 3> kQuirks{
    "PPM-AIM-195, on which PaddleSeg's portrait models are compared, is PPM-100 with the portraits "
    "of AIM-500: 195 images",
    "a list with a column of backgrounds describes composites that are made while training: they "
    "must be made before they are scored",
    "protocol paddle counts what its programs print"};

constexpr PublishedFacts kFacts{
    .source = "github.com/PaddlePaddle/PaddleSeg, Matting: a form for any data set",
    .licence = "that of the images",
    .parts = {},
    .protocol = "dim-matlab",
    .quirks = kQuirks,
    .numbers = "github.com/PaddlePaddle/PaddleSeg, Matting; [chen2022]"};

constexpr std::array<std::string_view, 3> kParts{"val", "test", "train"};

bool has_list(const fs::path& root) {
  return std::ranges::any_of(
      kParts, [&](std::string_view part) { return is_file(root / fs::path{part}.concat(".txt")); });
}

bool recognises(const fs::path& root) {
  std::error_code error;
  if (fs::exists(root / kConfigName, error)) return false;
  return std::ranges::any_of(kParts, [&](std::string_view part) {
    return is_folder(root / part / "fg") && (is_folder(root / part / "alpha") || has_list(root));
  });
}

Dataset open(const fs::path& root, const Options& options) {
  if (has_list(root) || options.has("list")) return folder_dataset.open(root, options);
  throw Error{ErrorKind::bad_input,
              {.what = "the list file of a PaddleSeg data set is missing",
               .where = root.string(),
               .expected = "val.txt, test.txt or train.txt beside val/fg/ and val/alpha/",
               .found = "none of them",
               .fix = "write val.txt with one line for each image: val/fg/NAME.jpg"}};
}

}  // namespace

constinit const DatasetEntry paddleseg_dataset{
    .id = "paddleseg",
    .title = "PaddleSeg list files",
    .cite = "chen2022",
    .layout = "val.txt train.txt {val,train}/{fg,alpha,trimap}",
    .options = kListOptions,
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
