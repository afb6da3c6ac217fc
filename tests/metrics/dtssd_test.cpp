#include "metrics/dtssd.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "imaging/io.hpp"
#include "metrics/protocol.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;
using Catch::Contains;

namespace {

using Scores = std::vector<std::pair<std::string_view, Score>>;

const Score* find(const Scores& scores, std::string_view column) {
  for (const auto& [id, score] : scores) {
    if (id == column) return &score;
  }
  return nullptr;
}

/// Two frames: p, a and the two before them.
struct Frames {
  Matte predicted, truth, previous_predicted, previous_truth;
};

double dtssd_of(const Frames& frames) {
  return dtssd(MattePair{frames.predicted, frames.truth},
               MattePair{frames.previous_predicted, frames.previous_truth}, {})
      .value;
}

Matte row(std::vector<std::uint8_t> values) {
  const Size size{static_cast<int>(values.size()), 1};
  return Plane<std::uint8_t>{size, std::move(values)};
}

/// The formula, pixel by pixel in double.
double plain_dtssd(const Frames& frames) {
  const Size size = frames.truth.size();
  double sum = 0.0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const auto at = [&](const Matte& matte) { return matte.view().alpha(y, x); };
      const double change = (at(frames.predicted) - at(frames.previous_predicted)) -
                            (at(frames.truth) - at(frames.previous_truth));
      sum += change * change;
    }
  }
  return 100.0 * std::sqrt(sum / static_cast<double>(size.pixels()));
}

Matte in_depth(const Matte& matte, Depth depth) {
  switch (depth) {
    case Depth::u8: return to_u8(matte);
    case Depth::u16: return to_u16(matte);
    case Depth::f32: break;
  }
  return to_f32(matte);
}

}  // namespace

TEST_CASE("dtSSD equals values worked by hand", "[metrics][dtssd]") {
  // changes of p: 255, 0; of a: 0, -255; difference 1, 1
  CHECK(dtssd_of({row({255, 0}), row({0, 0}), row({0, 0}), row({0, 255})}) == 100.0);
  // difference 1, 0, 0, 0: the root of 1/4
  CHECK(dtssd_of({row({255, 7, 7, 7}), row({0, 0, 0, 0}), row({0, 7, 7, 7}), row({0, 0, 0, 0})}) ==
        50.0);
  // of either sign, and as far as it goes: (1 - 0) - (0 - 1) = 2
  CHECK(dtssd_of({row({255}), row({0}), row({0}), row({255})}) == 200.0);
  CHECK(dtssd_of({row({0}), row({255}), row({255}), row({0})}) == 200.0);
}

TEST_CASE("an error that does not change from frame to frame is no dtSSD", "[metrics][dtssd]") {
  const Matte predicted = testing::noise_matte({31, 17}, 1);
  const Matte truth = testing::noise_matte({31, 17}, 2);
  CHECK(dtssd_of({predicted, truth, predicted, truth}) == 0.0);
}

TEST_CASE("dtSSD gives what RVM's program prints", "[metrics][dtssd][golden]") {
  const auto golden = nlohmann::json::parse(
      testing::read_text(testing::source_path("tests/golden/golden.json")))["sequence"];
  const auto& expected = golden.at("per_frame");
  REQUIRE(expected.size() == 4);
  Matte previous_predicted, previous_truth;
  double sum = 0.0;
  for (std::size_t t = 0; t < expected.size(); ++t) {
    CAPTURE(t);
    const auto folder = testing::source_path("tests/golden/sequence");
    const std::string name = "000" + std::to_string(t) + ".png";
    const Matte predicted = imaging::read_matte(folder / "pred" / name);
    const Matte truth = imaging::read_matte(folder / "alpha" / name);
    SequenceFrame frame{.is_first = t == 0};
    if (t > 0) {
      frame.previous_predicted = previous_predicted.view();
      frame.previous_truth = previous_truth.view();
    }
    const Scores scores =
        evaluate(find_protocol("rvm"),
                 {.predicted = predicted.view(), .truth = truth.view(), .frame = frame});
    REQUIRE(scores.size() == expected[t].size());
    for (const auto& [column, score] : scores) {
      CAPTURE(column);
      REQUIRE(score.defined);
      CHECK(score.value ==
            Approx(expected[t].at(std::string{column}).get<double>()).epsilon(1e-5).margin(1e-9));
    }
    sum += find(scores, "dtssd")->value;
    previous_predicted = predicted;
    previous_truth = truth;
  }
  CHECK(sum / 4.0 == Approx(golden.at("mean_over_frames").at("dtssd").get<double>()).epsilon(1e-5));
}

