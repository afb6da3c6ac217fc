#include "core/error.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::testing;

TEST_CASE("gfm answers images of any size and depth", "[baselines][deep][gfm]") {
  const auto method = make_untrained("gfm");
  for (const Size size : {Size{1, 1}, Size{40, 31}, Size{333, 65}}) {
    CAPTURE(to_string(size));
    const Image image = noise_image(size, 3);
    check_is_matte(*method, image);
    const Plane<Rgb<double>> unit = to_f64(image);
    Plane<Rgb<std::uint16_t>> deep{size};
    for (std::size_t i = 0; i < deep.values().size(); ++i) {
      const auto level = [](double value) { return static_cast<std::uint16_t>(value * 65535.0); };
      const Rgb<double>& pixel = unit.values()[i];
      deep.values()[i] = {level(pixel.r), level(pixel.g), level(pixel.b)};
    }
    check_is_matte(*method, Image{deep});
  }
}

TEST_CASE("gfm answers in every published combination and strategy", "[baselines][deep][gfm]") {
  const Image image = noise_image({140, 100}, 5);
  for (const char* text :
       {"gfm:representation=ft", "gfm:representation=bt:strategy=resize", "gfm:strategy=resize",
        "gfm:backbone=d121", "gfm:backbone=d121:representation=rim:resize-rule=skimage014"}) {
    CAPTURE(text);
    check_is_matte(*make_untrained(text), image);
  }
}

TEST_CASE("gfm answers with its large encoders", "[.slow][baselines][deep][gfm]") {
  const Image image = noise_image({140, 100}, 5);
  check_is_matte(*make_untrained("gfm:backbone=r34_2b"), image);
  check_is_matte(*make_untrained("gfm:backbone=r101"), image);
}

TEST_CASE("gfm refuses a combination for which no weights were published",
          "[baselines][deep][gfm]") {
  CHECK_THROWS_WITH(make_untrained("gfm:backbone=r101:representation=ft"),
                    Catch::Contains("no weights were published") &&
                        Catch::Contains("r34 with ft") && Catch::Contains("r101 with ft"));
  CHECK_THROWS_WITH(make_untrained("gfm:representation=rim"), Catch::Contains("d121 with rim"));
}

TEST_CASE("gfm says what its network costs", "[baselines][deep][gfm]") {
  const auto facts = make_untrained("gfm:backbone=d121")->facts();
  CHECK(facts.untrained);
  CHECK(facts.weights == "recipe:1");
  CHECK(facts.parameters == 46961772);
  CHECK(facts.macs_size == Size{800, 800});
  CHECK(facts.macs == 9175040 + std::int64_t{377072} * 640000);
  CHECK(facts.precision == "fp32");
}
