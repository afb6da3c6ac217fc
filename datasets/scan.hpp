#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// The image files of one folder. Files and folders whose names begin with '.' do not count.
struct FolderScan {
  std::filesystem::path folder{};
  std::map<std::string, std::filesystem::path> by_stem{};  ///< in byte order of the stems
  std::vector<std::string> sub_folders{};                  ///< in byte order
};

/// Which files of a folder count, and whether what does not count is worth a problem.
struct ScanRules {
  std::string_view extension{};    ///< ".png": only these files; empty: every image format
  bool report_leftovers{true};     ///< files that are no images, formats that mbench cannot read
  bool report_sub_folders{false};  ///< sub-folders with images, which would go unread
};

/// Lists a folder. Adds to `problems`: "duplicate" for two files of one stem (the first in byte
/// order is listed), "format" for image files that mbench does not read, "name" for names that are
/// no UTF-8 (left out), "ignored" for other files, "layout" for sub-folders with images. Throws
/// bad_input if the folder cannot be listed.
[[nodiscard]] FolderScan scan_folder(const std::filesystem::path& folder, const ScanRules& rules,
                                     std::vector<Problem>& problems);

/// The sub-folder of `root` called `name`, whatever its capitals; empty if there is none. An exact
/// match wins.
[[nodiscard]] std::filesystem::path find_sub_folder(const std::filesystem::path& root,
                                                    std::string_view name);

/// The extension that most files of the folder have, for naming a file that is missing; ".png" if
/// it is empty.
[[nodiscard]] std::string usual_extension(const FolderScan& scan);

}  // namespace mbench::datasets