TEST_CASE("mattes of any depths give the formula's value", "[metrics][dtssd]") {
  constexpr std::array kDepths{Depth::u8, Depth::u16, Depth::f32};
  const Size size{40, 23};
  const Frames u8{testing::noise_matte(size, 1), testing::noise_matte(size, 2),
                  testing::noise_matte(size, 3), testing::noise_matte(size, 4)};
  const double exact = dtssd_of(u8);
  CHECK(exact == Approx(plain_dtssd(u8)).epsilon(1e-13));
  for (const Depth p : kDepths) {
    for (const Depth a : kDepths) {
      for (const Depth before_p : kDepths) {
        for (const Depth before_a : kDepths) {
          const Frames frames{in_depth(u8.predicted, p), in_depth(u8.truth, a),
                              in_depth(u8.previous_predicted, before_p),
                              in_depth(u8.previous_truth, before_a)};
          const bool any_float = p == Depth::f32 || a == Depth::f32 || before_p == Depth::f32 ||
                                 before_a == Depth::f32;
          CHECK(dtssd_of(frames) == Approx(exact).epsilon(any_float ? 1e-6 : 1e-15));
          CHECK(dtssd_of(frames) == Approx(plain_dtssd(frames)).epsilon(1e-13));
        }
      }
    }
  }
}

TEST_CASE("sums of the largest changes of a long row do not overflow", "[metrics][dtssd]") {
  const Size size{70000, 2};
  const Matte black = Plane<std::uint8_t>{size}, white = Plane<std::uint8_t>{size, 255};
  CHECK(dtssd_of({white, black, black, white}) == 200.0);
  const Matte black16 = to_u16(black), white16 = to_u16(white);
  CHECK(dtssd_of({white16, black16, black16, white16}) == 200.0);
}

TEST_CASE("only frames of sequences have a dtSSD, and the first of a clip is 0",
          "[metrics][dtssd]") {
  const Matte predicted = testing::noise_matte({9, 8}, 1), truth = testing::noise_matte({9, 8}, 2);
  for (const char* id : {"rvm", "rvm-hr"}) {
    CAPTURE(id);
    const Protocol& protocol = find_protocol(id);
    ScoreInput input{.predicted = predicted.view(), .truth = truth.view()};
    CHECK(find(evaluate(protocol, input), "dtssd") == nullptr);
    input.frame = SequenceFrame{.is_first = true};
    const Scores first = evaluate(protocol, input);
    REQUIRE(find(first, "dtssd") != nullptr);
    CHECK(find(first, "dtssd")->defined);
    CHECK(find(first, "dtssd")->value == 0.0);
    input.frame = SequenceFrame{};
    const Scores after_failure = evaluate(protocol, input);
    CHECK_FALSE(find(after_failure, "dtssd")->defined);
    CHECK(find(after_failure, "dtssd")->reason == "the frame before it failed");
    CHECK(find(after_failure, "mad")->defined);
  }
}

TEST_CASE("frames of different sizes and values that are no numbers are refused",
          "[metrics][dtssd]") {
  const Matte small = testing::noise_matte({9, 8}, 1), large = testing::noise_matte({9, 9}, 1);
  CHECK_THROWS_WITH(dtssd_of({small, small, large, large}),
                    Contains("one size") && Contains("9x8") && Contains("9x9"));
  CHECK_THROWS_AS(dtssd_of({small, small, small, large}), Error);
  Plane<float> bad{{9, 8}};
  bad(3, 4) = std::nanf("");
  CHECK_THROWS_WITH(dtssd_of({small, small, Matte{bad}, small}), Contains("row 3, column 4"));
}
