#include "baselines/classical/closed_form.hpp"

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::banded_trimap;
using mbench::testing::estimate;
using mbench::testing::largest_difference;
using mbench::testing::make_method;
using mbench::testing::random_scene;
using mbench::testing::Scene;

namespace {

/// Columns left of `edge` have one colour, the others another.
Image two_colours(Size size, int edge) {
  Plane<Rgb<std::uint8_t>> pixels{size, {20, 40, 200}};
  for (int y = 0; y < size.height; ++y) {
    for (int x = edge; x < size.width; ++x) pixels(y, x) = {230, 180, 10};
  }
  return pixels;
}

Image constant_image(Size size) { return Plane<Rgb<std::uint8_t>>{size, {90, 120, 60}}; }

template <typename T>
Plane<T> mirrored(const Plane<T>& plane) {
  Plane<T> result{plane.size()};
  for (int y = 0; y < plane.size().height; ++y) {
    std::ranges::reverse_copy(plane.row(y), result.row(y).begin());
  }
  return result;
}

const std::array kForms{"closed-form",
                        "closed-form:solver=direct",
                        "closed-form:lambda=100",
                        "closed-form:lambda=100:solver=direct",
                        "closed-form:radius=2",
                        "closed-form:radius=3:lambda=1"};

}  // namespace

TEST_CASE("in an image of two flat colours alpha is the step between them",
          "[baselines][closed_form]") {
  const std::string method = GENERATE("closed-form:solver=direct", "closed-form:rtol=1e-10",
                                      "closed-form:solver=direct:radius=2");
  CAPTURE(method);
  const Size size{24, 10};
  const Matte alpha = estimate(method, two_colours(size, 13), banded_trimap(size, 6, 6)).alpha;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      CAPTURE(y, x);
      // The regulariser lets alpha bend by what a colour slope of 1/255 or less costs.
      CHECK(alpha.view().alpha(y, x) == Approx(x < 13 ? 0.0 : 1.0).margin(1e-4));
    }
  }
}

TEST_CASE("in an image of one colour alpha rises evenly from background to foreground",
          "[baselines][closed_form]") {
  const Size size{20, 8};
  const Matte alpha =
      estimate("closed-form:solver=direct", constant_image(size), banded_trimap(size, 4, 4)).alpha;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 1; x < size.width; ++x) {
      CAPTURE(y, x);
      CHECK(alpha.view().alpha(y, x) >= alpha.view().alpha(y, x - 1) - 1e-9);
      CHECK(alpha.view().alpha(y, x) ==
            Approx(1.0 - alpha.view().alpha(y, size.width - 1 - x)).margin(1e-6));
      CHECK(alpha.view().alpha(y, x) == Approx(alpha.view().alpha(0, x)).margin(1e-6));
    }
  }
}

TEST_CASE("alpha that is affine in colour is found exactly", "[baselines][closed_form]") {
  // Every window then has zero energy but for the regulariser.
  const Size size{40, 12};
  Plane<Rgb<float>> pixels{size};
  const auto truth = [](int x) { return std::clamp((x - 5) / 29.0, 0.0, 1.0); };
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const auto a = static_cast<float>(truth(x));
      pixels(y, x) = {0.1F + 0.8F * a, 0.7F - 0.4F * a, 0.3F};
    }
  }
  const Matte alpha =
      estimate("closed-form:solver=direct", pixels, banded_trimap(size, 6, 6)).alpha;
  for (int x = 0; x < size.width; ++x) {
    CAPTURE(x);
    CHECK(alpha.view().alpha(5, x) == Approx(truth(x)).margin(1e-3));
  }
}

TEST_CASE("alpha lies in [0, 1] and has the size of the image", "[baselines][closed_form]") {
  const std::string method = GENERATE(from_range(kForms));
  const std::uint64_t seed = GENERATE(1, 2, 3);
  CAPTURE(method, seed);
  const Scene scene = random_scene({37, 23}, seed);
  const Estimate answer = estimate(method, scene.image, scene.trimap);
  CHECK(answer.degenerate.empty());
  REQUIRE(answer.alpha.size() == scene.image.size());
  for (int y = 0; y < 23; ++y) {
    for (int x = 0; x < 37; ++x) {
      const double alpha = answer.alpha.view().alpha(y, x);
      REQUIRE((alpha >= 0.0 && alpha <= 1.0));
    }
  }
}

TEST_CASE("hard constraints leave the known pixels as they are", "[baselines][closed_form]") {
  const std::uint64_t seed = GENERATE(1, 2, 3);
  const Scene scene = random_scene({37, 23}, seed);
  const Matte alpha = estimate("closed-form", scene.image, scene.trimap).alpha;
  for (int y = 0; y < 23; ++y) {
    for (int x = 0; x < 37; ++x) {
      if (scene.trimap(y, x) == kBackground) REQUIRE(alpha.view().alpha(y, x) == 0.0);
      if (scene.trimap(y, x) == kForeground) REQUIRE(alpha.view().alpha(y, x) == 1.0);
    }
  }
}

