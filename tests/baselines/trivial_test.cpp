#include "baselines/method.hpp"
#include "core/error.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::estimate;
using mbench::testing::make_method;

namespace {

const Image kImage{Plane<Rgb<std::uint8_t>>{Size{3, 2}}};

}  // namespace

TEST_CASE("constant gives one alpha at every pixel", "[baselines][constant]") {
  const MattingInput input{.sample_id = "s", .image = kImage};
  CHECK(make_method("constant")->estimate(input).alpha == Matte{Plane<float>{Size{3, 2}, 0.5F}});
  CHECK(make_method("constant:alpha=1")->estimate(input).alpha ==
        Matte{Plane<float>{Size{3, 2}, 1.0F}});
  CHECK_FALSE(find_method("constant").needs.trimap);
}

TEST_CASE("constant refuses an alpha outside [0, 1]", "[baselines][constant]") {
  CHECK_THROWS_WITH(make_method("constant:alpha=1.5"),
                    Catch::Contains("a number from 0 to 1") && Catch::Contains("'1.5'"));
}

TEST_CASE("trimap-as-alpha is the trimap's 8-bit values", "[baselines][trimap_as_alpha]") {
  const Trimap trimap{Size{3, 2}, {0, 128, 255, 255, 128, 0}};
  const Estimate answer = estimate("trimap-as-alpha", kImage, trimap);
  CHECK(answer.alpha == Matte{Plane<std::uint8_t>{Size{3, 2}, {0, 128, 255, 255, 128, 0}}});
  CHECK(answer.alpha.view().alpha(0, 1) == 128.0 / 255.0);
  CHECK(answer.degenerate.empty());
  CHECK(find_method("trimap-as-alpha").needs.trimap);
}

TEST_CASE("methods with a trimap refuse its absence, another size, other levels",
          "[baselines][trimap_input]") {
  const std::string method = GENERATE("trimap-as-alpha", "closed-form");
  CAPTURE(method);
  CHECK_THROWS_WITH(
      make_method(method)->estimate({.sample_id = "GT01", .image = kImage}),
      Catch::Contains("method '" + method + "' needs a trimap") && Catch::Contains("GT01"));
  CHECK_THROWS_WITH(estimate(method, kImage, Trimap{Size{2, 3}}),
                    Catch::Contains("image and trimap must have one size") &&
                        Catch::Contains("3x2 (image)") && Catch::Contains("2x3 (trimap)"));
  CHECK_THROWS_WITH(estimate(method, kImage, Trimap{Size{3, 2}, {0, 127, 255, 1, 128, 0}}),
                    Catch::Contains("2 pixels at other levels") && Catch::Contains("0, 128, 255"));
  try {
    static_cast<void>(make_method(method)->estimate({.sample_id = "GT01", .image = kImage}));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
  }
}
