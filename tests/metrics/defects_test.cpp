// Errors of published evaluation programs that mbench must not have. docs/metrics.md lists them.
#include <algorithm>
#include <cstdint>
#include <random>

#include "metrics/connectivity.hpp"
#include "metrics/gradient.hpp"
#include "metrics/protocol.hpp"
#include "metrics/sad.hpp"
#include "tests/metrics/golden.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::metrics;
using testing::rows_u8;

namespace {

double value(const Protocol& protocol, const ScoreInput& input, std::string_view column) {
  for (const auto& [id, score] : evaluate(protocol, input)) {
    if (id == column && score.defined) return score.value;
  }
  throw std::runtime_error{"no such score"};
}

}  // namespace

TEST_CASE("the background is no connected component, however large", "[metrics][defect]") {
  // Ports of the GCA family take it for the source region where it outnumbers the foreground.
  for (const int columns : {7, 20, 45}) {  // foreground of 7 %, 20 % and 45 % of the image
    CAPTURE(columns);
    Plane<std::uint8_t> truth{{100, 10}};
    Plane<std::uint8_t> predicted{{100, 10}};
    for (int y = 0; y < 10; ++y) {
      for (int x = 0; x < columns; ++x) {
        truth(y, x) = 255;
        predicted(y, x) = 200;
      }
    }
    const Trimap trimap{{100, 10}, kUnknown};
    const ScoreInput input{
        .predicted = predicted.view(), .truth = truth.view(), .trimap = trimap.view()};
    // Connected up to 0.7 in both mattes: (1 - 0.7) - 0 at every foreground pixel.
    CHECK(value(find_protocol("dim-matlab"), input, "conn") ==
          Approx(10.0 * columns * 0.3 / 1000.0).epsilon(1e-12));
    // The port: every foreground pixel is lost at 0.1.
    CHECK(value(find_protocol("gca"), input, "conn") ==
          Approx(10.0 * columns * (55.0 / 255.0) / 1000.0).epsilon(1e-12));
  }
}

TEST_CASE("where the foreground has the majority both rules agree", "[metrics][defect]") {
  const testing::GoldenCase pair = testing::load_golden_case("fg_major");
  const ScoreInput input{
      .predicted = pair.predicted.view(), .truth = pair.truth.view(), .trimap = pair.trimap.view()};
  CHECK(value(find_protocol("dim-matlab"), input, "conn") ==
        value(find_protocol("gca"), input, "conn"));
}

TEST_CASE("alpha 153 reaches 0.6 under dim-matlab and not under aim, as in their programs",
          "[metrics][defect]") {
  const auto predicted = rows_u8({{153}});
  const auto truth = rows_u8({{255}});
  const auto trimap = rows_u8({{128}});
  const ScoreInput input{.predicted = AlphaView{predicted.view()},
                         .truth = AlphaView{truth.view()},
                         .trimap = trimap.view()};
  CHECK(value(find_protocol("dim-matlab"), input, "conn") == Approx(0.0004).epsilon(1e-12));
  CHECK(value(find_protocol("mmagic"), input, "conn") == Approx(0.0005).epsilon(1e-12));
  // aim skips the thresholds above, where nothing is left, and so finds no error at all.
  CHECK(value(find_protocol("aim"), input, "conn") == 0.0);
}

TEST_CASE("a trimap without the level 128 gives undefined means, not perfect ones",
          "[metrics][defect]") {
  // A stand-in trimap of ones made one program print 0 for MSE.
  const auto predicted = rows_u8({{0, 255}});
  const auto truth = rows_u8({{255, 0}});
  const auto trimap = rows_u8({{1, 1}});
  const auto scores =
      evaluate(find_protocol("dim-matlab"), {.predicted = AlphaView{predicted.view()},
                                             .truth = AlphaView{truth.view()},
                                             .trimap = trimap.view()});
  CHECK(scores[1].first == "mse");
  CHECK_FALSE(scores[1].second.defined);
  CHECK(scores[1].second.reason == "no unknown pixels");
}

TEST_CASE("differences of 8-bit mattes do not wrap around", "[metrics][defect]") {
  const auto low = rows_u8({{0, 1, 10}});
  const auto high = rows_u8({{255, 2, 200}});
  PreparedMattes rising{low.view(), high.view()};
  PreparedMattes falling{high.view(), low.view()};
  const double expected = (255.0 + 1.0 + 190.0) / 255.0 / 1000.0;
  CHECK(sad(rising, {}).value == Approx(expected).epsilon(1e-15));
  CHECK(sad(falling, {}).value == Approx(expected).epsilon(1e-15));
}

TEST_CASE(
    "the gradient of aim is another than that of dim-matlab by a few percent, not by its unit",
    "[metrics][defect]") {
  for (const char* name : {"hair_blur", "discs_shift", "fg_major", "large_1080x1623"}) {
    CAPTURE(name);
    const testing::GoldenCase pair = testing::load_golden_case(name);
    const ScoreInput input{.predicted = pair.predicted.view(),
                           .truth = pair.truth.view(),
                           .trimap = pair.trimap.view()};
    const double ratio = value(find_protocol("aim"), input, "grad") /
                         value(find_protocol("paddle-whole"), input, "grad");
    CHECK(ratio > 0.9);
    CHECK(ratio < 1.1);
    CHECK(std::abs(ratio - 1.0) > 0.005);
  }
}

TEST_CASE("one row or one column is an image like any other", "[metrics][defect]") {
  // PaddleSeg drops the axis of size 1: another gradient, and connectivity fails.
  std::mt19937 random{5};
  auto predicted = testing::random_plane<std::uint8_t>({64, 1}, 255, random);
  auto truth = testing::random_plane<std::uint8_t>({64, 1}, 255, random);
  predicted(0, 0) = truth(0, 0) = 255;  // a threshold that no pixel reaches stops one program
  const Trimap trimap{{64, 1}, kUnknown};
  const auto turned_predicted = testing::transposed(predicted);
  const auto turned_truth = testing::transposed(truth);
  const Trimap turned_trimap{{1, 64}, kUnknown};
  for (const Protocol* protocol : all_protocols()) {
    if (protocol->needs == ProtocolNeeds::trimap_pair) continue;
    const auto lying = evaluate(*protocol, {.predicted = AlphaView{predicted.view()},
                                            .truth = AlphaView{truth.view()},
                                            .trimap = trimap.view()});
    const auto standing = evaluate(*protocol, {.predicted = AlphaView{turned_predicted.view()},
                                               .truth = AlphaView{turned_truth.view()},
                                               .trimap = turned_trimap.view()});
    for (std::size_t i = 0; i < lying.size(); ++i) {
      CAPTURE(protocol->id, lying[i].first);
      CHECK(lying[i].second.defined);
      CHECK(lying[i].second.value == Approx(standing[i].second.value).epsilon(1e-12));
      if (lying[i].first == "conn") CHECK(lying[i].second.value > 0.0);
    }
  }
}