TEST_CASE("soft constraints approach the hard ones as lambda grows", "[baselines][closed_form]") {
  const Scene scene = random_scene({37, 23}, 4);
  const Matte hard = estimate("closed-form:solver=direct", scene.image, scene.trimap).alpha;
  const auto distance = [&](std::string_view method) {
    return largest_difference(estimate(method, scene.image, scene.trimap).alpha, hard);
  };
  const double weak = distance("closed-form:solver=direct:lambda=1");
  const double published = distance("closed-form:solver=direct:lambda=100");
  CHECK(weak > published);
  CHECK(published > 1e-5);
  CHECK(distance("closed-form:solver=direct:lambda=1e8") < 1e-5);
}

TEST_CASE("direct and cg agree within 1e-4", "[baselines][closed_form]") {
  const std::string options = GENERATE("", ":lambda=100", ":lambda=1e8", ":radius=2",
                                       ":radius=3:lambda=100", ":epsilon=1e-5");
  const std::uint64_t seed = GENERATE(11, 12, 13);
  CAPTURE(options, seed);
  const Scene scene = random_scene({61, 45}, seed);
  const Matte direct =
      estimate("closed-form:solver=direct" + options, scene.image, scene.trimap).alpha;
  const Matte iterated =
      estimate("closed-form:solver=cg" + options, scene.image, scene.trimap).alpha;
  CHECK(largest_difference(direct, iterated) <= 1e-4);
}

TEST_CASE("a mirrored image has the mirrored matte", "[baselines][closed_form]") {
  const std::string options = GENERATE("", ":lambda=100");
  const std::uint64_t seed = GENERATE(21, 22);
  const Scene scene = random_scene({41, 29}, seed);
  const std::string method = "closed-form:solver=direct" + options;
  const Matte straight = estimate(method, mirrored(scene.image), mirrored(scene.trimap)).alpha;
  const Matte alpha = estimate(method, scene.image, scene.trimap).alpha;
  CHECK(largest_difference(straight, Matte{mirrored(to_f32(alpha))}) <= 1e-6);
}

TEST_CASE("exchanging foreground and background gives 1 - alpha", "[baselines][closed_form]") {
  const Scene scene = random_scene({41, 29}, 23);
  Trimap exchanged = scene.trimap;
  for (std::uint8_t& level : exchanged.values()) {
    if (level != kUnknown) level = level == kForeground ? kBackground : kForeground;
  }
  const Matte alpha = estimate("closed-form:solver=direct", scene.image, scene.trimap).alpha;
  const Matte other = estimate("closed-form:solver=direct", scene.image, exchanged).alpha;
  for (int y = 0; y < 29; ++y) {
    for (int x = 0; x < 41; ++x) {
      REQUIRE(other.view().alpha(y, x) == Approx(1.0 - alpha.view().alpha(y, x)).margin(1e-6));
    }
  }
}

TEST_CASE("an image of 16 bits gives the matte of its 8-bit original", "[baselines][closed_form]") {
  const Scene scene = random_scene({31, 21}, 24);
  Plane<Rgb<std::uint16_t>> deep{scene.image.size()};
  std::ranges::transform(scene.image.values(), deep.values().begin(), [](Rgb<std::uint8_t> p) {
    const auto widened = [](std::uint8_t v) { return static_cast<std::uint16_t>(257 * v); };
    return Rgb<std::uint16_t>{widened(p.r), widened(p.g), widened(p.b)};
  });
  CHECK(largest_difference(estimate("closed-form", scene.image, scene.trimap).alpha,
                           estimate("closed-form", deep, scene.trimap).alpha) <= 1e-6);
}

TEST_CASE("one method object serves several threads with the same bits",
          "[baselines][closed_form]") {
  const std::string method = GENERATE("closed-form", "closed-form:solver=direct");
  const auto closed_form = make_method(method);
  const Scene scene = random_scene({80, 60}, 31);
  const Image image{scene.image};
  const MattingInput input{.sample_id = "s", .image = image, .trimap = &scene.trimap};
  const Matte alone = closed_form->estimate(input).alpha;
  std::vector<Matte> together(6);
  parallel_for(together.size(), 3,
               [&](std::size_t i) { together[i] = closed_form->estimate(input).alpha; });
  for (const Matte& alpha : together) CHECK(alpha == alone);
}

TEST_CASE("without unknown pixels alpha is the trimap", "[baselines][closed_form][degenerate]") {
  Scene scene = random_scene({20, 10}, 41);
  for (std::uint8_t& level : scene.trimap.values()) {
    if (level == kUnknown) level = kForeground;
  }
  const Estimate answer = estimate("closed-form", scene.image, scene.trimap);
  CHECK(answer.degenerate.empty());
  CHECK(largest_difference(answer.alpha, Matte{scene.trimap}) == 0.0);
}

