#include "datasets/ppm100.hpp"

#include <array>
#include <string_view>

#include "datasets/default_protocols.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/natural_set.hpp"
#include "datasets/published_names.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array kParts{PartFacts{.name = "test", .images = 100}};

constexpr std::array<std::string_view, 3> kQuirks{
    "few of the images that [ke2022] measured on were later replaced by similar ones, because of "
    "their licences: the paper's numbers are of the earlier set",
    "no trimaps: it is scored on the whole image",
    "PPM-AIM-195 of PaddleSeg is PPM-100 with the portraits of AIM-500"};

/// Number of the photograph, its secret and a letter for the size: 14299313536_ea3e61076c_o.
bool is_name(std::string_view stem) {
  const std::size_t first = stem.find('_');
  if (first == std::string_view::npos || first < 8 || first > 11) return false;
  const std::string_view secret = stem.substr(first + 1);
  return stem.find_first_not_of("0123456789") == first && secret.size() == 12 &&
         secret.find_first_not_of("0123456789abcdef") == 10 && secret[10] == '_';
}

constexpr PublishedFacts kFacts{
    .source = "github.com/ZHKKKe/PPM links the download",
    .licence =
        "images: Creative Commons of their photographers, commercial use and changes "
        "allowed; mattes: CC BY-NC-SA 4.0",
    .parts = kParts,
    .names = "Flickr's: number, '_', 10 hexadecimal digits, '_o', as 14299313536_ea3e61076c_o",
    .is_name = is_name,
    .protocol = "whole",
    .quirks = kQuirks,
    .numbers = "[ke2022]; github.com/PaddlePaddle/PaddleSeg, Matting"};

bool recognises(const fs::path& root) {
  return !fs::exists(root / kConfigName) && mostly_named(root / "image", is_name);
}

constexpr NaturalPart kPart{
    .choice = "test",
    .homes = {},
    .folders = {.image = "image", .truth = "matte", .trimap = "", .title = "PPM-100"},
    .facts = &kParts[0]};

Dataset open(const fs::path& root, const Options&) {
  Dataset dataset = open_part(root, {&kPart, root}, kFacts);
  choose_protocols("", "whole", dataset);
  return dataset;
}

}  // namespace

constinit const DatasetEntry ppm100_dataset{
    .id = "ppm100",
    .title = "PPM-100",
    .cite = "ke2022",
    .layout = "image/ matte/ with names as 14299313536_ea3e61076c_o",
    .options = {},
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
