#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mbench::selftest {

/// An array as NumPy stores it, row-major.
template <typename T>
struct NumpyArrayOf {
  std::vector<std::int64_t> shape{};
  std::vector<T> values{};
};
using NumpyArray = NumpyArrayOf<float>;

/// Reads the format .npy 1.0 and 2.0 with little-endian float32, float64, uint8, int32 or int64
/// elements in C order; doubles are rounded to float. Throws bad_input for anything else.
[[nodiscard]] NumpyArray parse_npy(std::span<const std::byte> bytes);
/// The same without rounding.
[[nodiscard]] NumpyArrayOf<double> parse_npy_f64(std::span<const std::byte> bytes);

}  // namespace mbench::selftest
