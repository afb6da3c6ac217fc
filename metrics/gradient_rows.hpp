#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "core/size.hpp"
#include "metrics/matte_rows.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// Rows are worked on in blocks of this many columns.
constexpr int kBlockColumns = 16;

/// Number of blocks of a row; the last one may reach beyond the image.
[[nodiscard]] constexpr int block_count(int width) {
  return (width + kBlockColumns - 1) / kBlockColumns;
}

/// Calls use(first, end) for every run of blocks that are on.
template <typename Use>
void for_each_run(const std::vector<std::uint8_t>& on, Use&& use) {
  const int blocks = static_cast<int>(on.size());
  for (int first = 0; first < blocks; ++first) {
    if (on[static_cast<std::size_t>(first)] == 0) continue;
    int end = first + 1;
    while (end < blocks && on[static_cast<std::size_t>(end)] != 0) ++end;
    use(first, end);
    first = end;
  }
}

/// Whether one of kCount bytes is not zero.
template <std::size_t kCount>
[[nodiscard]] bool any_set(const std::uint8_t* bytes) {
  static_assert(kCount >= 8);
  const auto word_at = [bytes](std::size_t offset) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + offset, sizeof word);
    return word;
  };
  std::uint64_t all = word_at(kCount - 8);
  for (std::size_t offset = 0; offset + 8 < kCount; offset += 8) all |= word_at(offset);
  return all != 0;
}

/// The pixel of 0 ... size-1 that stands at `index`, which may lie outside.
[[nodiscard]] inline int inside_index(int index, int size, Border border) {
  if (index >= 0 && index < size) return index;
  if (border == Border::replicate) return std::clamp(index, 0, size - 1);
  const int period = 2 * size;  // 0 ... n-1, n-1 ... 0, and again
  const int phase = ((index % period) + period) % period;
  return phase < size ? phase : period - 1 - phase;
}

// Mattes of 8 and 16 bits and of doubles, which have overloads because a template cannot have SIMD
// clones. There is none for the 32 bits of stretched 16-bit mattes: Grad takes stretching as a
// factor and never sees them.

/// Where a pixel differs from the one before it or above it, `rows_left` becomes `window`;
/// elsewhere it is counted down.
void note_changes(const std::uint8_t* row, const std::uint8_t* above, std::uint8_t* rows_left,
                  std::uint8_t window, int width);
void note_changes(const std::uint16_t* row, const std::uint16_t* above, std::uint8_t* rows_left,
                  std::uint8_t window, int width);
void note_changes(const double* row, const double* above, std::uint8_t* rows_left,
                  std::uint8_t window, int width);

/// Where two rows differ, `rows_left` becomes `window`; elsewhere it is counted down.
void note_differences(const std::uint8_t* first, const std::uint8_t* second,
                      std::uint8_t* rows_left, std::uint8_t window, int width);
void note_differences(const std::uint16_t* first, const std::uint16_t* second,
                      std::uint8_t* rows_left, std::uint8_t window, int width);
void note_differences(const double* first, const double* second, std::uint8_t* rows_left,
                      std::uint8_t window, int width);

/// The same `width` numbers as doubles.
void to_doubles(const std::uint8_t* from, double* to, int width);
void to_doubles(const std::uint16_t* from, double* to, int width);

/// Tells which blocks have something noted within reach of a kernel of radius R: up to R rows above
/// or below and R columns beside one of their pixels. Asked for row after row. Border rules only
/// repeat pixels that are within R anyway, so borders need no care.
template <int R>
class NotesInReach {
 public:
  explicit NotesInReach(Size size)
      : height_{size.height},
        rows_left_(static_cast<std::size_t>(block_count(size.width) * kBlockColumns) + 2 * R) {}

  /// Goes on to row y: the first call must be for row 0, each further one for the next row.
  /// note(row, rows_left, window) sets `rows_left` to `window` in the columns of that row where
  /// there is something to note and counts it down elsewhere.
  template <typename Note>
  void go_to(int y, Note&& note) {
    for (; next_row_ <= y + R; ++next_row_) {
      if (next_row_ < height_) {
        note(next_row_, rows_left_.data() + R, std::uint8_t{2 * R + 1});
      } else {
        for (std::uint8_t& left : rows_left_) {
          left = static_cast<std::uint8_t>(left - (left != 0 ? 1 : 0));
        }
      }
    }
  }

