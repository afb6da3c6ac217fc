#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "imaging/memory_io.hpp"

namespace mbench::imaging {
namespace {
namespace fs = std::filesystem;

/// Closes a file descriptor when it goes.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_{value} {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int get() const { return value_; }
  /// Closes now; false if the system could not write what was still waiting.
  [[nodiscard]] bool close() {
    const int value = std::exchange(value_, -1);
    return ::close(value) == 0;
  }

 private:
  int value_;
};

std::string reason(int error_number) { return std::generic_category().message(error_number); }

Error unreadable(std::string what, std::string found, std::string fix) {
  return Error{ErrorKind::bad_input,
               {.what = std::move(what), .found = std::move(found), .fix = std::move(fix)}};
}

[[noreturn]] void throw_unwritable(const fs::path& file, const std::string& found) {
  throw Error{ErrorKind::internal,
              {.what = "the file could not be written",
               .where = file.string(),
               .found = found,
               .fix = "check free space and the permissions of the folder"}};
}

/// A new file beside `target`, removed unless it was renamed. Its name is unique in this process;
/// where another machine uses the same folder, O_EXCL makes one of the two take the next name. (Not
/// mkstemp: its files have other permissions than results should have.)
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& target) {
    static std::atomic<unsigned> counter{0};
    do {
      path_ = target.parent_path() / fmt::format(".mbench-{}-{}.tmp", ::getpid(), ++counter);
      descriptor_.emplace(
          ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));  // less umask
    } while (descriptor_->get() < 0 && errno == EEXIST);
    if (descriptor_->get() < 0) throw_unwritable(target, reason(errno));
  }
  ~TemporaryFile() {
    if (!renamed_) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void write(std::span<const std::byte> bytes, const fs::path& target) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_->get(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw_unwritable(target, reason(errno));
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }

  void rename_to(const fs::path& target) {
    if (!descriptor_->close() || ::rename(path_.c_str(), target.c_str()) != 0) {
      throw_unwritable(target, reason(errno));
    }
    renamed_ = true;
  }

 private:
  fs::path path_{};
  std::optional<Descriptor> descriptor_{};
  bool renamed_{false};
};

}  // namespace

std::vector<std::byte> read_bytes(const fs::path& file, std::size_t limit) {
  // O_NONBLOCK: opening a pipe by mistake must not wait for its writer.
  const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (descriptor.get() < 0) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR) {
      throw unreadable("the image file does not exist", "", "check the name and the folder");
    }
    throw unreadable("the image file cannot be opened", reason(error), "check its permissions");
  }
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) {
    throw unreadable("the image file cannot be read", reason(errno), "");
  }
  if (S_ISDIR(status.st_mode)) {
    throw unreadable("an image file is expected, not a folder", "a folder",
                     "name a file inside the folder");
  }
  if (!S_ISREG(status.st_mode)) {
    throw unreadable("an image must be a regular file", "a device, pipe or socket",
                     "copy the image to a file");
  }
  std::vector<std::byte> bytes(std::min(limit, static_cast<std::size_t>(status.st_size)));
  std::size_t count = 0;
  while (count < bytes.size()) {
    const ssize_t got = ::read(descriptor.get(), bytes.data() + count, bytes.size() - count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw unreadable("the image file cannot be read", reason(errno), "");
    if (got == 0) break;  // it became shorter meanwhile: the decoder will say so
    count += static_cast<std::size_t>(got);
  }
  bytes.resize(count);
  return bytes;
}

void write_bytes_atomically(const fs::path& file, std::span<const std::byte> bytes) {
  std::error_code error;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  if (error) throw_unwritable(file, error.message());
  TemporaryFile temporary{file};
  temporary.write(bytes, file);
  temporary.rename_to(file);
}

}  // namespace mbench::imaging
