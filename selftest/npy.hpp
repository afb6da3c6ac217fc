#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mbench::selftest {

/// An array as NumPy stores it, row-major, its elements converted to `Value`.
template <typename Value>
struct NumpyArrayOf {
  std::vector<std::int64_t> shape{};
  std::vector<Value> values{};
};
using NumpyArray = NumpyArrayOf<float>;
using NumpyArrayF64 = NumpyArrayOf<double>;

/// Reads the format .npy 1.0 and 2.0 with little-endian float32, float64, uint8, int32 or int64
/// elements in C order; doubles are rounded to float. Throws bad_input for anything else.
[[nodiscard]] NumpyArray parse_npy(std::span<const std::byte> bytes);
/// The same with the elements as doubles: of the types above only int64 can lose digits.
[[nodiscard]] NumpyArrayF64 parse_npy_f64(std::span<const std::byte> bytes);

}  // namespace mbench::selftest
