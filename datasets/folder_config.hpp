#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/roles.hpp"
#include "imaging/io.hpp"

namespace mbench::datasets {

/// The file in a data set's folder that says how to read it.
inline constexpr std::string_view kConfigName = "mbench.toml";

/// What `mbench.toml` can say; docs/datasets.md is its reference. Everything is optional.
struct FolderConfig {
  std::string title{};
  std::vector<std::string> protocols{};
  imaging::TrimapLevels trimap_levels{};
  std::string id_pattern{};                    ///< see pair_samples
  std::string tags{};                          ///< file, see read_tags
  std::string list{};                          ///< list file, see parse_list
  std::vector<std::optional<Role>> columns{};  ///< of the list file; nothing: a column to skip
  /// Sub-folder of each role. A role that is absent is found by its usual names; "" says that the
  /// data set has none.
  std::map<Role, std::string> folders{};
  std::map<Role, std::string> extensions{};  ///< ".jpg", with the dot, in lower case
  /// Sub-folder of the trimap folder -> name in the sample's id: {"Trimap1", "small"}.
  std::map<std::string, std::string> trimap_names{};
};

/// Reads the text of a `mbench.toml`. Throws bad_input with the line: no valid TOML, an unknown key
/// (with the nearest one), a value of a wrong type or outside its range.
[[nodiscard]] FolderConfig parse_folder_config(std::string_view text);

/// Reads `root`/mbench.toml; everything at its default if there is none.
[[nodiscard]] FolderConfig read_folder_config(const std::filesystem::path& root);

/// Does the path stay inside the folder that it is relative to: not absolute, no "..", not empty?
[[nodiscard]] bool stays_inside(std::string_view relative);

}  // namespace mbench::datasets
