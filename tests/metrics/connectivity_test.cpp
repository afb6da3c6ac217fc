#include "metrics/connectivity.hpp"

#include <vector>

#include "tests/metrics/level_planes.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;
using testing::common_levels;
using testing::rows_u8;

namespace {

/// Conn times 1000: the plain sum.
Score sum_of(AlphaView predicted, AlphaView truth, ConnectivitySwitches switches = {},
             std::optional<TrimapView> trimap = {}) {
  PreparedMattes mattes{predicted, truth, trimap};
  switches.normalisation.unit = 1.0;
  return connectivity(mattes, switches);
}

}  // namespace

TEST_CASE("a piece cut off the source region counts with its whole opacity", "[metrics][conn]") {
  // The right pixel is lost at 0.1, so l = 0 there: |1 - 128/255|.
  const auto predicted = rows_u8({{255, 0, 255}});
  const auto truth = rows_u8({{255, 0, 128}});
  CHECK(sum_of(predicted.view(), truth.view()).value == Approx(127.0 / 255.0).epsilon(1e-15));
  PreparedMattes mattes{predicted.view(), truth.view()};
  CHECK(connectivity(mattes, {}).value == Approx(0.127 / 255.0).epsilon(1e-15));
}

TEST_CASE("distances below 0.15 do not count", "[metrics][conn]") {
  // Both reach 0.5, not 0.6: l = 0.5. 150/255 - 0.5 is below 0.15, 200/255 - 0.5 is not.
  const auto predicted = rows_u8({{200}});
  const auto truth = rows_u8({{150}});
  CHECK(sum_of(predicted.view(), truth.view()).value == Approx(200.0 / 255.0 - 0.5).epsilon(1e-15));
}

TEST_CASE("an empty level drops, is skipped, or makes the score undefined", "[metrics][conn]") {
  const auto predicted = rows_u8({{200}});
  const auto truth = rows_u8({{150}});
  const auto with = [&](EmptyLevel rule) {
    return sum_of(predicted.view(), truth.view(), {.empty_level = rule});
  };
  CHECK(with(EmptyLevel::drop).value > 0.28);
  CHECK(with(EmptyLevel::skip) == Score::of(0.0));
  const Score stopped = with(EmptyLevel::error);
  CHECK_FALSE(stopped.defined);
  CHECK(stopped.reason == "no pixel reaches alpha 0.6 in both mattes");
  const auto opaque = rows_u8({{255}});
  CHECK(sum_of(opaque.view(), opaque.view(), {.empty_level = EmptyLevel::error}) == Score::of(0.0));
}

TEST_CASE("a value of 0.6 reaches the threshold 0.6 unless that is 0.1 times 6 in doubles",
          "[metrics][conn]") {
  const auto predicted = rows_u8({{153}});
  const auto truth = rows_u8({{255}});
  using enum ThresholdRule;
  const auto with = [&](ThresholdRule of_predicted, ThresholdRule of_truth) {
    return sum_of(predicted.view(), truth.view(),
                  {.predicted_threshold = of_predicted, .truth_threshold = of_truth})
        .value;
  };
  CHECK(with(inclusive, inclusive) == Approx(0.4).epsilon(1e-15));
  CHECK(with(f64, f64) == Approx(0.5).epsilon(1e-15));
  CHECK(with(f64, inclusive) == Approx(0.5).epsilon(1e-15));  // each matte has its own rule
  CHECK(with(inclusive, f64) == Approx(0.4).epsilon(1e-15));
}

TEST_CASE("8-bit values reach the thresholds that exact arithmetic says", "[metrics][conn]") {
  Plane<std::uint8_t> every{{256, 1}};
  for (int x = 0; x < 256; ++x) every(0, x) = static_cast<std::uint8_t>(x);
  const Plane<std::uint8_t> opaque{{256, 1}, 255};
  const auto levels = [&](AlphaView predicted, AlphaView truth, ThresholdRule rule) {
    return common_levels(MattePair{predicted, truth}, rule, rule);
  };
  const auto inclusive = levels(every.view(), opaque.view(), ThresholdRule::inclusive);
  const auto f64 = levels(every.view(), opaque.view(), ThresholdRule::f64);
  for (int x = 0; x < 256; ++x) {
    CAPTURE(x);
    CHECK(inclusive(0, x) == x * 10 / 255);
    CHECK(f64(0, x) == (x == 153 ? 5 : x * 10 / 255));
  }
  // The same alphas as 16 bits and as floats. 153/255 as a float lies above 0.6, so it passes f64.
  CHECK(levels(to_u16(every.view()).view(), opaque.view(), ThresholdRule::inclusive) == inclusive);
  CHECK(levels(to_u16(every.view()).view(), opaque.view(), ThresholdRule::f64) == f64);
  const Plane<float> floats = testing::as_floats(every);
  CHECK(levels(floats.view(), opaque.view(), ThresholdRule::inclusive) == inclusive);
  CHECK(levels(floats.view(), Plane<float>{{256, 1}, 1.0F}.view(), ThresholdRule::f64) ==
        inclusive);
  CHECK(levels(every.view(), Plane<float>{{256, 1}, 1.0F}.view(), ThresholdRule::f64) == f64);
}

