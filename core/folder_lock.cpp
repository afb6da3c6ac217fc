#include "core/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/error.hpp"

namespace mbench {

FolderLock::FolderLock(const std::filesystem::path& folder) : descriptor_{-1} {
  std::error_code ignored;  // open() below says what is wrong
  std::filesystem::create_directories(folder, ignored);
  const std::filesystem::path file = folder / ".lock";
  descriptor_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    throw Error{ErrorKind::internal,
                {.what = "cannot write into the folder",
                 .where = file.string(),
                 .found = std::strerror(errno),
                 .fix = "choose another folder by --out, or mend its permissions"}};
  }
  if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    close(std::exchange(descriptor_, -1));
    throw Error{ErrorKind::usage,
                {.what = "another process is running in this folder",
                 .where = folder.string(),
                 .fix = "wait for its end, or choose another folder by --out"}};
  }
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)} {}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace mbench
