#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mbench::checkpoint {

/// What the elements of a stored tensor are. Files hold them little-endian.
enum class ElementType : std::uint8_t { f32, f64, f16, bf16, i64, i32, i16, i8, u8, boolean };

/// Bytes of one element.
[[nodiscard]] std::size_t size_of(ElementType type);
/// "float32", "bfloat16", "int64", "bool": the names of PyTorch and of keys.json.
[[nodiscard]] std::string_view to_string(ElementType type);
[[nodiscard]] bool is_integer(ElementType type);

/// IEEE 754 binary16 as float; exact, infinities and the payloads of NaNs included.
[[nodiscard]] float float_from_half(std::uint16_t bits);
/// bfloat16 (the upper half of a float) as float; exact.
[[nodiscard]] float float_from_bfloat16(std::uint16_t bits);

}  // namespace mbench::checkpoint
