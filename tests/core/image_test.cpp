#include "core/image.hpp"

#include "tests/support/catch.hpp"

using namespace mbench;

TEST_CASE("an image of any depth becomes doubles in [0, 1]", "[core][image]") {
  const Image narrow{Plane<Rgb<std::uint8_t>>{{1, 1}, Rgb<std::uint8_t>{0, 51, 255}}};
  CHECK(to_f64(narrow)(0, 0) == Rgb<double>{0.0, 0.2, 1.0});
  const Image wide{Plane<Rgb<std::uint16_t>>{{1, 1}, Rgb<std::uint16_t>{0, 13107, 65535}}};
  CHECK(to_f64(wide)(0, 0) == Rgb<double>{0.0, 0.2, 1.0});
  const Image real{Plane<Rgb<float>>{{1, 1}, Rgb<float>{0.0F, 0.5F, 2.0F}}};
  CHECK(to_f64(real)(0, 0) == Rgb<double>{0.0, 0.5, 2.0});
}
