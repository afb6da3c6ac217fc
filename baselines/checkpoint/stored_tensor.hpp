#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "baselines/checkpoint/element_type.hpp"

namespace mbench::checkpoint {

/// Lengths of the axes, outermost first; {} is a single number.
using Shape = std::vector<std::int64_t>;

/// "[64, 3, 7, 7]"; "[]" for a single number.
[[nodiscard]] std::string to_string(const Shape& shape);
/// Number of elements. The lengths must not be negative nor their product overflow.
[[nodiscard]] std::int64_t element_count(const Shape& shape);

/// The memory that one or several tensors are views of.
class StorageBytes {
 public:
  explicit StorageBytes(std::size_t size)
      : bytes_{std::make_unique_for_overwrite<std::byte[]>(size)}, size_{size} {}

  [[nodiscard]] std::span<std::byte> bytes() { return {bytes_.get(), size_}; }
  [[nodiscard]] std::span<const std::byte> bytes() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<std::byte[]> bytes_;
  std::size_t size_;
};

/// A named view of a storage, as the file declares it. The readers make only views that lie within
/// their storage.
struct StoredTensor {
  std::string name{};
  ElementType type{ElementType::f32};
  Shape shape{};
  std::vector<std::int64_t> strides{};  ///< elements between neighbours along each axis
  std::int64_t offset{0};               ///< of the first element, in elements
  /// Shared, since one storage may stand under several names (aliases, views).
  std::shared_ptr<const StorageBytes> storage{};

  /// All elements in row-major order, last axis fastest. float16 and bfloat16 convert exactly;
  /// float64 and large integers round to nearest. true is 1.
  [[nodiscard]] std::vector<float> to_float32() const;
  /// The same without an allocation; `out` has element_count(shape) places.
  void copy_float32(std::span<float> out) const;
  /// The elements of an integer or bool tensor. Throws bad_input for any other.
  [[nodiscard]] std::vector<std::int64_t> to_int64() const;
};

/// Are both one view of one storage, whatever their names?
[[nodiscard]] bool is_same_view(const StoredTensor& first, const StoredTensor& second);

/// The strides of a row-major tensor without gaps.
[[nodiscard]] std::vector<std::int64_t> contiguous_strides(const Shape& shape);

}  // namespace mbench::checkpoint
