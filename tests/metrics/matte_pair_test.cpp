#include "metrics/matte_pair.hpp"

#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include "core/error.hpp"
#include "metrics/error_sums.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/sad.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;
using Catch::Contains;
using testing::rows_u8;

namespace {

/// Values of one matte of the pair as alpha.
std::vector<double> alphas(const MattePair& pair, bool predicted) {
  std::vector<double> result;
  pair.visit([&](const auto& mattes) {
    const auto& view = predicted ? mattes.predicted : mattes.truth;
    for (int y = 0; y < view.size().height; ++y) {
      for (int x = 0; x < view.size().width; ++x) {
        result.push_back(static_cast<double>(view(y, x)) / mattes.full);
      }
    }
  });
  return result;
}

}  // namespace

TEST_CASE("mattes of different sizes are refused with both sizes", "[metrics]") {
  const Plane<std::uint8_t> predicted{{3, 2}};
  const Plane<std::uint8_t> truth{{2, 3}};
  CHECK_THROWS_WITH((MattePair{predicted.view(), truth.view()}),
                    Contains("prediction and ground truth must have one size") &&
                        Contains("2x3 (ground truth)") && Contains("3x2 (prediction)"));
}

TEST_CASE("mattes without pixels are refused", "[metrics]") {
  const Plane<std::uint8_t> nothing{{0, 5}};
  CHECK_THROWS_WITH((MattePair{nothing.view(), nothing.view()}), Contains("0x5"));
}

TEST_CASE("a float matte with NaN or infinity is refused by naming matte and pixel", "[metrics]") {
  Plane<float> bad{{4, 3}, 0.5F};
  bad(2, 1) = std::numeric_limits<float>::quiet_NaN();
  const Plane<std::uint8_t> good{{4, 3}};
  CHECK_THROWS_WITH((MattePair{bad.view(), good.view()}),
                    Contains("the prediction holds a value that is not a finite number") &&
                        Contains("nan at row 2, column 1"));
  bad(2, 1) = -std::numeric_limits<float>::infinity();
  CHECK_THROWS_WITH((MattePair{good.view(), bad.view()}),
                    Contains("the ground truth holds") && Contains("-inf at row 2, column 1"));
  try {
    const MattePair pair{good.view(), bad.view()};
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
  }
}

TEST_CASE("a trimap of another size is refused", "[metrics]") {
  const Plane<std::uint8_t> matte{{4, 3}};
  const Trimap trimap{{3, 3}};
  CHECK_THROWS_WITH(
      (PreparedMattes{matte.view(), matte.view(), trimap.view()}),
      Contains("trimap and ground truth must have one size") && Contains("3x3 (trimap)"));
  const MattePair pair{matte.view(), matte.view()};
  CHECK_THROWS_WITH(error_sums(pair, Region::whole({4, 4})), Contains("4x4 (region)"));
}

TEST_CASE("a region or clamping without a trimap is refused", "[metrics]") {
  const Plane<std::uint8_t> matte{{4, 3}};
  PreparedMattes mattes{matte.view(), matte.view()};
  CHECK_THROWS_WITH(sad(mattes, {.pixels = {.region = ScoredRegion::unknown}}),
                    Contains("a trimap is needed to find the scored pixels"));
  CHECK_THROWS_WITH(sad(mattes, {.pixels = {.clamp = Clamp::to_trimap}}),
                    Contains("a trimap is needed to clamp the prediction"));
}

TEST_CASE("views with gaps between their rows are scored as they stand", "[metrics]") {
  const std::vector<std::uint8_t> predicted{10, 20, 99, 30, 40, 99};
  const std::vector<std::uint8_t> truth{0, 0, 0, 0};
  const MattePair pair{PixelView<std::uint8_t>{predicted.data(), {2, 2}, 3},
                       PixelView<std::uint8_t>{truth.data(), {2, 2}}};
  CHECK(error_sums(pair, Region::whole({2, 2})).absolute == 100.0);
}

TEST_CASE("stretching takes the range of each matte, exactly", "[metrics]") {
  const auto predicted = rows_u8({{10, 20, 60}});
  const auto truth = rows_u8({{0, 51, 102}});
  const std::optional<MattePair> stretched = MattePair{predicted.view(), truth.view()}.stretched();
  REQUIRE(stretched.has_value());
  CHECK(alphas(*stretched, true) == std::vector<double>{0.0, 0.2, 1.0});
  CHECK(alphas(*stretched, false) == std::vector<double>{0.0, 0.5, 1.0});
}

TEST_CASE("mattes that span [0, 1] already are not stretched", "[metrics]") {
  const auto matte = rows_u8({{0, 7, 255}});
  CHECK_FALSE((MattePair{matte.view(), matte.view()}.stretched().has_value()));
}

TEST_CASE("a constant matte is stretched to zero", "[metrics]") {
  const auto predicted = rows_u8({{100, 100}});
  const auto truth = rows_u8({{0, 255}});
  const auto check = [&](const MattePair& pair) {
    const std::optional<MattePair> stretched = pair.stretched();
    REQUIRE(stretched.has_value());
    CHECK(alphas(*stretched, true) == std::vector<double>{0.0, 0.0});
    CHECK(alphas(*stretched, false) == std::vector<double>{0.0, 1.0});
  };
  check(MattePair{predicted.view(), truth.view()});
  check(MattePair{to_u16(predicted.view()).view(), truth.view()});
  check(MattePair{testing::as_floats(predicted).view(), truth.view()});
}

TEST_CASE("clamping writes the known pixels of the trimap into the prediction", "[metrics]") {
  const auto predicted = rows_u8({{10, 20, 30, 40}});
  const auto trimap = rows_u8({{0, 128, 255, 127}});
  CHECK(clamped_to_trimap(predicted.view(), trimap.view()) == Matte{rows_u8({{0, 20, 255, 40}})});
  CHECK(clamped_to_trimap(to_u16(predicted.view()).view(), trimap.view()) ==
        Matte{to_u16(rows_u8({{0, 20, 255, 40}}).view())});
  const Plane<float> floats{{2, 1}, std::vector<float>{0.25F, 0.5F}};
  const auto known = rows_u8({{255, 128}});
  CHECK(clamped_to_trimap(floats.view(), known.view()) ==
        Matte{Plane<float>{{2, 1}, std::vector<float>{1.0F, 0.5F}}});
}
