#pragma once
#include <cstddef>
#include <vector>

namespace mbench::imaging {

/// Rows that were computed from those of an image, each kept until one whose number differs by a
/// multiple of `window` takes its place: one after another, windows of `window` neighbouring rows
/// cost each row once, and all rows of a window are there at the same time.
template <typename Value>
class RowCache {
 public:
  RowCache(int window, std::size_t length)
      : window_{window},
        length_{length},
        values_(static_cast<std::size_t>(window) * length),
        held_(static_cast<std::size_t>(window), -1) {}

  /// Row y >= 0, written by make(y, row) unless it is held.
  template <typename Make>
  const Value* get(int y, Make make) {
    const auto slot = static_cast<std::size_t>(y % window_);
    Value* const row = values_.data() + slot * length_;
    if (held_[slot] != y) {
      make(y, row);
      held_[slot] = y;
    }
    return row;
  }

 private:
  int window_;
  std::size_t length_;
  std::vector<Value> values_;
  std::vector<int> held_;
};

}  // namespace mbench::imaging
