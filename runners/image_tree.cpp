#include "runners/image_tree.hpp"

#include <set>

#include <fmt/core.h>

#include "datasets/scan.hpp"

namespace mbench::runners {
namespace {

namespace fs = std::filesystem;
using datasets::Problem;

/// `above` are the folders on the way here: a symbolic link back to one of them is not followed.
void collect(const fs::path& folder, const std::string& prefix, std::set<fs::path> above,
             FilesById& files, std::vector<Problem>& problems) {
  if (!above.insert(fs::canonical(folder)).second) return;
  const datasets::FolderScan scan =
      datasets::scan_folder(folder, {.report_leftovers = false}, problems);
  for (const auto& [stem, file] : scan.by_stem) files.emplace(prefix + stem, file);
  for (const std::string& name : scan.sub_folders) {
    collect(folder / name, prefix + name + "/", above, files, problems);
  }
}

}  // namespace

FilesById collect_images(const fs::path& folder, std::string_view role,
                         std::vector<Problem>& problems) {
  FilesById files;
  if (!fs::is_directory(folder)) {
    problems.push_back({.code = "missing-folder",
                        .parts = {.what = fmt::format("the {} folder does not exist", role),
                                  .where = folder.string(),
                                  .fix = "check its name"},
                        .file = folder});
    return files;
  }
  collect(folder, "", {}, files, problems);
  if (files.empty()) {
    problems.push_back({.code = "missing-folder",
                        .parts = {.what = fmt::format("the {} folder holds no image", role),
                                  .where = folder.string(),
                                  .expected = "PNG, JPEG, TIFF, EXR or WebP files",
                                  .fix = "check its name"},
                        .file = folder});
  }
  return files;
}

}  // namespace mbench::runners
