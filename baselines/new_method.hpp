#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

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
  std::string next_steps{};
};

/// A method that works as it stands, to be changed by the user; its files go into `folder`, which
/// the next steps name. Throws usage unless the name begins
/// with a letter and has letters, digits, '-' and '_' alone.
[[nodiscard]] NewMethod new_method(NewMethodKind kind, std::string_view name,
                                   const std::filesystem::path& folder);

}  // namespace mbench::baselines
