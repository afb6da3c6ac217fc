#include "baselines/checkpoint/stored_tensor.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::checkpoint;

namespace {

template <typename Element>
StoredTensor tensor_of(ElementType type, std::vector<Element> elements) {
  auto storage = std::make_shared<StorageBytes>(elements.size() * sizeof(Element));
  std::memcpy(storage->bytes().data(), elements.data(), storage->bytes().size());
  const Shape shape{static_cast<std::int64_t>(elements.size())};
  return {.name = "t",
          .type = type,
          .shape = shape,
          .strides = contiguous_strides(shape),
          .storage = storage};
}

}  // namespace

TEST_CASE("every half-precision number converts to the float of its value", "[checkpoint]") {
  for (unsigned bits = 0; bits < 0x10000U; ++bits) {
    const unsigned exponent = bits >> 10U & 0x1FU;
    const unsigned fraction = bits & 0x3FFU;
    const float found = float_from_half(static_cast<std::uint16_t>(bits));
    if (exponent == 31 && fraction != 0) {
      REQUIRE(std::isnan(found));
      continue;
    }
    double value = exponent == 0 ? std::ldexp(fraction, -24)
                                 : std::ldexp(1024 + fraction, static_cast<int>(exponent) - 25);
    if (exponent == 31) value = std::numeric_limits<double>::infinity();
    REQUIRE(double{found} == ((bits & 0x8000U) != 0 ? -value : value));
    REQUIRE(std::signbit(found) == ((bits & 0x8000U) != 0));
  }
}

TEST_CASE("bfloat16 is the upper half of a float", "[checkpoint]") {
  CHECK(float_from_bfloat16(0x3F80) == 1.0F);
  CHECK(float_from_bfloat16(0xC040) == -3.0F);
  CHECK(float_from_bfloat16(0x0001) == std::ldexp(1.0F, -133));
  CHECK(std::isinf(float_from_bfloat16(0x7F80)));
  CHECK(std::isnan(float_from_bfloat16(0x7FC0)));
}

TEST_CASE("elements of every type become floats", "[checkpoint]") {
  const std::vector<float> expected{0.0F, 1.0F, 100.0F};
  CHECK(tensor_of<float>(ElementType::f32, {0, 1, 100}).to_float32() == expected);
  CHECK(tensor_of<double>(ElementType::f64, {0, 1, 100}).to_float32() == expected);
  CHECK(tensor_of<std::uint16_t>(ElementType::f16, {0, 0x3C00, 0x5640}).to_float32() == expected);
  CHECK(tensor_of<std::uint16_t>(ElementType::bf16, {0, 0x3F80, 0x42C8}).to_float32() == expected);
  CHECK(tensor_of<std::int64_t>(ElementType::i64, {0, 1, 100}).to_float32() == expected);
  CHECK(tensor_of<std::int32_t>(ElementType::i32, {0, 1, 100}).to_float32() == expected);
  CHECK(tensor_of<std::int16_t>(ElementType::i16, {0, 1, 100}).to_float32() == expected);
  CHECK(tensor_of<std::int8_t>(ElementType::i8, {0, 1, 100}).to_float32() == expected);
  CHECK(tensor_of<std::uint8_t>(ElementType::u8, {0, 1, 100}).to_float32() == expected);
  CHECK(tensor_of<std::uint8_t>(ElementType::boolean, {0, 1, 7}).to_float32() ==
        std::vector<float>{0.0F, 1.0F, 1.0F});
}

TEST_CASE("integers keep all their digits", "[checkpoint]") {
  constexpr std::int64_t kLarge = (std::int64_t{1} << 60) + 1;
  CHECK(tensor_of<std::int64_t>(ElementType::i64, {kLarge, -3}).to_int64() ==
        std::vector<std::int64_t>{kLarge, -3});
  CHECK(tensor_of<std::int8_t>(ElementType::i8, {-1}).to_int64() == std::vector<std::int64_t>{-1});
  CHECK(tensor_of<std::uint8_t>(ElementType::u8, {255}).to_int64() ==
        std::vector<std::int64_t>{255});
  CHECK_THROWS_WITH(tensor_of<float>(ElementType::f32, {1}).to_int64(),
                    Catch::Contains("tensor 't' must hold integers") && Catch::Contains("float32"));
}

TEST_CASE("a view is read along its strides", "[checkpoint]") {
  StoredTensor tensor = tensor_of<float>(ElementType::f32, {0, 1, 2, 3, 4, 5, 6, 7});
  tensor.shape = {3, 2};
  tensor.strides = {1, 3};  // transposed 2 x 3, from element 1 on
  tensor.offset = 1;
  CHECK(tensor.to_float32() == std::vector<float>{1, 4, 2, 5, 3, 6});
  tensor.shape = {2, 2, 2};
  tensor.strides = {0, 4, 2};
  CHECK(tensor.to_float32() == std::vector<float>{1, 3, 5, 7, 1, 3, 5, 7});
  tensor.shape = {};
  tensor.strides = {};
  CHECK(tensor.to_float32() == std::vector<float>{1});
  tensor.shape = {3, 0};
  tensor.strides = {1, 1};
  CHECK(tensor.to_float32().empty());
}
