#include "core/line_log.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.hpp"
#include "core/text_file.hpp"

namespace mbench {
namespace fs = std::filesystem;

LineLog::LineLog(fs::path file) : file_{std::move(file)}, descriptor_{-1} {
  if (file_.has_parent_path()) {
    std::error_code code;
    fs::create_directories(file_.parent_path(), code);
    if (code) {
      errno = code.value();
      throw_system_error("make folder", file_.parent_path());
    }
  }
  descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw_system_error("open file", file_);
  // Any other failure means that this file system has no locks: then there is no protection, but
  // also no reason not to run.
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(std::exchange(descriptor_, -1));
    throw Error{ErrorKind::bad_input,
                {.what = "another mbench is writing this file",
                 .where = file_.string(),
                 .fix = "wait until it has ended, or choose another folder with --out"}};
  }
  struct stat status {};
  if (::fstat(descriptor_, &status) == 0) bytes_ = static_cast<std::uint64_t>(status.st_size);
}

LineLog::LineLog(LineLog&& other) noexcept
    : file_{std::move(other.file_)},
      descriptor_{std::exchange(other.descriptor_, -1)},
      bytes_{other.bytes_} {}

LineLog::~LineLog() {
  if (descriptor_ >= 0) ::close(descriptor_);  // lets go of the lock too
}

void LineLog::cut_to(std::uint64_t bytes) {
  const std::lock_guard lock{mutex_};
  if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) {
    throw_system_error("shorten file", file_);
  }
  bytes_ = bytes;
}

void LineLog::append(std::string_view line) {
  const std::lock_guard lock{mutex_};
  try {
    write_all(descriptor_, std::string{line} + '\n', file_);
    if (::fdatasync(descriptor_) != 0) throw_system_error("flush file to disk", file_);
  } catch (const Error&) {
    // Half a line would spoil the next one. If this fails too, the error under way says enough.
    (void)!::ftruncate(descriptor_, static_cast<off_t>(bytes_));
    throw;
  }
  bytes_ += line.size() + 1;
}

}  // namespace mbench
