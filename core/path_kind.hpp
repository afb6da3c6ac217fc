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

/// Whether anything is at `path`, be it a link that leads nowhere. What cannot be looked at shall
/// not pass for nothing.
[[nodiscard]] inline bool is_there(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::symlink_status(path, error).type() !=
         std::filesystem::file_type::not_found;
}

}  // namespace mbench