TEST_CASE("float values are compared in single precision when inclusive, in double when f64",
          "[metrics][conn]") {
  // As floats 0.7 and 0.9 lie below the doubles 0.7 and 0.9.
  const Plane<float> values{{3, 1}, std::vector<float>{0.7F, 0.9F, 0.5F}};
  const Plane<float> opaque{{3, 1}, 1.0F};
  const MattePair pair{values.view(), opaque.view()};
  CHECK(common_levels(pair, ThresholdRule::inclusive, ThresholdRule::inclusive) ==
        rows_u8({{7, 9, 5}}));
  CHECK(common_levels(pair, ThresholdRule::f64, ThresholdRule::inclusive) == rows_u8({{6, 8, 5}}));
}

TEST_CASE("the order of scan decides between components of one size", "[metrics][conn]") {
  const auto predicted = rows_u8({{0, 0, 255}, {255, 0, 0}});
  const auto truth = rows_u8({{0, 0, 200}, {180, 0, 0}});
  // Survivor: l = 0.7, so 0.3 - 0; the other: l = 0, so 1 - truth.
  CHECK(sum_of(predicted.view(), truth.view(), {.tie_order = TieOrder::row_major}).value ==
        Approx(0.3 + 75.0 / 255.0).epsilon(1e-15));
  CHECK(sum_of(predicted.view(), truth.view(), {.tie_order = TieOrder::column_major}).value ==
        Approx(0.3 + 55.0 / 255.0).epsilon(1e-15));
}

TEST_CASE("connectivity is zero on itself, symmetric, and blind outside its region",
          "[metrics][conn]") {
  const Size size{31, 27};
  const Plane<std::uint8_t> predicted = testing::noise_plane(size, 1);
  const Plane<std::uint8_t> truth = testing::noise_plane(size, 2);
  const Trimap trimap = testing::noise_trimap(size, 3);
  CHECK(sum_of(truth.view(), truth.view()).value == 0.0);
  CHECK(sum_of(predicted.view(), truth.view()) == sum_of(truth.view(), predicted.view()));
  double parts = 0.0;
  for (const ScoredRegion region :
       {ScoredRegion::unknown, ScoredRegion::foreground, ScoredRegion::background}) {
    const Score part =
        sum_of(predicted.view(), truth.view(), {.pixels = {.region = region}}, trimap.view());
    CHECK(part.value > 0.0);
    parts += part.value;
  }
  CHECK(parts == Approx(sum_of(predicted.view(), truth.view()).value).epsilon(1e-14));
}

TEST_CASE("transposed mattes have the same connectivity when the scan order turns with them",
          "[metrics][conn]") {
  const Size size{19, 24};
  const Plane<std::uint8_t> predicted = testing::noise_plane(size, 4);
  const Plane<std::uint8_t> truth = testing::noise_plane(size, 5);
  CHECK(sum_of(predicted.view(), truth.view(), {.tie_order = TieOrder::row_major}) ==
        sum_of(testing::transposed(predicted).view(), testing::transposed(truth).view(),
               {.tie_order = TieOrder::column_major}));
}

TEST_CASE("16-bit copies of 8-bit mattes have the same connectivity; floats up to their precision",
          "[metrics][conn]") {
  const Size size{45, 38};
  const Plane<std::uint8_t> predicted = testing::noise_plane(size, 6);
  const Plane<std::uint8_t> truth = testing::noise_plane(size, 7);
  const double expected = sum_of(predicted.view(), truth.view()).value;
  CHECK(sum_of(to_u16(predicted.view()).view(), truth.view()).value ==
        Approx(expected).epsilon(1e-15));
  CHECK(sum_of(to_u16(predicted.view()).view(), to_u16(truth.view()).view()).value ==
        Approx(expected).epsilon(1e-15));
  CHECK(sum_of(testing::as_floats(predicted).view(), testing::as_floats(truth).view()).value ==
        Approx(expected).epsilon(1e-6));
  CHECK(sum_of(testing::as_floats(predicted).view(), truth.view()).value ==
        Approx(expected).epsilon(1e-6));
}

TEST_CASE("stretched 16-bit mattes have the connectivity of what they are stretched to",
          "[metrics][conn]") {
  const Size size{23, 21};
  Plane<std::uint8_t> full = testing::noise_plane(size, 8);
  full(0, 0) = 0;
  full(0, 1) = 255;
  Plane<std::uint8_t> truth = testing::noise_plane(size, 9);
  truth(0, 0) = 0;
  truth(0, 1) = 255;
  Plane<std::uint16_t> squeezed{size};
  for (std::size_t i = 0; i < squeezed.values().size(); ++i) {
    squeezed.values()[i] = static_cast<std::uint16_t>(1000 + 100 * full.values()[i]);
  }
  CHECK(sum_of(squeezed.view(), truth.view(), {.pixels = {.stretch = Stretch::min_max}}).value ==
        Approx(sum_of(full.view(), truth.view()).value).epsilon(1e-15));
}
