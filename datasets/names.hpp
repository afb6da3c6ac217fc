#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::datasets {

/// Where a name leads.
struct Location {
  std::string name{};              ///< as asked for; the data set's id if it is not a folder
  std::filesystem::path folder{};  ///< empty for a built-in data set that has no folder yet
  std::string found_by{};  ///< "registered in /home/me/.config/mbench/datasets.toml" or the like
  bool is_name{};          ///< false if the user gave a folder
  bool built_in{};
};

/// The file of registered names: $MBENCH_CONFIG_HOME/datasets.toml, else
/// $XDG_CONFIG_HOME/mbench/datasets.toml, else ~/.config/mbench/datasets.toml.
[[nodiscard]] std::filesystem::path names_file();

/// Where the manifest of a registered data set is kept: manifests/NAME.csv beside names_file().
[[nodiscard]] std::filesystem::path manifest_file(std::string_view name);

/// Registers a folder under a name, after opening it to see that it is a data set. A name that is
/// registered already gets the new folder; the old one is returned. Throws usage for a name that
/// cannot be one, bad_input for a folder that is no data set.
std::optional<std::filesystem::path> add_name(std::string_view name,
                                              const std::filesystem::path& folder);

/// Finds what the user named, in this order: a path (it holds '/' or begins with '.'), a
/// registered name, a folder NAME in one of the roots of MBENCH_DATA (separated by colons), a
/// built-in name, a folder in the working directory, one of these names in another spelling or the
/// alias of its set (aliases.hpp), which gives the known name. Throws bad_input for a folder that
/// is gone, and otherwise usage, naming every place that was searched and the nearest name.
[[nodiscard]] Location where_dataset(std::string_view name);

/// All names that where_dataset finds, sorted, each once: registered, in MBENCH_DATA, built in.
[[nodiscard]] std::vector<Location> known_datasets();

}  // namespace mbench::datasets