  [[nodiscard]] bool none(int block) const {
    return !any_set<kBlockColumns + 2 * R>(rows_left_.data() + block * kBlockColumns);
  }

 private:
  int height_;
  int next_row_{0};
  /// For how many more rows a note in column x, at index x + R, is within reach.
  std::vector<std::uint8_t> rows_left_;
};

/// The last 2R + 1 rows of a matte as doubles, each R columns wider on both sides. Blocks are
/// converted when they are needed.
template <typename T, int R>
class RowWindow {
 public:
  static constexpr int kRows = 2 * R + 1;
  static_assert(R <= kBlockColumns, "a kernel reaches no further than the next block");

  RowWindow(const MatteRows<T>& matte, Border border)
      : matte_{matte},
        border_{border},
        stride_{static_cast<std::size_t>(matte.size().width) + 2 * R},
        values_(stride_ * kRows),
        converted_(static_cast<std::size_t>(block_count(matte.size().width)), -1) {}

  /// Pointers to the rows y-R ... y+R. Column x of the image stands at index x + R. The rows that a
  /// border rule puts outside the image are all among the rows y-R ... y+R inside, so one place per
  /// row, y modulo 2R + 1, is enough.
  [[nodiscard]] std::array<const double*, kRows> around(int y) const {
    std::array<const double*, kRows> rows{};
    for (int i = 0; i < kRows; ++i) {
      rows[static_cast<std::size_t>(i)] =
          values_.data() + place(inside_index(y + i - R, matte_.size().height, border_));
    }
    return rows;
  }

  /// Makes these blocks, and R columns on both sides, ready in the rows around y. Rows must be
  /// asked for in order.
  void prepare(int y, int first, int end) {
    const int last_row = std::min(y + R, matte_.size().height - 1);
    const int end_block = std::min(end + 1, static_cast<int>(converted_.size()));
    for (int block = std::max(first - 1, 0); block < end_block;) {
      // Neighbours that lack the same rows are converted together.
      const int converted = converted_[static_cast<std::size_t>(block)];
      const int begin = block;
      for (; block < end_block && converted_[static_cast<std::size_t>(block)] == converted;
           ++block) {
        converted_[static_cast<std::size_t>(block)] = last_row;
      }
      for (int row = std::max({converted + 1, y - R, 0}); row <= last_row; ++row) {
        convert(row, begin * kBlockColumns, block * kBlockColumns);
      }
    }
  }

 private:
  [[nodiscard]] std::size_t place(int y) const {
    return static_cast<std::size_t>(y % kRows) * stride_;
  }

  /// Columns [begin, end), where end may lie beyond the image.
  void convert(int y, int begin, int end) {
    const int width = matte_.size().width;
    const int last = std::min(end, width);
    double* const row = values_.data() + place(y);
    if constexpr (std::is_same_v<T, double>) {
      matte_.read(y, begin, last, row + R + begin);
    } else if (const T* const there = matte_.in_place(y)) {
      to_doubles(there + begin, row + R + begin, last - begin);
    } else {
      piece_.resize(static_cast<std::size_t>(last - begin));
      matte_.read(y, begin, last, piece_.data());
      to_doubles(piece_.data(), row + R + begin, last - begin);
    }
    for (int x = 1; x <= R && begin == 0; ++x) {
      row[R - x] = static_cast<double>(matte_(y, inside_index(-x, width, border_)));
    }
    for (int x = 0; x < R && end >= width; ++x) {
      row[R + width + x] = static_cast<double>(matte_(y, inside_index(width + x, width, border_)));
    }
  }

  MatteRows<T> matte_;
  Border border_;
  std::size_t stride_;
  std::vector<double> values_;
  std::vector<T> piece_{};      ///< of a row, between two conversions
  std::vector<int> converted_;  ///< the last row in which each block was converted
};

}  // namespace mbench::metrics
