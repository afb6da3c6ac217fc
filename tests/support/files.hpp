#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace mbench::testing {

/// A new empty folder that is removed with everything in it when the object goes.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

/// A file or folder of this repository: source_path("tests/golden").
[[nodiscard]] std::filesystem::path source_path(std::string_view relative);

/// A file or folder of the reference material beside the repository (`../shared`, or the folder
/// that the environment variable MBENCH_SHARED names), which may not be committed. Where it is
/// absent a warning with the name is printed and nothing is returned: the test returns early,
/// aloud.
[[nodiscard]] std::optional<std::filesystem::path> shared_path(std::string_view relative);

[[nodiscard]] std::string read_text(const std::filesystem::path& file);
/// Writes the text, making the folders above it.
void write_text(const std::filesystem::path& file, std::string_view text);

}  // namespace mbench::testing
