#include "core/matte.hpp"

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;

TEST_CASE("a matte keeps the depth of its file", "[core][matte]") {
  CHECK(Matte{Plane<std::uint8_t>{{2, 1}, 7}}.depth() == Depth::u8);
  CHECK(Matte{Plane<std::uint16_t>{{2, 1}, 7}}.depth() == Depth::u16);
  CHECK(Matte{Plane<float>{{2, 1}, 0.5F}}.depth() == Depth::f32);
}

TEST_CASE("8-bit values survive the way through 16 bits and through floats", "[core][matte]") {
  Plane<std::uint8_t> levels{{256, 1}};
  for (int x = 0; x < 256; ++x) levels(0, x) = static_cast<std::uint8_t>(x);
  CHECK(to_u8(Matte{to_u16(levels.view())}) == levels);
  CHECK(to_u8(Matte{to_f32(levels.view())}) == levels);
}

TEST_CASE("rounding to 8 bits is to nearest", "[core][matte]") {
  const Plane<float> alpha{{3, 1}, std::vector<float>{0.4999F / 255, 0.5001F / 255, 1.0F}};
  CHECK(to_u8(alpha.view()) == Plane<std::uint8_t>{{3, 1}, std::vector<std::uint8_t>{0, 1, 255}});
  const Plane<std::uint16_t> wide{{2, 1}, std::vector<std::uint16_t>{128, 129}};
  CHECK(to_u8(wide.view()) == Plane<std::uint8_t>{{2, 1}, std::vector<std::uint8_t>{0, 1}});
}

TEST_CASE("a float outside [0, 1] is refused, not clamped", "[core][matte]") {
  const Plane<float> alpha{{2, 1}, std::vector<float>{0.5F, 1.5F}};
  CHECK_THROWS_WITH(to_u8(alpha.view()), Catch::Contains("1.5 at row 0, column 1"));
  const Plane<float> nan{{1, 1}, std::vector<float>{std::numeric_limits<float>::quiet_NaN()}};
  CHECK_THROWS_AS(to_u16(nan.view()), Error);
}
