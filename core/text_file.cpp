#include "core/text_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench {
namespace fs = std::filesystem;

void throw_system_error(std::string_view what, const fs::path& file) {
  const int code = errno;
  throw Error{ErrorKind::internal,
              {.what = fmt::format("cannot {}", what),
               .where = file.string(),
               .found = std::generic_category().message(code),
               .fix = "check that the disk has room and that you may write there"}};
}

std::string read_text_file(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const auto fail = [&](int code) {
    throw Error{ErrorKind::bad_input,
                {.what = "cannot read file",
                 .where = file.string(),
                 .found = std::generic_category().message(code)}};
  };
  if (descriptor < 0) fail(errno);
  std::string text;
  std::string buffer(1 << 16, '\0');
  while (true) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count == 0) break;
    if (count > 0) {
      text.append(buffer, 0, static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      const int code = errno;
      ::close(descriptor);
      fail(code);
    }
  }
  ::close(descriptor);
  return text;
}

void write_all(int descriptor, std::string_view text, const fs::path& file) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      throw_system_error("write file", file);
    }
  }
}

void sync_file(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw_system_error("open file", file);
  const int result = ::fsync(descriptor);
  const int code = errno;
  ::close(descriptor);
  errno = code;
  if (result != 0) throw_system_error("flush file to disk", file);
}

void sync_folder(const fs::path& folder) {
  const fs::path path = folder.empty() ? fs::path{"."} : folder;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

void write_text_file_atomically(const fs::path& file, std::string_view text) {
  static std::atomic<unsigned> counter{0};  // two threads may write the same file at once
  const fs::path folder = file.parent_path();
  if (!folder.empty()) {
    std::error_code code;
    fs::create_directories(folder, code);
    if (code) {
      errno = code.value();
      throw_system_error("make folder", folder);
    }
  }
  fs::path temporary = file;
  temporary += fmt::format(".{}-{}.tmp", ::getpid(), counter++);
  // Not mkstemp(): its files are readable by their owner alone, whatever the umask says.
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) throw_system_error("create file", temporary);
  try {
    try {
      write_all(descriptor, text, temporary);
      if (::fsync(descriptor) != 0) throw_system_error("flush file to disk", temporary);
    } catch (...) {
      ::close(descriptor);
      throw;
    }
    if (::close(descriptor) != 0) throw_system_error("close file", temporary);
    if (::rename(temporary.c_str(), file.c_str()) != 0) throw_system_error("rename file to", file);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  sync_folder(folder);
}

}  // namespace mbench
