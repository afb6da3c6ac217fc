#include "datasets/scan.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/path_kind.hpp"
#include "core/utf8.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

/// Files that hold pictures or mattes, but that mbench does not read: leaving one out in silence
/// would change a mean.
constexpr std::array<std::string_view, 13> kForeignExtensions{
    ".bmp", ".gif",  ".ppm", ".pgm", ".pnm",  ".pfm", ".tga",
    ".hdr", ".heic", ".jp2", ".npy", ".avif", ".mat"};

struct Listing {
  std::vector<std::string> files{}, folders{};
};

Listing list(const fs::path& folder) {
  Listing listing;
  std::error_code error;
  fs::directory_iterator entries{folder, error};
  for (; !error && entries != fs::directory_iterator{}; entries.increment(error)) {
    std::string name = entries->path().filename().string();
    if (name.starts_with('.')) continue;
    std::error_code gone;  // a link that leads nowhere counts as a file: it is then found missing
    (entries->is_directory(gone) ? listing.folders : listing.files).push_back(std::move(name));
  }
  if (error) {
    throw Error{ErrorKind::bad_input,
                {.what = "a folder cannot be listed",
                 .where = folder.string(),
                 .found = error.message(),
                 .fix = "check that it is a folder that you may read"}};
  }
  std::ranges::sort(listing.files);
  std::ranges::sort(listing.folders);
  return listing;
}

Problem ignored_file(const fs::path& file) {
  return {.code = "ignored",
          .parts = {.what = "a file in an image folder is no image and is not read",
                    .where = file.string()},
          .severity = Severity::note,
          .file = file};
}

Problem foreign_format(const fs::path& file) {
  return {.code = "format",
          .parts = {.what = "an image file has a format that mbench does not read",
                    .where = file.string(),
                    .expected = "png, jpg, jpeg, tif, tiff, exr or webp",
                    .found = file.extension().string(),
                    .fix = "convert it to PNG, or move it out of this folder"},
          .file = file};
}

Problem duplicate_stem(const fs::path& first, const fs::path& second) {
  return {.code = "duplicate",
          .parts = {.what = fmt::format("two files have the stem '{}'", first.stem().string()),
                    .where = first.parent_path().string(),
                    .expected = "one file of each stem, because files pair by stem",
                    .found = fmt::format("{} and {}", first.filename().string(),
                                         second.filename().string()),
                    .fix = "remove one, or name the right one's ending in mbench.toml, e.g. "
                           "[extensions] image = \".jpg\""},
          .file = first};
}

Problem name_without_utf8(const fs::path& folder, std::string_view name) {
  std::string readable;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    readable += byte < 0x80 ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
  }
  return {.code = "name",
          .parts = {.what = "a file name is not valid UTF-8, so no record can hold it",
                    .where = folder.string(),
                    .found = readable,
                    .fix = "rename the file"}};
}

bool holds_images(const fs::path& folder) {
  return std::ranges::any_of(list(folder).files,
                             [](const std::string& name) { return has_image_extension(name); });
}

Problem unread_sub_folder(const fs::path& folder) {
  return {.code = "layout",
          .parts = {.what = "a sub-folder with images is not read",
                    .where = folder.string(),
                    .expected = "all files directly in the folder of their kind",
                    .fix = "open the sub-folder as a data set of its own, or name the files in a "
                           "list file"},
          .file = folder};
}

}  // namespace

FolderScan scan_folder(const fs::path& folder, const ScanRules& rules,
                       std::vector<Problem>& problems) {
  Listing listing = list(folder);
  FolderScan scan{.folder = folder, .sub_folders = std::move(listing.folders)};
  const std::string wanted = lower_case(rules.extension);
  for (const std::string& name : listing.files) {
    const fs::path file = folder / name;
    const std::string extension = lower_case(file.extension().string());
    if (!is_utf8(name)) {
      problems.push_back(name_without_utf8(folder, name));
    } else if (!wanted.empty() ? extension == wanted : has_image_extension(name)) {
      const auto [existing, added] = scan.by_stem.emplace(file.stem().string(), file);
      if (!added) problems.push_back(duplicate_stem(existing->second, file));
    } else if (rules.report_leftovers && wanted.empty()) {
      const bool foreign = std::ranges::find(kForeignExtensions, std::string_view{extension}) !=
                           kForeignExtensions.end();
      problems.push_back(foreign ? foreign_format(file) : ignored_file(file));
    }
  }
  if (rules.report_sub_folders) {
    for (const std::string& name : scan.sub_folders) {
      if (holds_images(folder / name)) problems.push_back(unread_sub_folder(folder / name));
    }
  }
  return scan;
}

fs::path find_sub_folder(const fs::path& root, std::string_view name) {
  if (is_folder(root / name)) return root / name;
  const std::string wanted = lower_case(name);
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator entry{root, error}; !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    std::string candidate = entry->path().filename().string();
    std::error_code gone;
    if (lower_case(candidate) == wanted && entry->is_directory(gone)) {
      found.push_back(std::move(candidate));
    }
  }
  return found.empty() ? fs::path{} : root / *std::ranges::min_element(found);
}

std::string usual_extension(const FolderScan& scan) {
  std::map<std::string, int> counts;
  for (const auto& [stem, file] : scan.by_stem) ++counts[file.extension().string()];
  const auto best = std::ranges::max_element(counts, {}, [](const auto& c) { return c.second; });
  return best == counts.end() ? ".png" : best->first;
}

}  // namespace mbench::datasets