TEST_CASE("a trimap of foreground alone, without unknown pixels, is not degenerate",
          "[baselines][closed_form][degenerate]") {
  const Size size{6, 5};
  const Estimate answer = estimate("closed-form", constant_image(size), Trimap{size, kForeground});
  CHECK(answer.degenerate.empty());
  CHECK(answer.alpha == Matte{Plane<float>{size, 1.0F}});
}

TEST_CASE("without foreground or background pixels alpha is 0.5 on the unknown ones, and says so",
          "[baselines][closed_form][degenerate]") {
  const auto [present, reason] = GENERATE(
      table<int, std::string>({{kBackground, "trimap has no foreground pixels"},
                               {kForeground, "trimap has no background pixels"},
                               {kUnknown, "trimap has neither foreground nor background pixels"}}));
  const std::string method = GENERATE(from_range(kForms));
  CAPTURE(reason, method);
  Scene scene = random_scene({20, 10}, 42);
  for (std::uint8_t& level : scene.trimap.values()) {
    if (level != kUnknown) level = static_cast<std::uint8_t>(present);
  }
  const Estimate answer = estimate(method, scene.image, scene.trimap);
  CHECK(answer.degenerate == reason);
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 20; ++x) {
      const std::uint8_t level = scene.trimap(y, x);
      REQUIRE(answer.alpha.view().alpha(y, x) == (level == kUnknown ? 0.5 : level / 255.0));
    }
  }
}

TEST_CASE("an image smaller than one window is degenerate",
          "[baselines][closed_form][degenerate]") {
  const std::string form = GENERATE("closed-form", "closed-form:lambda=100");
  const Trimap trimap{Size{2, 2}, {0, 128, 255, 128}};
  const Estimate answer = estimate(form, constant_image({2, 2}), trimap);
  CHECK(answer.degenerate == "image of 2x2 is smaller than one window of 3x3");
  CHECK(answer.alpha == Matte{Plane<float>{Size{2, 2}, {0.0F, 0.5F, 1.0F, 0.5F}}});
  const Size size{9, 4};
  CHECK(estimate(form + ":radius=2", constant_image(size), banded_trimap(size, 2, 2)).degenerate ==
        "image of 9x4 is smaller than one window of 5x5");
}

TEST_CASE("the smallest image with a window has a matte", "[baselines][closed_form]") {
  const Size size{3, 3};
  const Estimate answer = estimate("closed-form", two_colours(size, 2), banded_trimap(size, 1, 1));
  CHECK(answer.degenerate.empty());
  CHECK(answer.alpha.view().alpha(1, 1) == Approx(0.0).margin(1e-4));
}

TEST_CASE("an unknown region far from any foreground is background", "[baselines][closed_form]") {
  // Two unknown islands in one trimap: the system falls apart into two, one of them with right side
  // zero.
  const Size size{30, 9};
  Trimap trimap = banded_trimap(size, 27, 1);  // background, 2 unknown columns, foreground
  for (int y = 3; y < 6; ++y) trimap(y, 4) = trimap(y, 5) = kUnknown;
  const Matte alpha = estimate("closed-form", random_scene(size, 43).image, trimap).alpha;
  for (int y = 3; y < 6; ++y) CHECK(alpha.view().alpha(y, 4) == 0.0);
}

TEST_CASE("an image with NaN or infinity is refused", "[baselines][closed_form]") {
  const float value =
      GENERATE(std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity());
  const Size size{5, 5};
  Plane<Rgb<float>> pixels{size, {0.5F, 0.5F, 0.5F}};
  pixels(2, 3).g = value;
  try {
    static_cast<void>(estimate("closed-form", pixels, banded_trimap(size, 1, 1)));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK_THAT(error.what(), Catch::Contains("the image holds values that are not finite") &&
                                 Catch::Contains("sample"));
  }
}

TEST_CASE("a system that does not converge fails and names the sample",
          "[baselines][closed_form]") {
  const Scene scene = random_scene({61, 45}, 44);
  try {
    static_cast<void>(
        estimate("closed-form:max_iterations=1:rtol=1e-12", scene.image, scene.trimap));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::method);
    CHECK_THAT(error.what(), Catch::Contains("did not converge") && Catch::Contains("sample"));
  }
}

TEST_CASE("closed-form refuses options outside their range", "[baselines][closed_form]") {
  CHECK_THROWS_WITH(make_method("closed-form:radius=4"), Catch::Contains("an integer from 1 to 3"));
  CHECK_THROWS_WITH(make_method("closed-form:lambda=0"), Catch::Contains("0.001"));
  CHECK_THROWS_WITH(make_method("closed-form:epsilon=0"), Catch::Contains("1e-12"));
  CHECK_THROWS_WITH(make_method("closed-form:solver=lu"), Catch::Contains("one of: direct, cg"));
  CHECK_THROWS_WITH(make_method("closed-form:lamda=1"), Catch::Contains("did you mean 'lambda'?"));
}
