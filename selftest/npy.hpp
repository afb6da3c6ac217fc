#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mbench::selftest {

/// An array as NumPy stores it, row-major.
struct NumpyArray {
  std::vector<std::int64_t> shape{};
  std::vector<float> values{};
};

/// Reads the format .npy 1.0 and 2.0 with little-endian float32, float64, uint8, int32 or int64
/// elements in C order; doubles are rounded to float. Throws bad_input for anything else.
[[nodiscard]] NumpyArray parse_npy(std::span<const std::byte> bytes);

}  // namespace mbench::selftest
