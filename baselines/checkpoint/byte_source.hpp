#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace mbench::checkpoint {

/// Bytes that can be read from any place: a file, or memory.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Fills `out` with the bytes from `offset` on. Throws bad_input where the source ends earlier or
  /// the system cannot read it.
  virtual void read(std::uint64_t offset, std::span<std::byte> out) const = 0;
};

/// Throws bad_input, naming the system's reason, unless `file` is a file that can be read.
[[nodiscard]] std::unique_ptr<ByteSource> open_file(const std::filesystem::path& file);
/// The bytes must outlive the source.
[[nodiscard]] std::unique_ptr<ByteSource> open_memory(std::span<const std::byte> bytes);

/// SHA-256 of all bytes, as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_of(const ByteSource& source);

/// Throws bad_input: the bytes end before what they announce.
[[noreturn]] void throw_truncated(std::uint64_t needed, std::uint64_t size);

}  // namespace mbench::checkpoint
