#include "metrics/quantised.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/protocol.hpp"
#include "metrics/sad.hpp"
#include "metrics/switches.hpp"
#include "tests/metrics/plain_quantised.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;
using Catch::Contains;
using testing::rows;
using testing::rows_u8;

namespace {

/// 16-bit values, every one.
Plane<std::uint16_t> all_of_16_bits() {
  Plane<std::uint16_t> all{{256, 256}};
  for (std::size_t i = 0; i < all.values().size(); ++i) {
    all.values()[i] = static_cast<std::uint16_t>(i);
  }
  return all;
}

/// Every multiple of half a level of 8 bits with the floats below and above it.
Plane<float> around_half_levels() {
  std::vector<float> values;
  for (int half = 0; half <= 510; ++half) {
    const auto at = static_cast<float>(half / 510.0);
    values.insert(values.end(), {half == 0 ? 0.0F : std::nextafter(at, 0.0F), at,
                                 half == 510 ? 1.0F : std::nextafter(at, 1.0F)});
  }
  const auto count = static_cast<int>(values.size());
  return Plane<float>{{count, 1}, std::move(values)};
}

ColumnScores scores(std::string_view protocol, const Matte& predicted, const Matte& truth,
                    const Trimap& trimap) {
  return evaluate(find_protocol(protocol),
                  {.predicted = predicted.view(), .truth = truth.view(), .trimap = trimap.view()});
}

std::string refusal(std::string_view protocol, const Matte& predicted) {
  const Matte truth{Plane<std::uint8_t>{predicted.size()}};
  try {
    static_cast<void>(scores(protocol, predicted, truth, Trimap{predicted.size(), kForeground}));
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("8 bits are the integer part of 255 alpha, or the nearest integer, halves to even",
          "[metrics][quantise]") {
  // 255 times these is 0.5, 1.5, 2.5, 254.5 and 63.75 in single precision.
  const auto floats = rows<float>({{0.5F / 255, 1.5F / 255, 2.5F / 255, 254.5F / 255, 0.25F}});
  CHECK(truncated_to_8_bits(floats.view()) == rows_u8({{0, 1, 2, 254, 63}}));
  CHECK(rounded_to_8_bits(floats.view()) == rows_u8({{0, 2, 2, 254, 64}}));
  // 128/257 and 129/257 of a level, and the same below the last one.
  const auto integers = rows<std::uint16_t>({{0, 128, 129, 256, 257, 65278, 65406, 65407, 65535}});
  CHECK(truncated_to_8_bits(integers.view()) == rows_u8({{0, 0, 0, 0, 1, 254, 254, 254, 255}}));
  CHECK(rounded_to_8_bits(integers.view()) == rows_u8({{0, 0, 1, 1, 1, 254, 254, 255, 255}}));
}

TEST_CASE("every 16-bit value and every float at a level or half of one has its plain 8 bits",
          "[metrics][quantise][plain]") {
  const auto integers = all_of_16_bits();
  const auto floats = around_half_levels();
  for (const AlphaView matte : {AlphaView{integers.view()}, AlphaView{floats.view()}}) {
    CHECK(truncated_to_8_bits(matte) == testing::plain_truncated(matte));
    CHECK(rounded_to_8_bits(matte) == testing::plain_rounded(matte));
  }
}

TEST_CASE("a prediction that holds levels of 8 bits keeps them in every depth",
          "[metrics][quantise]") {
  Plane<std::uint8_t> levels{{256, 1}};
  for (std::size_t i = 0; i < 256; ++i) levels.values()[i] = static_cast<std::uint8_t>(i);
  const Matte wide{to_u16(levels.view())};
  const Matte floats{testing::as_floats(levels)};
  for (const AlphaView matte : {AlphaView{levels.view()}, wide.view(), floats.view()}) {
    CHECK(truncated_to_8_bits(matte) == levels);
    CHECK(rounded_to_8_bits(matte) == levels);
  }
}

TEST_CASE(
    "gca-tester, paddle and paddle-whole score 16-bit and float predictions as the 8 bits "
    "that their programs make of them",
    "[metrics][quantise][protocol]") {
  const Size size{37, 29};
  const Trimap trimap = testing::noise_trimap(size, 1);
  Plane<std::uint16_t> wide{size};
  for (std::size_t i = 0; i < wide.values().size(); ++i) {
    wide.values()[i] = static_cast<std::uint16_t>(i * 40503);
  }
  for (const Matte& predicted : {Matte{wide}, Matte{to_f32(wide.view())}}) {
    for (const Depth depth : {Depth::u8, Depth::u16, Depth::f32}) {
      const Matte noise = testing::noise_matte(size, 2);
      const Matte truth = depth == Depth::u8    ? noise
                          : depth == Depth::u16 ? Matte{to_u16(noise.view())}
                                                : Matte{to_f32(noise.view())};
      CAPTURE(to_string(predicted.depth()), to_string(depth));
      const Matte truncated{truncated_to_8_bits(predicted)};
      const Matte rounded{rounded_to_8_bits(predicted)};
      CHECK(scores("gca-tester", predicted, truth, trimap) ==
            scores("gca-tester", truncated, truth, trimap));
      CHECK(scores("gca-tester", predicted, truth, trimap) !=
            scores("gca-tester", rounded, truth, trimap));
      for (const char* protocol : {"paddle", "paddle-whole"}) {
        CHECK(scores(protocol, predicted, truth, trimap) ==
              scores(protocol, rounded, truth, trimap));
        CHECK(scores(protocol, predicted, truth, trimap) !=
              scores(protocol, truncated, truth, trimap));
      }
      // The others measure what they are given.
      CHECK(scores("gca", predicted, truth, trimap) != scores("gca", truncated, truth, trimap));
    }
  }
}

TEST_CASE("a prediction is rounded before it is clamped and stretched", "[metrics][quantise]") {
  // Rounded, the known pixels obey the trimap and the whole spans [0, 1]: nothing is left to do.
  const auto predicted = rows<float>({{0.001F, 0.5F, 0.999F}});
  const auto truth = rows_u8({{0, 127, 255}});
  const auto trimap = rows_u8({{0, 128, 255}});
  PreparedMattes mattes{predicted.view(), truth.view(), trimap.view()};
  const PixelSwitches all{.region = ScoredRegion::unknown,
                          .quantise = Quantise::round_to_8_bits,
                          .clamp = Clamp::to_trimap,
                          .stretch = Stretch::min_max};
  CHECK(mattes.simplified(all) ==
        PixelSwitches{.region = ScoredRegion::unknown, .quantise = Quantise::round_to_8_bits});
  CHECK(sad(mattes, {.pixels = all}).value == 1.0 / 255 / 1000);  // 127.5 becomes 128
  PixelSwitches truncated = all;
  truncated.quantise = Quantise::truncate_to_8_bits;
  CHECK(mattes.simplified(truncated).clamp == Clamp::to_trimap);
  CHECK(sad(mattes, {.pixels = truncated}).value == 0.0);
}

TEST_CASE("an 8-bit prediction is not quantised: its columns share their work",
          "[metrics][quantise]") {
  const Matte predicted = testing::noise_matte({12, 9}, 1);
  const Matte truth = testing::noise_matte({12, 9}, 2);
  PreparedMattes mattes{predicted, truth};
  CHECK(mattes.simplified({.quantise = Quantise::round_to_8_bits}) == PixelSwitches{});
  CHECK(&mattes.pair({.quantise = Quantise::truncate_to_8_bits}) == &mattes.pair({}));
  const Matte wide{to_u16(predicted.view())};
  PreparedMattes wider{wide, truth};
  CHECK(&wider.pair({.quantise = Quantise::truncate_to_8_bits}) != &wider.pair({}));
}

TEST_CASE("a float outside [0, 1] that would have to be quantised is refused with its place",
          "[metrics][quantise]") {
  for (const float bad : {-0.25F, 1.5F, std::nextafter(1.0F, 2.0F), -1e-40F}) {
    // In the known foreground: quantising comes before clamping.
    const Matte predicted{rows<float>({{0.5F, 1.0F}, {0.0F, bad}})};
    for (const char* protocol : {"gca-tester", "paddle", "paddle-whole"}) {
      CHECK_THAT(refusal(protocol, predicted),
                 Contains("a prediction that is to be brought to 8 bits holds a value outside") &&
                     Contains("0 <= alpha <= 1") && Contains("at row 1, column 1") &&
                     Contains("fix:"));
    }
    CHECK(refusal("gca", predicted).empty());
    CHECK_FALSE(can_be_quantised(predicted));
  }
  CHECK(can_be_quantised(rows<float>({{0.0F, 1.0F}}).view()));
  CHECK_FALSE(can_be_quantised(rows<float>({{std::numeric_limits<float>::quiet_NaN()}}).view()));
  CHECK_THROWS_AS(
      truncated_to_8_bits(rows<float>({{std::numeric_limits<float>::quiet_NaN()}}).view()), Error);
}

TEST_CASE("a protocol whose 8 bits cannot be had does not spoil the others",
          "[metrics][quantise]") {
  const auto predicted = rows<float>({{0.5F, 1.5F}});
  const auto truth = rows_u8({{0, 255}});
  PreparedMattes mattes{predicted.view(), truth.view()};
  mattes.expect(find_protocol("paddle-whole").columns);
  CHECK(sad(mattes, {}).value == 1.0 / 1000);
  CHECK_THROWS_AS(sad(mattes, {.pixels = {.quantise = Quantise::round_to_8_bits}}), Error);
}
