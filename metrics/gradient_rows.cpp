#include "metrics/gradient_rows.hpp"

#include "core/simd_clones.hpp"

namespace mbench::metrics {
namespace {

MBENCH_SIMD_BODY std::uint8_t noted(bool here, std::uint8_t left, std::uint8_t window) {
  const auto rest = static_cast<std::uint8_t>(left - (left != 0 ? 1 : 0));
  return here ? window : rest;
}

template <typename T>
MBENCH_SIMD_BODY void note_changes_of(const T* row, const T* above,
                                      std::uint8_t* __restrict rows_left, std::uint8_t window,
                                      int width) {
  rows_left[0] = noted(row[0] != above[0], rows_left[0], window);
  for (int x = 1; x < width; ++x) {
    const bool changed = (row[x] != row[x - 1]) | (row[x] != above[x]);
    rows_left[x] = noted(changed, rows_left[x], window);
  }
}

template <typename T>
MBENCH_SIMD_BODY void note_differences_of(const T* first, const T* second,
                                          std::uint8_t* __restrict rows_left, std::uint8_t window,
                                          int width) {
  for (int x = 0; x < width; ++x) {
    rows_left[x] = noted(first[x] != second[x], rows_left[x], window);
  }
}

}  // namespace

MBENCH_SIMD_CLONES void note_changes(const std::uint8_t* row, const std::uint8_t* above,
                                     std::uint8_t* rows_left, std::uint8_t window, int width) {
  note_changes_of(row, above, rows_left, window, width);
}
MBENCH_SIMD_CLONES void note_changes(const std::uint16_t* row, const std::uint16_t* above,
                                     std::uint8_t* rows_left, std::uint8_t window, int width) {
  note_changes_of(row, above, rows_left, window, width);
}
void note_changes(const double* row, const double* above, std::uint8_t* rows_left,
                  std::uint8_t window, int width) {
  note_changes_of(row, above, rows_left, window, width);
}

MBENCH_SIMD_CLONES void note_differences(const std::uint8_t* first, const std::uint8_t* second,
                                         std::uint8_t* rows_left, std::uint8_t window, int width) {
  note_differences_of(first, second, rows_left, window, width);
}
MBENCH_SIMD_CLONES void note_differences(const std::uint16_t* first, const std::uint16_t* second,
                                         std::uint8_t* rows_left, std::uint8_t window, int width) {
  note_differences_of(first, second, rows_left, window, width);
}
void note_differences(const double* first, const double* second, std::uint8_t* rows_left,
                      std::uint8_t window, int width) {
  note_differences_of(first, second, rows_left, window, width);
}

MBENCH_SIMD_CLONES void to_doubles(const std::uint8_t* from, double* to, int width) {
  for (int x = 0; x < width; ++x) to[x] = static_cast<double>(from[x]);
}
MBENCH_SIMD_CLONES void to_doubles(const std::uint16_t* from, double* to, int width) {
  for (int x = 0; x < width; ++x) to[x] = static_cast<double>(from[x]);
}

}  // namespace mbench::metrics
