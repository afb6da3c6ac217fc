#include <algorithm>
#include <cstdint>
#include <random>

#include "metrics/mad.hpp"
#include "metrics/mse.hpp"
#include "metrics/sad.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;
using testing::rows_u8;

namespace {

constexpr PixelSwitches kUnknownPixels{.region = ScoredRegion::unknown};

/// SAD, MSE and MAD over one region, in their usual units.
struct Errors {
  double sad, mse, mad;
  friend bool operator==(const Errors&, const Errors&) = default;
};

Errors errors(AlphaView predicted, AlphaView truth, PixelSwitches pixels = {},
              std::optional<TrimapView> trimap = {}) {
  PreparedMattes mattes{predicted, truth, trimap};
  return {.sad = sad(mattes, {.pixels = pixels}).value,
          .mse = mse(mattes, {.pixels = pixels}).value,
          .mad = mad(mattes, {.pixels = pixels}).value};
}

}  // namespace

TEST_CASE("SAD, MSE and MAD of four pixels are those worked out by hand", "[metrics][sad]") {
  const auto predicted = rows_u8({{0, 255}, {100, 50}});
  const auto truth = rows_u8({{0, 0}, {110, 50}});
  const Errors found = errors(predicted.view(), truth.view());
  CHECK(found.sad == 265.0 / 255.0 / 1000.0);
  CHECK(found.mse == (255.0 * 255.0 + 100.0) / (255.0 * 255.0 * 4.0));
  CHECK(found.mad == 265.0 / (255.0 * 4.0));
}

TEST_CASE("only the pixels of the region are summed and counted", "[metrics][sad]") {
  const auto predicted = rows_u8({{10, 255, 0, 30}});
  const auto truth = rows_u8({{0, 0, 255, 0}});
  const auto trimap = rows_u8({{128, 255, 0, 128}});
  const Errors unknown = errors(predicted.view(), truth.view(), kUnknownPixels, trimap.view());
  CHECK(unknown.sad == Approx(40.0 / 255.0 / 1000.0).epsilon(1e-15));
  CHECK(unknown.mse == Approx((100.0 + 900.0) / 65025.0 / 2.0).epsilon(1e-15));
  CHECK(unknown.mad == Approx(40.0 / 255.0 / 2.0).epsilon(1e-15));
  const auto sad_over = [&](ScoredRegion region) {
    return errors(predicted.view(), truth.view(), {.region = region}, trimap.view()).sad * 255000;
  };
  CHECK(sad_over(ScoredRegion::foreground) == Approx(255.0));
  CHECK(sad_over(ScoredRegion::background) == Approx(255.0));
  CHECK(sad_over(ScoredRegion::detail) == Approx(295.0));
  CHECK(sad_over(ScoredRegion::whole) == Approx(550.0));
}

TEST_CASE("what lies outside the region does not matter", "[metrics][sad]") {
  const Size size{37, 23};
  const Trimap trimap = testing::noise_trimap(size, 1);
  const Plane<std::uint8_t> truth = testing::noise_plane(size, 2);
  Plane<std::uint8_t> predicted = testing::noise_plane(size, 3);
  const Errors before = errors(predicted.view(), truth.view(), kUnknownPixels, trimap.view());
  for (std::size_t i = 0; i < predicted.values().size(); ++i) {
    if (trimap.values()[i] != kUnknown) predicted.values()[i] ^= 0x5A;
  }
  CHECK(errors(predicted.view(), truth.view(), kUnknownPixels, trimap.view()) == before);
}

TEST_CASE("a matte against itself has no error; swapping and transposing change no bit",
          "[metrics][sad]") {
  const Size size{41, 17};
  const Plane<std::uint8_t> predicted = testing::noise_plane(size, 4);
  const Plane<std::uint8_t> truth = testing::noise_plane(size, 5);
  CHECK(errors(truth.view(), truth.view()) == Errors{0.0, 0.0, 0.0});
  const Errors found = errors(predicted.view(), truth.view());
  CHECK(errors(truth.view(), predicted.view()) == found);
  CHECK(errors(testing::transposed(predicted).view(), testing::transposed(truth).view()) == found);
}

TEST_CASE("16-bit extremes do not overflow", "[metrics][sad]") {
  const Size size{70001, 3};  // wider than a block of partial sums
  const Errors wide =
      errors(Plane<std::uint16_t>{size, 65535}.view(), Plane<std::uint16_t>{size, 0}.view());
  CHECK(wide == Errors{static_cast<double>(size.pixels()) / 1000.0, 1.0, 1.0});
  const Errors narrow =
      errors(Plane<std::uint8_t>{size, 255}.view(), Plane<std::uint8_t>{size, 0}.view());
  CHECK(narrow == wide);
}

