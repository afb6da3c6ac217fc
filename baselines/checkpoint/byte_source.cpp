#include "baselines/checkpoint/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/sha256.hpp"

namespace mbench::checkpoint {
namespace {

void require_within(std::uint64_t offset, std::size_t count, std::uint64_t size) {
  if (offset > size || count > size - offset) throw_truncated(offset + count, size);
}

/// Read, not mapped: a file that shrinks meanwhile is then an error and not the end of the program.
class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, std::uint64_t size) : descriptor_{descriptor}, size_{size} {}
  ~FileSource() override { ::close(descriptor_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  void read(std::uint64_t offset, std::span<std::byte> out) const override {
    require_within(offset, out.size(), size_);
    while (!out.empty()) {
      const ssize_t count =
          ::pread(descriptor_, out.data(), out.size(), static_cast<off_t>(offset));
      if (count == 0) throw_truncated(offset + out.size(), offset);
      if (count < 0) {
        if (errno == EINTR) continue;
        throw Error{ErrorKind::bad_input,
                    {.what = "cannot read file", .found = std::generic_category().message(errno)}};
      }
      offset += static_cast<std::uint64_t>(count);
      out = out.subspan(static_cast<std::size_t>(count));
    }
  }

 private:
  int descriptor_;
  std::uint64_t size_;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::span<const std::byte> bytes) : bytes_{bytes} {}

  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

  void read(std::uint64_t offset, std::span<std::byte> out) const override {
    require_within(offset, out.size(), bytes_.size());
    if (!out.empty()) std::memcpy(out.data(), bytes_.data() + offset, out.size());
  }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace

void throw_truncated(std::uint64_t needed, std::uint64_t size) {
  throw Error{ErrorKind::bad_input,
              {.what = "the weight file ends too early",
               .expected = fmt::format("at least {} bytes", needed),
               .found = fmt::format("{} bytes", size),
               .fix = "fetch it again: it was cut off or damaged"}};
}

std::unique_ptr<ByteSource> open_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status {};
  const bool is_known = descriptor >= 0 && ::fstat(descriptor, &status) == 0;
  if (!is_known || !S_ISREG(status.st_mode)) {
    const std::string reason =
        is_known ? "it is no regular file" : std::generic_category().message(errno);
    if (descriptor >= 0) ::close(descriptor);
    throw Error{ErrorKind::bad_input,
                {.what = "cannot read the weight file",
                 .found = reason,
                 .fix = "check the path; `mbench list methods` says which "
                        "file a method wants"}};
  }
  return std::make_unique<FileSource>(descriptor, static_cast<std::uint64_t>(status.st_size));
}

std::unique_ptr<ByteSource> open_memory(std::span<const std::byte> bytes) {
  return std::make_unique<MemorySource>(bytes);
}

std::string sha256_of(const ByteSource& source) {
  Sha256 hash;
  std::vector<std::byte> buffer(std::size_t{1} << 20U);
  for (std::uint64_t offset = 0; offset < source.size();) {
    const std::uint64_t count = std::min<std::uint64_t>(buffer.size(), source.size() - offset);
    const std::span part{buffer.data(), static_cast<std::size_t>(count)};
    source.read(offset, part);
    hash.update(part);
    offset += count;
  }
  return hash.hex_digest();
}

}  // namespace mbench::checkpoint
