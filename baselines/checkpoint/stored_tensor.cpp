#include "baselines/checkpoint/stored_tensor.hpp"

#include <cassert>
#include <cstring>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"

namespace mbench::checkpoint {
namespace {

/// Calls use(position) with the place in the storage of each element, in row-major order.
template <typename Use>
void for_each_position(const StoredTensor& tensor, Use use) {
  const std::int64_t count = element_count(tensor.shape);
  if (count == 0) return;
  const std::size_t axes = tensor.shape.size();
  if (axes == 0) return use(tensor.offset);
  const std::int64_t inner_length = tensor.shape.back();
  const std::int64_t inner_stride = tensor.strides.back();
  std::vector<std::int64_t> index(axes, 0);
  std::int64_t start = tensor.offset;
  for (std::int64_t done = 0; done < count; done += inner_length) {
    for (std::int64_t i = 0; i < inner_length; ++i) use(start + i * inner_stride);
    for (std::size_t axis = axes - 1; axis-- > 0;) {
      start += tensor.strides[axis];
      if (++index[axis] < tensor.shape[axis]) break;
      start -= index[axis] * tensor.strides[axis];
      index[axis] = 0;
    }
  }
}

/// The elements, stored as Stored, each turned into a number by `convert`.
template <typename Stored, typename Out, typename Convert>
void copy_elements(const StoredTensor& tensor, std::span<Out> out, Convert convert) {
  const std::byte* bytes = tensor.storage->bytes().data();
  Out* next = out.data();
  for_each_position(tensor, [&](std::int64_t position) {
    Stored stored;
    std::memcpy(&stored, bytes + position * static_cast<std::int64_t>(sizeof stored),
                sizeof stored);
    *next++ = convert(stored);
  });
}

template <typename Out>
void copy_integers(const StoredTensor& tensor, std::span<Out> out) {
  const auto cast = [](auto stored) { return static_cast<Out>(stored); };
  switch (tensor.type) {
    case ElementType::i64: return copy_elements<std::int64_t>(tensor, out, cast);
    case ElementType::i32: return copy_elements<std::int32_t>(tensor, out, cast);
    case ElementType::i16: return copy_elements<std::int16_t>(tensor, out, cast);
    case ElementType::i8: return copy_elements<std::int8_t>(tensor, out, cast);
    case ElementType::u8: return copy_elements<std::uint8_t>(tensor, out, cast);
    default: break;
  }
  copy_elements<std::uint8_t>(tensor, out,
                              [](std::uint8_t stored) { return static_cast<Out>(stored != 0); });
}

}  // namespace

std::string to_string(const Shape& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

std::int64_t element_count(const Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t length : shape) count *= length;
  return count;
}

std::vector<std::int64_t> contiguous_strides(const Shape& shape) {
  std::vector<std::int64_t> strides(shape.size());
  std::int64_t stride = 1;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

std::vector<float> StoredTensor::to_float32() const {
  std::vector<float> values(static_cast<std::size_t>(element_count(shape)));
  copy_float32(values);
  return values;
}

void StoredTensor::copy_float32(std::span<float> out) const {
  assert(out.size() == static_cast<std::size_t>(element_count(shape)));
  if (out.empty()) return;
  switch (type) {
    case ElementType::f32:
      if (strides == contiguous_strides(shape)) {
        std::memcpy(out.data(), storage->bytes().data() + offset * 4, out.size_bytes());
      } else {
        copy_elements<float>(*this, out, [](float stored) { return stored; });
      }
      return;
    case ElementType::f64:
      return copy_elements<double>(*this, out,
                                   [](double stored) { return static_cast<float>(stored); });
    case ElementType::f16: return copy_elements<std::uint16_t>(*this, out, float_from_half);
    case ElementType::bf16: return copy_elements<std::uint16_t>(*this, out, float_from_bfloat16);
    default: copy_integers(*this, out);
  }
}

std::vector<std::int64_t> StoredTensor::to_int64() const {
  if (!is_integer(type)) {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("tensor '{}' must hold integers", name),
                 .expected = "an integer type or bool",
                 .found = std::string{to_string(type)}}};
  }
  std::vector<std::int64_t> values(static_cast<std::size_t>(element_count(shape)));
  copy_integers<std::int64_t>(*this, values);
  return values;
}

bool is_same_view(const StoredTensor& first, const StoredTensor& second) {
  return first.storage == second.storage && first.type == second.type &&
         first.offset == second.offset && first.shape == second.shape &&
         first.strides == second.strides;
}

}  // namespace mbench::checkpoint
