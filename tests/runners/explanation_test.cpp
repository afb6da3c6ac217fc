#include "runners/explanation.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "metrics/columns.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::runners;
using Catch::Contains;

namespace {

EvalPair golden_pair(const std::string& name, bool with_trimap = true) {
  const auto file = [&](const std::string& folder) {
    return testing::source_path("tests/golden") / folder / (name + ".png");
  };
  EvalPair pair{.id = name, .truth = file("alpha"), .predicted = file("pred")};
  if (with_trimap) pair.trimap = file("trimap");
  return pair;
}

const MetricExplanation& metric_of(const PairExplanation& pair, std::string_view id) {
  const auto found = std::ranges::find_if(
      pair.metrics, [&](const MetricExplanation& one) { return one.metric->id == id; });
  REQUIRE(found != pair.metrics.end());
  return *found;
}

const ColumnGroup& group_of(const PairExplanation& pair, std::string_view protocol,
                            std::string_view metric, std::string_view column) {
  const std::vector<ColumnGroup>& groups = metric_of(pair, metric).groups;
  const auto found = std::ranges::find_if(groups, [&](const ColumnGroup& group) {
    return std::ranges::any_of(group.columns, [&](const ProtocolColumn& one) {
      return one.protocol->id == protocol && one.id == column;
    });
  });
  REQUIRE(found != groups.end());
  return *found;
}

/// The switches that change the score on this pair.
std::vector<std::string> culprits(const ColumnGroup& group) {
  std::vector<std::string> names;
  for (const SwitchEffect& effect : group.steps) {
    if (!same_score(effect.before, effect.after)) {
      names.push_back(effect.step.name + "=" + effect.step.to);
    }
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the contributions of the switches add up to the difference", "[runners][explain]") {
  for (const char* name : {"hair_quant8", "net_threshold", "pred_max150", "zero_zero"}) {
    const PairExplanation pair = explain_files(golden_pair(name), {});
    CHECK(pair.scored.size() + pair.unscored.size() == metrics::all_protocols().size());
    for (const MetricExplanation& metric : pair.metrics) {
      for (const ColumnGroup& group : metric.groups) {
        CAPTURE(name, group.columns.front().protocol->id, group.columns.front().id);
        Score at = metric.score;
        double sum = 0.0;
        bool all_defined = true;
        for (const SwitchEffect& effect : group.steps) {
          CHECK(effect.before == at);
          at = effect.after;
          const auto changed = change(effect.before, effect.after);
          all_defined = all_defined && changed.has_value();
          sum += changed.value_or(0.0);
        }
        CHECK(at == group.score);
        if (all_defined && metric.score.defined) {
          const double largest = std::max(std::abs(metric.score.value), std::abs(at.value));
          CHECK(metric.score.value + sum == Approx(group.score.value).margin(1e-12 * largest));
        }
      }
    }
  }
}

TEST_CASE("the explanation has the scores that eval gives", "[runners][explain]") {
  const EvalPair files = golden_pair("hair_quant8");
  const PairExplanation pair = explain_files(files, {});
  const Matte truth = imaging::read_matte(files.truth);
  const Matte predicted = imaging::read_matte(files.predicted);
  const Trimap trimap = imaging::read_trimap(files.trimap);
  for (const ScoredProtocol& scored : pair.scored) {
    CHECK(scored.scores == metrics::evaluate(*scored.protocol, {.predicted = predicted.view(),
                                                                .truth = truth.view(),
                                                                .trimap = trimap.view()}));
    for (const auto& [column, score] : scored.scores) {
      const metrics::Metric& metric = metrics::metric_of_column(*scored.protocol, column);
      CHECK(group_of(pair, scored.protocol->id, metric.id, column).score == score);
    }
  }
}

TEST_CASE("gca's Conn differs because it counts the background", "[runners][explain]") {
  const PairExplanation pair = explain_files(golden_pair("hair_quant8"), {});
  CHECK(metric_of(pair, "conn").reference.protocol->id == "dim-matlab");
  CHECK(culprits(group_of(pair, "gca", "conn", "conn")) == Names{"components=with_background"});
}

TEST_CASE("mmagic's Conn differs by the threshold that 153 misses", "[runners][explain]") {
  const PairExplanation pair = explain_files(golden_pair("net_threshold"), {});
  const Names names = culprits(group_of(pair, "mmagic", "conn", "conn"));
  REQUIRE_FALSE(names.empty());
  for (const std::string& name : names) CHECK_THAT(name, Contains("_threshold=f64"));
}

TEST_CASE("columns with equal switches stand together, the reference's first",
          "[runners][explain]") {
  const PairExplanation pair = explain_files(golden_pair("hair_quant8"), {});
  const MetricExplanation& sad = metric_of(pair, "sad");
  CHECK(sad.groups.front().columns.front().protocol == sad.reference.protocol);
  CHECK(sad.groups.front().steps.empty());
  CHECK(&group_of(pair, "aim", "grad", "grad") == &group_of(pair, "p3m", "grad", "grad"));
  CHECK(&group_of(pair, "aim", "sad", "sad_trimap") != &group_of(pair, "aim", "sad", "sad"));
  // dim-matlab has no MAD: the first protocol that has one stands in.
  CHECK(metric_of(pair, "mad").reference.id == "mad");
  CHECK(metric_of(pair, "mad").reference.protocol->id != "dim-matlab");
}

TEST_CASE("without a trimap the reference is the whole image", "[runners][explain]") {
  const PairExplanation pair = explain_files(golden_pair("hair_quant8", false), {});
  CHECK(pair.reference->id == "whole");
  const auto lacks = [&](std::string_view id, std::string_view missing) {
    return std::ranges::any_of(pair.unscored, [&](const UnscoredProtocol& one) {
      return one.protocol->id == id && one.missing == missing;
    });
  };
  CHECK(lacks("dim-matlab", "a trimap"));
  CHECK(lacks("trimap", "a predicted trimap"));
  const ExplainSettings against{.against = &metrics::find_protocol("gca")};
  CHECK_THROWS_WITH(explain_files(golden_pair("hair_quant8", false), against),
                    Contains("'gca' cannot be the reference: it needs a trimap"));
}

TEST_CASE("quantising is named as the switch behind scores of a prediction of more than 8 bits",
          "[runners][explain]") {
  const Size size{25, 20};
  const Matte truth = testing::noise_matte(size, 1);
  const Trimap trimap = testing::noise_trimap(size, 2);
  Plane<std::uint16_t> predicted{size};
  for (std::size_t i = 0; i < predicted.values().size(); ++i) {
    predicted.values()[i] = static_cast<std::uint16_t>(i * 40503);
  }
  const Plane<float> as_floats = to_f32(predicted.view());
  const metrics::ScoreInput wide{
      .predicted = predicted.view(), .truth = truth.view(), .trimap = trimap.view()};
  metrics::ScoreInput floats = wide;
  floats.predicted = as_floats.view();
  for (const metrics::ScoreInput& input : {wide, floats}) {
    const PairExplanation pair = explain_pair(input, {});
    for (const char* metric : {"sad", "mse", "grad", "conn"}) {
      CAPTURE(metric);
      const Names of_tester = culprits(group_of(pair, "gca-tester", metric, metric));
      CHECK(std::ranges::find(of_tester, "quantise=truncate_to_8_bits") != of_tester.end());
      const Names of_paddle = culprits(group_of(pair, "paddle", metric, metric));
      CHECK(std::ranges::find(of_paddle, "quantise=round_to_8_bits") != of_paddle.end());
    }
  }
}

TEST_CASE("a float prediction outside [0, 1] is explained without the protocols that quantise it",
          "[runners][explain]") {
  const Size size{6, 5};
  const Matte truth = testing::noise_matte(size, 1);
  const Trimap trimap = testing::noise_trimap(size, 2);
  const Plane<float> predicted{size, 1.25F};
  const metrics::ScoreInput input{
      .predicted = predicted.view(), .truth = truth.view(), .trimap = trimap.view()};
  Names refused;
  for (const UnscoredProtocol& one : explain_pair(input, {}).unscored) {
    if (one.missing == "a prediction within [0, 1]") refused.emplace_back(one.protocol->id);
  }
  CHECK(refused == Names{"gca-tester", "paddle", "paddle-whole"});
  CHECK_THROWS_WITH(explain_pair(input, {.against = &metrics::find_protocol("paddle")}),
                    Contains("'paddle' cannot be the reference: it needs a prediction within"));
}

TEST_CASE("the reference may be any protocol and is always scored", "[runners][explain]") {
  const PairExplanation pair = explain_files(
      golden_pair("hair_quant8"),
      {.protocols = {&metrics::find_protocol("aim")}, .against = &metrics::find_protocol("gca")});
  REQUIRE(pair.scored.size() == 2);
  CHECK(pair.scored[0].protocol->id == "gca");
  CHECK(metric_of(pair, "conn").reference.protocol->id == "gca");
}

TEST_CASE("an undefined score is carried through the steps with its reason", "[runners][explain]") {
  const PairExplanation pair = explain_files(golden_pair("zero_zero"), {});
  const MetricExplanation& mse = metric_of(pair, "mse");
  CHECK(mse.score == Score::undefined("no unknown pixels"));
  const ColumnGroup& gca = group_of(pair, "gca", "mse", "mse");
  CHECK(gca.score == Score::of(0.0));
  CHECK(culprits(gca) == Names{"offset=1e-08"});
  CHECK_FALSE(change(gca.steps.front().before, gca.steps.front().after).has_value());
}

TEST_CASE("a guard against 0/0 in a divisor is no difference", "[runners][explain]") {
  const PairExplanation pair = explain_files(golden_pair("hair_quant8"), {});
  CHECK(same_score(group_of(pair, "gca", "mse", "mse").score, metric_of(pair, "mse").score));
  CHECK_FALSE(same_score(Score::of(1.0), Score::of(1.0 + 1e-8)));
  CHECK_FALSE(same_score(Score::of(0.0), Score::undefined("no pixels")));
  CHECK(same_score(Score::of(0.0), Score::of(0.0)));
}

TEST_CASE(
    "a pair without both mattes is bad input, a named protocol without its trimap wrong usage",
    "[runners][explain]") {
  const Matte matte = testing::noise_matte({8, 6}, 1);
  const auto kind_of = [](const metrics::ScoreInput& input, const ExplainSettings& settings) {
    try {
      static_cast<void>(explain_pair(input, settings));
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::internal;
  };
  CHECK(kind_of({.predicted = matte.view()}, {}) == ErrorKind::bad_input);
  CHECK(kind_of({.truth = matte.view()}, {}) == ErrorKind::bad_input);
  const metrics::ScoreInput pair{.predicted = matte.view(), .truth = matte.view()};
  for (const char* id : {"aim", "trimap"}) {
    CHECK(kind_of(pair, {.protocols = {&metrics::find_protocol(id)}}) == ErrorKind::usage);
  }
}

TEST_CASE("files that cannot be compared are refused by name", "[runners][explain]") {
  const testing::TemporaryFolder folder;
  EvalPair missing = golden_pair("hair_quant8");
  missing.predicted = folder / "absent.png";
  CHECK_THROWS_WITH(explain_files(missing, {}), Contains("absent.png"));
  EvalPair other_size = golden_pair("hair_quant8");
  other_size.predicted = golden_pair("row_1x64").predicted;
  CHECK_THROWS_WITH(explain_files(other_size, {}),
                    Contains("different sizes") && Contains("row_1x64.png"));
  CHECK_THROWS_WITH(explain_files(golden_pair("trimap_127"), {}),
                    Contains("trimap_127.png") && Contains("127"));
  const ExplainSettings levels{.trimap_levels = {.unknown = 127}};
  CHECK(explain_files(golden_pair("trimap_127"), levels).reference->id == "dim-matlab");
}
