#include "metrics/protocol.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "metrics/column_format.hpp"
#include "metrics/columns.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/references.hpp"

using namespace mbench;
using namespace mbench::metrics;
using Catch::Contains;

namespace {

using Ids = std::vector<std::string_view>;

}  // namespace

TEST_CASE("the public protocols and their columns are those that records hold",
          "[metrics][protocol]") {
  Ids ids;
  for (const Protocol* protocol : all_protocols()) ids.push_back(protocol->id);
  CHECK(ids == Ids{"dim-matlab", "dim-matlab-skip", "dim-matlab-orig", "whole", "gca", "gca-tester",
                   "vitmatte", "mam", "aim", "gfm", "p3m", "mmagic", "paddle", "paddle-whole",
                   "rvm", "rvm-hr", "indexnet-py", "instmatt", "trimap"});
  CHECK(column_ids(find_protocol("dim-matlab")) == Ids{"sad", "mse", "grad", "conn"});
  CHECK(column_ids(find_protocol("aim")) == Ids{"sad", "mse", "mad", "sad_trimap", "mse_trimap",
                                                "mad_trimap", "sad_fg", "sad_bg", "grad", "conn"});
  CHECK(column_ids(find_protocol("trimap")) ==
        Ids{"accuracy", "iou_bg", "iou_unknown", "iou_fg", "miou_mean3", "miou_present"});
  CHECK(versioned_id(find_protocol("dim-matlab")) == "dim-matlab/1");
}

TEST_CASE("every protocol and metric says what it is, and ids occur once", "[metrics][protocol]") {
  std::set<std::string_view> ids;
  for (const Protocol* protocol : all_protocols()) {
    CAPTURE(protocol->id);
    CHECK(ids.insert(protocol->id).second);
    CHECK_FALSE(protocol->title.empty());
    CHECK(testing::is_in_references(protocol->cite));
    CHECK_FALSE(protocol->source.empty());
    CHECK_FALSE(protocol->proof.empty());
    CHECK_FALSE(protocol->quirks.empty());
    CHECK(protocol->version >= 1);
    const Ids columns = column_ids(*protocol);
    CHECK(std::set<std::string_view>(columns.begin(), columns.end()).size() == columns.size());
  }
  ids.clear();
  for (const Metric* metric : all_metrics()) {
    CAPTURE(metric->id);
    CHECK(ids.insert(metric->id).second);
    CHECK(&find_metric(metric->id) == metric);
    CHECK_FALSE(metric->title.empty());
    CHECK_FALSE(metric->formula.empty());
    CHECK(testing::is_in_references(metric->cite));
  }
}

TEST_CASE("every column belongs to a metric of the catalogue", "[metrics][protocol]") {
  CHECK(metric_of_column(find_protocol("aim"), "sad_trimap").id == "sad");
  CHECK(metric_of_column(find_protocol("trimap"), "iou_fg").id == "iou");
  CHECK(metric_of_column(find_protocol("trimap"), "miou_present").id == "miou");
  for (const Protocol* protocol : all_protocols()) {
    for (const std::string_view column : column_ids(*protocol)) {
      const Metric& metric = metric_of_column(*protocol, column);
      CHECK(&find_metric(metric.id) == &metric);
    }
  }
  CHECK_THROWS_WITH(metric_of_column(find_protocol("aim"), "sad_fgg"),
                    Contains("sad_fgg") && Contains("did you mean 'sad_fg'?"));
}

TEST_CASE("a column is headed by the unit in which its protocol prints", "[metrics][protocol]") {
  CHECK(unit_of_column(find_protocol("dim-matlab"), "sad") == "10^3");
  CHECK(unit_of_column(find_protocol("dim-matlab"), "mse").empty());
  CHECK(unit_of_column(find_protocol("aim"), "grad") == "10");
  CHECK(unit_of_column(find_protocol("rvm"), "mse") == "10^-3");
  CHECK(unit_of_column(find_protocol("rvm"), "dtssd") == "10^-2");
  CHECK(unit_of_column(find_protocol("trimap"), "iou_fg").empty());
}

