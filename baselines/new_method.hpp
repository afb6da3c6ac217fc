#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/source_tree.hpp"

namespace mbench::baselines {

/// What a new method is to be: see docs/bring-your-method.md.
enum class NewMethodKind { card, command, cpp };

struct NewFile {
  std::filesystem::path path{};  ///< relative to the folder that the user names
  std::string text{};
};

/// The beginnings of a method, and what to do with them.
struct NewMethod {
  std::vector<NewFile> files{};
  std::vector<TreeEdit> edits{};  ///< of files that are there: a method in C++ enters its tree
  std::string next_steps{};
};

/// A method that works as it stands, to be changed by the user; its files go into `folder`, which
/// the next steps name. A method in C++ is entered in the source tree in `folder`; if there is
/// none, the next steps say how. Writes nothing. Throws usage unless the name begins with a letter
/// and has letters, digits, '-' and '_' alone, and as enter_method() does.
[[nodiscard]] NewMethod new_method(NewMethodKind kind, std::string_view name,
                                   const std::filesystem::path& folder);

}  // namespace mbench::baselines
