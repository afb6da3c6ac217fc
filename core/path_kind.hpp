#pragma once
#include <filesystem>
#include <system_error>

namespace mbench {

/// Whether `path` is a folder, or a link to one; a path that cannot be looked at is none.
[[nodiscard]] inline bool is_folder(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error);
}

/// Whether `path` is an ordinary file, or a link to one; a path that cannot be looked at is none.
[[nodiscard]] inline bool is_file(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

}  // namespace mbench
