#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

// What a method in C++ changes in the source tree of mbench besides its own files.

namespace mbench::baselines {

/// Whether the folder is, or wants to be, a source tree of mbench.
[[nodiscard]] bool is_source_tree(const std::filesystem::path& folder);

/// A file of the tree before and after.
struct TreeEdit {
  std::filesystem::path path{};  ///< relative to the tree
  std::string before{}, after{};
  std::string added{};  ///< the line that is new
};

/// Enters the method `id`, whose files are baselines/SYMBOL/SYMBOL.{hpp,cpp} and
/// tests/baselines/SYMBOL_test.cpp: in the list of methods, both CMake lists and the changes.
/// Writes nothing. Throws usage if the tree has a method of that name, or if one of these files
/// does not look as expected.
[[nodiscard]] std::vector<TreeEdit> enter_method(const std::filesystem::path& tree,
                                                 std::string_view id, std::string_view symbol);

}  // namespace mbench::baselines
