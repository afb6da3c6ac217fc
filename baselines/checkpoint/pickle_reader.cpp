#include "baselines/checkpoint/pickle_reader.hpp"

#include <algorithm>

namespace mbench::checkpoint {
namespace {

constexpr std::size_t kSmall = 256;  // a name: not worth a system call
constexpr std::size_t kLongestLine = 1024;

}  // namespace

std::uint8_t PickleReader::byte() {
  if (position_ < buffer_start_ || position_ >= buffer_start_ + buffer_size_) {
    if (position_ >= source_.size()) throw_truncated(position_ + 1, source_.size());
    buffer_size_ = static_cast<std::size_t>(
        std::min<std::uint64_t>(buffer_.size(), source_.size() - position_));
    source_.read(position_, std::span{buffer_}.first(buffer_size_));
    buffer_start_ = position_;
  }
  return static_cast<std::uint8_t>(buffer_[static_cast<std::size_t>(position_++ - buffer_start_)]);
}

std::uint64_t PickleReader::number(std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value |= std::uint64_t{byte()} << (8 * i);
  return value;
}

std::string PickleReader::bytes(std::uint64_t count) {
  if (position_ > source_.size() || count > source_.size() - position_) {
    throw_truncated(position_ + std::min(count, UINT64_MAX - position_), source_.size());
  }
  std::string text(static_cast<std::size_t>(count), '\0');
  if (count <= kSmall) {
    for (char& next : text) next = static_cast<char>(byte());
    return text;
  }
  source_.read(position_, std::as_writable_bytes(std::span{text}));
  position_ += count;
  return text;
}

std::string PickleReader::line() {
  std::string text;
  for (std::uint8_t next = byte(); next != '\n'; next = byte()) {
    if (text.size() == kLongestLine) break;  // no name is that long: it will not be a known one
    text += static_cast<char>(next);
  }
  return text;
}

}  // namespace mbench::checkpoint