TEST_CASE("stretched 16-bit extremes do not overflow", "[metrics][sad]") {
  // Both ranges are 65534, so that stretched values reach 65534^2 and their squares 2^64.
  const Size size{2000, 50};
  Plane<std::uint16_t> predicted{size, 65535};
  Plane<std::uint16_t> truth{size, 1};
  predicted(0, 0) = 1;
  truth(0, 0) = 65535;
  const Errors found =
      errors(predicted.view(), truth.view(), PixelSwitches{.stretch = Stretch::min_max});
  CHECK(found.mse == 1.0);
  CHECK(found.mad == 1.0);
}

TEST_CASE("8-bit values are compared with 16-bit ones exactly, as 257 times themselves",
          "[metrics][sad]") {
  const Size size{29, 31};
  const Plane<std::uint8_t> narrow = testing::noise_plane(size, 6);
  const Plane<std::uint16_t> widened = to_u16(narrow.view());
  CHECK(errors(narrow.view(), widened.view()) == Errors{0.0, 0.0, 0.0});
  std::mt19937 random{7};
  const auto truth = testing::random_plane<std::uint16_t>(size, 65535, random);
  CHECK(errors(narrow.view(), truth.view()) == errors(widened.view(), truth.view()));
}

TEST_CASE("float mattes give what integer mattes give, up to their precision", "[metrics][sad]") {
  const Size size{33, 35};
  const Plane<std::uint8_t> predicted = testing::noise_plane(size, 8);
  const Plane<std::uint8_t> truth = testing::noise_plane(size, 9);
  const Errors expected = errors(predicted.view(), truth.view());
  const auto close = [&](const Errors& found) {
    CHECK(found.sad == Approx(expected.sad).epsilon(1e-7));
    CHECK(found.mse == Approx(expected.mse).epsilon(1e-7));
    CHECK(found.mad == Approx(expected.mad).epsilon(1e-7));
  };
  close(errors(testing::as_floats(predicted).view(), testing::as_floats(truth).view()));
  close(errors(testing::as_floats(predicted).view(), truth.view()));
  close(errors(predicted.view(), testing::as_floats(truth).view()));
}

TEST_CASE("float values outside [0, 1] are scored as they are", "[metrics][sad]") {
  const Plane<float> predicted{{2, 1}, std::vector<float>{1.5F, -0.5F}};
  const Plane<float> truth{{2, 1}, std::vector<float>{1.0F, 0.0F}};
  const Errors found = errors(predicted.view(), truth.view());
  CHECK(found == Errors{0.001, 0.25, 0.5});
}

TEST_CASE("a mean over no pixels is undefined, zero or regularised, as the switches say",
          "[metrics][mse]") {
  const auto predicted = rows_u8({{10, 20}});
  const auto truth = rows_u8({{0, 0}});
  const auto trimap = rows_u8({{0, 255}});
  PreparedMattes mattes{predicted.view(), truth.view(), trimap.view()};
  const Score undefined = mse(mattes, {.pixels = kUnknownPixels});
  CHECK_FALSE(undefined.defined);
  CHECK(undefined.reason == "no unknown pixels");
  CHECK(mse(mattes, {.pixels = kUnknownPixels,
                     .normalisation = {.divisor = Divisor::region,
                                       .if_zero = ZeroDivisor::zero}}) == Score::of(0.0));
  CHECK(mse(mattes, {.pixels = kUnknownPixels,
                     .normalisation = {.divisor = Divisor::region, .offset = 1e-8}}) ==
        Score::of(0.0));
  CHECK(sad(mattes, {.pixels = kUnknownPixels}) == Score::of(0.0));
  const Score summed_elsewhere =
      mad(mattes, {.normalisation = {.divisor = Divisor::unknown_or_unlabelled}});
  CHECK_FALSE(summed_elsewhere.defined);
  CHECK(summed_elsewhere.reason == "no unknown pixels, but errors elsewhere are summed (x/0)");
}

TEST_CASE("divisor, offset and unit enter a mean as written", "[metrics][mad]") {
  const auto predicted = rows_u8({{10, 20, 30, 40}});
  const auto truth = rows_u8({{0, 0, 0, 0}});
  const auto trimap = rows_u8({{127, 127, 127, 255}});
  PreparedMattes mattes{predicted.view(), truth.view(), trimap.view()};
  const auto mean = [&](Normalisation rule) {
    return mad(mattes, {.normalisation = rule}).value * 255.0;
  };
  CHECK(mean({.divisor = Divisor::region}) == Approx(100.0 / 4.0));
  CHECK(mean({.divisor = Divisor::region, .unit = 1e-3}) == Approx(1000.0 * 100.0 / 4.0));
  CHECK(mean({.divisor = Divisor::region, .offset = 1.0}) == Approx(100.0 / 5.0));
  CHECK(mean({.divisor = Divisor::unknown_or_unlabelled}) == Approx(100.0 / 3.0));
}
