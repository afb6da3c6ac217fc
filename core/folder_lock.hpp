#pragma once
#include <filesystem>

namespace mbench {

/// Keeps other processes out of a folder while it lives, by a lock on the file `.lock` inside. The
/// system releases it however the process ends.
class FolderLock {
 public:
  /// Makes the folder if it is missing. Throws usage if another process holds it, internal if the
  /// file cannot be made.
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;

 private:
  int descriptor_;  ///< -1 once moved from
};

}  // namespace mbench
