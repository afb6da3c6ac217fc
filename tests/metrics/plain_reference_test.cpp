#include "tests/metrics/plain_reference.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>

#include "core/error.hpp"
#include "metrics/columns.hpp"
#include "metrics/protocol.hpp"
#include "metrics/switches.hpp"
#include "tests/metrics/golden.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/metrics/tiny_case.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;
using Catch::Contains;
using testing::rows;
using testing::rows_u8;

namespace {

/// The case of a seed, the same on every machine.
testing::TinyCase case_of_seed(unsigned seed) {
  std::mt19937 random{seed};
  const auto choose = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  // Most are smaller than the kernels; the others have room for shapes, or long rows.
  if (seed % 8 == 7) return testing::make_wide_case(choose);
  return testing::make_tiny_case(choose, seed % 4 == 0 ? 24 : 8);
}

double score_of(std::string_view protocol, std::string_view column, const Matte& predicted,
                const Matte& truth) {
  const Trimap trimap{truth.size(), kUnknown};
  for (const auto& [id, score] :
       evaluate(find_protocol(protocol),
                {.predicted = predicted.view(), .truth = truth.view(), .trimap = trimap.view()})) {
    if (id != column) continue;
    REQUIRE(score.defined);
    return score.value;
  }
  FAIL("no column " << column);
  return 0.0;
}

/// Are predictions compared with the thresholds of Conn in double precision?
bool compares_in_double(const Protocol& protocol) {
  return std::ranges::any_of(protocol.columns, [](const ScoreColumn& column) {
    const auto* conn = std::get_if<ConnectivitySwitches>(&column.switches);
    return conn != nullptr && conn->predicted_threshold == ThresholdRule::f64;
  });
}

std::string refusal(const ScoreInput& input) {
  try {
    static_cast<void>(evaluate(find_protocol("aim"), input));
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("every protocol has a plain definition with the same columns", "[metrics][plain]") {
  const testing::TinyCase tiny = case_of_seed(1);
  for (const Protocol* protocol : all_protocols()) {
    CAPTURE(protocol->id);
    testing::PlainScores plain;
    REQUIRE_NOTHROW(
        plain = testing::plain_scores(protocol->id, {.predicted = tiny.predicted.view(),
                                                     .truth = tiny.truth.view(),
                                                     .trimap = tiny.trimap,
                                                     .predicted_trimap = tiny.predicted_trimap}));
    std::vector<std::string_view> columns;
    for (const auto& [column, value] : plain) columns.push_back(column);
    CHECK(columns == column_ids(*protocol));
  }
  CHECK_THROWS_AS(testing::plain_scores("dim-python", {.predicted = tiny.predicted.view(),
                                                       .truth = tiny.truth.view(),
                                                       .trimap = tiny.trimap,
                                                       .predicted_trimap = tiny.predicted_trimap}),
                  std::invalid_argument);
}

TEST_CASE("every protocol is plainly what it says on thousands of tiny images, alone or together",
          "[metrics][plain]") {
  constexpr unsigned kCases = 2000;
  constexpr int kShown = 20;  // what fails once mostly fails often
  int failed = 0;
  for (unsigned seed = 0; seed < kCases; ++seed) {
    const testing::TinyCase tiny = case_of_seed(seed);
    const std::string differences = testing::differences_from_plain(tiny);
    if (differences.empty()) continue;
    CAPTURE(seed, tiny.truth.size(), to_string(tiny.predicted.depth()),
            to_string(tiny.truth.depth()));
    FAIL_CHECK(differences);
    if (++failed == kShown) return;
  }
}

TEST_CASE("the plain definitions give the exact golden values", "[metrics][plain][golden]") {
  int compared = 0;
  for (const std::string& name : testing::golden_case_names()) {
    const testing::GoldenCase pair = testing::load_golden_case(name);
    if (pair.truth.size().pixels() > 5000) continue;  // plain is slow
    for (const auto& [id, columns] : pair.exact.items()) {
      CAPTURE(name, id);
      const testing::PlainScores plain =
          testing::plain_scores(id, {.predicted = pair.predicted.view(),
                                     .truth = pair.truth.view(),
                                     .trimap = pair.trimap,
                                     .predicted_trimap = pair.predicted_trimap});
      for (const auto& [column, value] : plain) {
        CAPTURE(column);
        if (column == "dtssd") continue;  // these are stills; the golden clip has its own test
        const auto& exact = columns.at(std::string{column});
        REQUIRE(value.has_value() == !exact.is_object());
        if (!value) continue;
        const double tolerance = column == "grad" ? 1e-9 : 1e-12;
        CHECK(static_cast<double>(*value) ==
              Approx(exact.get<double>()).epsilon(tolerance).margin(1e-11));
        ++compared;
      }
    }
  }
  CHECK(compared > 500);
}

TEST_CASE("a float matte that holds k/255 scores as the 8-bit one", "[metrics][plain][float]") {
  for (const Protocol* protocol : all_protocols()) {
    if (protocol->needs == ProtocolNeeds::trimap_pair) continue;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const Matte truth = testing::noise_matte({21, 17}, seed);
      const Matte predicted = testing::noise_matte({21, 17}, seed + 100);
      const Matte as_float{testing::as_floats(to_u8(predicted))};
      const Trimap trimap = testing::noise_trimap({21, 17}, seed + 200);
      const auto scores = [&](const Matte& prediction) {
        return evaluate(
            *protocol,
            {.predicted = prediction.view(), .truth = truth.view(), .trimap = trimap.view()});
      };
      const auto of_bytes = scores(predicted);
      const auto of_floats = scores(as_float);
      for (std::size_t i = 0; i < of_bytes.size(); ++i) {
        CAPTURE(protocol->id, of_bytes[i].first, seed);
        // 153/255 as float is above 0.6000000000000001: at this tie floats and bytes differ.
        if (of_bytes[i].first == "conn" && compares_in_double(*protocol)) continue;
        CHECK(of_floats[i].second.value == Approx(of_bytes[i].second.value).epsilon(1e-7));
      }
    }
  }
}

TEST_CASE("a float prediction is scored as it is, not as the file that it becomes",
          "[metrics][plain][float]") {
  const Matte truth{rows_u8({{255, 0}})};
  const Matte predicted{rows<float>({{0.9990234375F, 0.25F}})};  // 254.75/255 and 63.75/255
  CHECK(score_of("aim", "mad", predicted, truth) == (0.0009765625 + 0.25) / 2);
  CHECK(score_of("aim", "mse", predicted, truth) == (0.0009765625 * 0.0009765625 + 0.0625) / 2);
  CHECK(score_of("aim", "mad", Matte{to_u8(predicted)}, truth) == 64.0 / 255 / 2);
}

TEST_CASE("a float at a threshold reaches it in single precision", "[metrics][plain][float]") {
  // One pixel, so the connected region ends where the prediction does not reach the threshold. The
  // truth is then 1 - 0.6 or 1 - 0.5 above it, the prediction less than 0.15.
  const Matte truth{rows_u8({{255}})};
  const auto conn = [&](std::string_view protocol, float value) {
    return 1000.0 * score_of(protocol, "conn", Matte{rows<float>({{value}})}, truth);
  };
  const float below = std::nextafter(0.6F, 0.0F);
  CHECK(conn("dim-matlab", 0.6F) == Approx(0.4));
  CHECK(conn("dim-matlab", below) == Approx(0.5));
  // In double precision 0.6F is 0.60000002, which is above 6 * 0.1; 0.7F is 0.69999999.
  CHECK(score_of("mmagic", "conn", Matte{rows<float>({{0.6F}})}, truth) == Approx(0.0004));
  CHECK(score_of("mmagic", "conn", Matte{rows<float>({{0.7F}})}, truth) == Approx(0.0004));
  CHECK(conn("dim-matlab", 0.7F) == Approx(0.3));
}

TEST_CASE("8 bits at 0.6 reach the threshold or not, as the protocol's program has it",
          "[metrics][plain]") {
  const Matte truth{rows_u8({{255}})};
  const Matte predicted{rows_u8({{153}})};
  CHECK(score_of("dim-matlab", "conn", predicted, truth) == Approx(0.0004));
  CHECK(score_of("mmagic", "conn", predicted, truth) == Approx(0.0005));
  const Matte of_16_bits{rows<std::uint16_t>({{39321}})};
  CHECK(score_of("dim-matlab", "conn", of_16_bits, truth) == Approx(0.0004));
  CHECK(score_of("mmagic", "conn", of_16_bits, truth) == Approx(0.0005));
}

TEST_CASE("a float matte that spans one unit in the last place is stretched like any other",
          "[metrics][plain][float]") {
  const Size size{4, 4};
  Plane<float> predicted{size, 1.0F};
  predicted(0, 3) = std::nextafter(1.0F, 0.0F);
  Plane<std::uint8_t> as_stretched{size, 255};
  as_stretched(0, 3) = 0;
  const Matte truth{Plane<std::uint8_t>{size, 255}};
  CHECK(score_of("whole", "grad", Matte{predicted}, truth) ==
        Approx(score_of("whole", "grad", Matte{as_stretched}, truth)).epsilon(1e-7));
}

TEST_CASE("what is not a number is refused wherever it stands", "[metrics][plain][float]") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  const Matte good{rows_u8({{255, 0}})};
  const Trimap trimap{{2, 1}, kForeground};  // clamping would hide it
  for (const float bad : {nan, infinity, -infinity}) {
    const Matte matte{rows<float>({{0.5F, bad}})};
    CHECK_THAT(refusal({.predicted = matte.view(), .truth = good.view(), .trimap = trimap.view()}),
               Contains("the prediction holds a value that is not a finite number") &&
                   Contains("row 0, column 1"));
    CHECK_THAT(refusal({.predicted = good.view(), .truth = matte.view(), .trimap = trimap.view()}),
               Contains("the ground truth holds a value that is not a finite number"));
  }
}