TEST_CASE("a column has the formula of its own region, divisor and unit", "[metrics][protocol]") {
  const auto formula = [](std::string_view protocol, std::string_view column) {
    return formula_of_column(find_protocol(protocol), column);
  };
  CHECK(formula("dim-matlab", "sad") == "1/1000 * sum_{T_i = 128} |p_i - t_i|");
  CHECK(formula("whole", "mse") == "1/N * sum_i (p_i - t_i)^2; N = all pixels");
  CHECK(formula("rvm", "mad") == "1000/N * sum_i |p_i - t_i|; N = all pixels");
  CHECK(formula("aim", "mse_trimap") ==
        "1/n * sum_i (p_i - t_i)^2; n = |{T = 128}|, where that is 0 |{T neither 0 nor 255}|; p "
        "clamped to the trimap");
  CHECK(formula("aim", "sad_fg") == "1/1000 * sum_{T_i = 255} |p_i - t_i|");
  CHECK(formula("mam", "mse_detail") ==
        "1/(n + 1e-08) * sum_{T_i > 0} (p_i - t_i)^2; n = |{T > 0}|");
  CHECK(formula("instmatt", "grad") ==
        "1/(n + 1) * sum_{T_i = 128} (|grad p|_i - |grad t|_i)^2; n = |{T = 128}|");
  CHECK(formula("indexnet-py", "grad") ==
        "1/10 * sum_{T_i = 128} (|grad p|_i - |grad t|_i)^2; p and t stretched");
  CHECK(formula("trimap", "iou_fg") == "|P_c and T_c| / |P_c or T_c|; c = foreground, 255");
  CHECK_THROWS_WITH(formula("aim", "sad_fgg"), Contains("did you mean 'sad_fg'?"));
}

TEST_CASE("means are printed with more digits than sums", "[metrics][protocol]") {
  const auto decimals = [](std::string_view protocol, std::string_view column) {
    return decimals_of_column(find_protocol(protocol), column);
  };
  CHECK(decimals("dim-matlab", "grad") == 2);
  CHECK(decimals("instmatt", "sad") == 2);
  for (const char* column : {"mse", "mad", "grad", "conn"})
    CHECK(decimals("instmatt", column) == 4);
  CHECK(decimals("rvm", "dtssd") == 2);
  CHECK(decimals("trimap", "iou_fg") == 4);
}

TEST_CASE("an unknown protocol or metric is refused with the nearest one", "[metrics][protocol]") {
  CHECK_THROWS_WITH(find_protocol("dim-matlap"), Contains("unknown protocol 'dim-matlap'") &&
                                                     Contains("did you mean 'dim-matlab'?"));
  CHECK_THROWS_WITH(find_metric("sat"), Contains("did you mean 'sad'?"));
}

TEST_CASE("what a protocol needs and does not get is named", "[metrics][protocol]") {
  const Matte matte = testing::noise_matte({8, 6}, 1);
  const Trimap trimap = testing::noise_trimap({8, 6}, 2);
  const auto refused = [](std::string_view protocol, const ScoreInput& input) {
    try {
      static_cast<void>(evaluate(find_protocol(protocol), input));
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::bad_input);
      return std::string{error.what()};
    }
    return std::string{};
  };
  CHECK_THAT(refused("dim-matlab", {.predicted = matte.view(), .truth = matte.view()}),
             Contains("protocol 'dim-matlab' needs the trimap"));
  CHECK_THAT(refused("aim", {.truth = matte.view(), .trimap = trimap.view()}),
             Contains("protocol 'aim' needs the prediction"));
  CHECK_THAT(refused("aim", {.predicted = matte.view(), .trimap = trimap.view()}),
             Contains("protocol 'aim' needs the ground truth"));
  CHECK_THAT(refused("trimap", {.trimap = trimap.view()}),
             Contains("protocol 'trimap' needs the predicted trimap"));
}

TEST_CASE("the truth is perfect under every protocol", "[metrics][protocol]") {
  // A third of the pixels each below 0, inside and above 255, so that a trimap may know them.
  const Matte noise = testing::noise_matte({30, 20}, 3);
  Plane<std::uint8_t> truth = to_u8(noise.view());
  Trimap trimap{truth.size()};
  for (int y = 0; y < truth.size().height; ++y) {
    for (int x = 0; x < truth.size().width; ++x) {
      std::uint8_t& alpha = truth(y, x);
      alpha = static_cast<std::uint8_t>(std::clamp(3 * (alpha - 85), 0, 255));
      const std::uint8_t unless_opaque = alpha == 0 ? kBackground : kUnknown;
      trimap(y, x) = alpha == 255 ? kForeground : unless_opaque;
    }
  }
  const SequenceFrame frame{.previous_predicted = AlphaView{noise.view()},
                            .previous_truth = AlphaView{noise.view()}};
  for (const Protocol* protocol : all_protocols()) {
    const auto scores = evaluate(*protocol, {.predicted = AlphaView{truth.view()},
                                             .truth = AlphaView{truth.view()},
                                             .trimap = trimap.view(),
                                             .predicted_trimap = trimap.view(),
                                             .frame = frame});
    CHECK(scores.size() == column_ids(*protocol).size());
    for (const auto& [column, score] : scores) {
      CAPTURE(protocol->id, column);
      REQUIRE(score.defined);
      const bool higher = metric_of_column(*protocol, column).better == Better::higher;
      CHECK(score.value == (higher ? 1.0 : 0.0));
    }
  }
}
