#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "baselines/checkpoint/byte_source.hpp"

namespace mbench::checkpoint {

/// Reads a source from front to back through a small buffer.
class PickleReader {
 public:
  /// From `offset` of the source on.
  explicit PickleReader(const ByteSource& source, std::uint64_t offset = 0)
      : source_{source}, position_{offset} {}

  /// Offset of the next byte.
  [[nodiscard]] std::uint64_t position() const { return position_; }
  [[nodiscard]] std::uint8_t byte();
  /// `count` bytes as a little-endian number; count is 1 to 8.
  [[nodiscard]] std::uint64_t number(std::size_t count);
  /// Allocates only what the source still holds.
  [[nodiscard]] std::string bytes(std::uint64_t count);
  /// Up to the next line feed, which is not part of it; at most 1024 characters.
  [[nodiscard]] std::string line();

 private:
  const ByteSource& source_;
  std::uint64_t position_;
  std::uint64_t buffer_start_{0};
  std::size_t buffer_size_{0};
  std::array<std::byte, 1U << 14U> buffer_;
};

}  // namespace mbench::checkpoint
