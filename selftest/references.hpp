#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "selftest/embedded.hpp"

namespace mbench::selftest {

/// Files with reference values: those inside the program, or a folder of the same form. Names are
/// relative, with '/'.
class References {
 public:
  References() = default;
  virtual ~References() = default;
  References(const References&) = delete;
  References& operator=(const References&) = delete;

  /// What a message calls a file, or the whole for "".
  [[nodiscard]] virtual std::string place(std::string_view file) const = 0;
  [[nodiscard]] virtual bool has(std::string_view file) const = 0;
  /// Throws bad_input, naming the file, if it is missing or unreadable.
  [[nodiscard]] virtual std::vector<std::byte> read(std::string_view file) const = 0;
  /// The names of the files in a folder, sorted, without the folder; none if there is no such
  /// folder.
  [[nodiscard]] virtual std::vector<std::string> files_in(std::string_view folder) const = 0;
  /// The same of the folders in a folder; "" is the outermost.
  [[nodiscard]] virtual std::vector<std::string> folders_in(std::string_view folder) const = 0;
};

[[nodiscard]] std::unique_ptr<References> open_embedded(std::span<const EmbeddedFile> files);
/// Throws bad_input if there is no such folder.
[[nodiscard]] std::unique_ptr<References> open_folder(const std::filesystem::path& folder);

/// The names in a JSON list of objects, or in its member `member`: "c01" of [{"case": "c01"}] by
/// key "case". None if there is no such file or member. Throws bad_input, naming the file, if it is
/// damaged.
[[nodiscard]] std::vector<std::string> listed_names(const References& references,
                                                    std::string_view file, std::string_view key,
                                                    std::string_view member = "");

}  // namespace mbench::selftest
