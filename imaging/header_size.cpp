#include "imaging/header_size.hpp"

#include <string>
#include <string_view>

namespace mbench::imaging {
namespace {

/// Reads unsigned integers of either byte order, refusing to leave the file.
class Reader {
 public:
  Reader(FileBytes file, bool big_endian, std::string_view format)
      : file_{file}, big_endian_{big_endian}, format_{format} {}

  [[nodiscard]] std::uint64_t unsigned_at(std::uint64_t offset, std::size_t bytes) const {
    const FileBytes field = bytes_at(offset, bytes);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
      const std::byte next = field[big_endian_ ? i : bytes - 1 - i];
      value = value << 8 | std::to_integer<std::uint64_t>(next);
    }
    return value;
  }

  [[nodiscard]] std::int64_t signed32_at(std::uint64_t offset) const {
    return static_cast<std::int32_t>(unsigned_at(offset, 4));
  }

  /// The text up to the next 0 byte.
  [[nodiscard]] std::string_view text_at(std::uint64_t offset) const {
    std::uint64_t end = offset;
    while (bytes_at(end, 1)[0] != std::byte{0}) ++end;
    return {reinterpret_cast<const char*>(file_.data()) + offset, end - offset};
  }

 private:
  [[nodiscard]] FileBytes bytes_at(std::uint64_t offset, std::size_t count) const {
    if (offset > file_.size() || count > file_.size() - offset) {
      throw damaged_file(format_, "the file ends inside its header");
    }
    return file_.subspan(offset, count);
  }

  FileBytes file_;
  bool big_endian_;
  std::string_view format_;
};

}  // namespace

HeaderSize tiff_header_size(FileBytes file) {
  constexpr std::uint64_t kWidthTag = 256;
  constexpr std::uint64_t kHeightTag = 257;
  constexpr std::uint64_t kOrientationTag = 274;
  constexpr std::uint64_t kShortType = 3;
  constexpr std::uint64_t kLong8Type = 16;
  const bool big_endian = !file.empty() && file[0] == std::byte{'M'};
  const Reader reader{file, big_endian, "TIFF"};
  const bool is_big_tiff = reader.unsigned_at(2, 2) == 43;
  // A directory: number of entries, then entries of tag, type, count, value.
  const std::uint64_t directory = is_big_tiff ? reader.unsigned_at(8, 8) : reader.unsigned_at(4, 4);
  const std::size_t count_bytes = is_big_tiff ? 8 : 2;
  const std::uint64_t entry_bytes = is_big_tiff ? 20 : 12;
  const std::uint64_t value_offset = is_big_tiff ? 12 : 8;
  const std::uint64_t entries = reader.unsigned_at(directory, count_bytes);
  HeaderSize header;
  for (std::uint64_t i = 0; i < entries; ++i) {  // ends at the latest where the file does
    const std::uint64_t entry = directory + count_bytes + i * entry_bytes;
    const std::uint64_t tag = reader.unsigned_at(entry, 2);
    if (tag > kOrientationTag) break;  // tags ascend
    if (tag != kWidthTag && tag != kHeightTag && tag != kOrientationTag) continue;
    const std::uint64_t type = reader.unsigned_at(entry + 2, 2);
    const std::size_t bytes = type == kShortType ? 2 : type == kLong8Type ? 8 : 4;
    const auto value = static_cast<std::int64_t>(reader.unsigned_at(entry + value_offset, bytes));
    if (tag == kWidthTag) header.width = value;
    if (tag == kHeightTag) header.height = value;
    if (tag == kOrientationTag) header.orientation = value >= 1 && value <= 8 ? int(value) : 1;
  }
  return header;
}

HeaderSize exr_header_size(FileBytes file) {
  const Reader reader{file, false, "EXR"};
  // Attributes: name, type, number of bytes, value; an empty name ends the header.
  std::uint64_t offset = 8;
  for (;;) {
    const std::string_view name = reader.text_at(offset);
    if (name.empty()) throw damaged_file("EXR", "a header without data window");
    offset += name.size() + 1;
    offset += reader.text_at(offset).size() + 1;
    const std::uint64_t bytes = reader.unsigned_at(offset, 4);
    offset += 4;
    if (name == "dataWindow" && bytes == 16) {  // first and last column and row
      return {.width = reader.signed32_at(offset + 8) - reader.signed32_at(offset) + 1,
              .height = reader.signed32_at(offset + 12) - reader.signed32_at(offset + 4) + 1};
    }
    offset += bytes;
  }
}

}  // namespace mbench::imaging
