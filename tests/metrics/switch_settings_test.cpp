#include "metrics/switch_settings.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "metrics/protocol.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::metrics;
using Catch::Contains;

namespace {

const ScoreColumn& column(std::string_view protocol, std::string_view id) {
  const auto columns = find_protocol(protocol).columns;
  return *std::ranges::find(columns, id, &ScoreColumn::id);
}

std::string settings_text(const ScoreColumn& of) {
  std::string text;
  for (const SwitchSetting& setting : switch_settings(of)) {
    text += std::string{setting.name} + "=" + setting.value + " ";
  }
  return text;
}

std::string steps_text(const ScoreColumn& from, const ScoreColumn& to) {
  std::string text;
  for (const SwitchStep& step : switch_steps(from, to)) {
    text += step.name + ": " + step.from + " -> " + step.to + "; ";
  }
  return text;
}

std::vector<const ScoreColumn*> all_columns() {
  std::vector<const ScoreColumn*> columns;
  for (const Protocol* protocol : all_protocols()) {
    for (const ScoreColumn& one : protocol->columns) columns.push_back(&one);
  }
  return columns;
}

}  // namespace

TEST_CASE("every switch of a column is told by name, value and meaning", "[metrics][switches]") {
  CHECK(settings_text(column("dim-matlab", "grad")) ==
        "region=unknown quantise=none clamp=none stretch=min_max divisor=one offset=0 "
        "if_zero=undefined "
        "unit=1000 kernel=taps9 border=replicate ");
  CHECK(settings_text(column("mmagic", "conn")) ==
        "region=unknown quantise=none clamp=to_trimap stretch=none divisor=one offset=0 "
        "if_zero=undefined "
        "unit=1000 predicted_threshold=f64 truth_threshold=f64 empty_level=drop "
        "tie_order=row_major components=foreground_only ");
  CHECK(settings_text(column("gca", "mse")) ==
        "region=unknown quantise=none clamp=none stretch=none divisor=region offset=1e-08 "
        "if_zero=undefined "
        "unit=1 ");
  CHECK(settings_text(column("trimap", "iou_bg")) == "score=iou_background ");

  const std::vector<SwitchSetting> settings = switch_settings(column("dim-matlab", "sad"));
  CHECK(settings.front().meaning == "pixels with T = 128");
  CHECK(settings.back().meaning == "printed divided by 1000");
}

TEST_CASE("no two values of a switch have the same words", "[metrics][switches]") {
  for (const ScoreColumn* left : all_columns()) {
    for (const ScoreColumn* right : all_columns()) {
      if (left->switches.index() != right->switches.index()) continue;
      CHECK((left->switches == right->switches) == (settings_text(*left) == settings_text(*right)));
    }
    for (const SwitchSetting& setting : switch_settings(*left))
      CHECK_FALSE(setting.meaning.empty());
  }
}

TEST_CASE("the steps between any two columns of a metric arrive exactly", "[metrics][switches]") {
  for (const ScoreColumn* from : all_columns()) {
    for (const ScoreColumn* to : all_columns()) {
      if (from->switches.index() != to->switches.index()) continue;
      const std::vector<SwitchStep> steps = switch_steps(*from, *to);
      CAPTURE(steps_text(*from, *to));
      CHECK(steps.empty() == (from->switches == to->switches));
      if (!steps.empty()) CHECK(steps.back().after == *to);
      std::set<std::string> names;
      ScoreColumn before = *from;
      for (const SwitchStep& step : steps) {
        CHECK(names.insert(step.name).second);
        CHECK(step.from != step.to);
        CHECK_FALSE(step.after.switches == before.switches);
        before = step.after;
      }
    }
  }
}

TEST_CASE("switches are changed in the documented order", "[metrics][switches]") {
  std::set<std::string_view> named;
  for (const ScoreColumn* one : all_columns()) {
    for (const SwitchSetting& setting : switch_settings(*one)) named.insert(setting.name);
  }
  CHECK(named == std::set<std::string_view>(switch_order().begin(), switch_order().end()));
  CHECK(steps_text(column("dim-matlab", "mse"), column("mmagic", "mse")) ==
        "clamp: none -> to_trimap; if_zero: undefined -> zero; divisor: region -> unknown; "
        "region: unknown -> whole; ");
  CHECK(steps_text(column("dim-matlab", "conn"), column("gca-tester", "conn")) ==
        "quantise: none -> truncate_to_8_bits; predicted_threshold: inclusive -> f64; "
        "tie_order: column_major -> row_major; components: foreground_only -> with_background; ");
  CHECK(steps_text(column("dim-matlab", "sad"), column("paddle", "sad")) ==
        "quantise: none -> round_to_8_bits; clamp: none -> to_trimap; ");
}

TEST_CASE("switches that make sense only together are one step", "[metrics][switches]") {
  CHECK(steps_text(column("dim-matlab", "grad"), column("aim", "grad")) ==
        "stretch: min_max -> none; region: unknown -> whole; "
        "kernel and unit: taps9 and 1000 -> taps13 and 10; border: replicate -> reflect; ");
  CHECK(steps_text(column("gca", "conn"), column("instmatt", "conn")) ==
        "divisor, offset and unit: one, 0 and 1000 -> region, 1 and 1; "
        "components: with_background -> foreground_only; ");
  CHECK(steps_text(column("instmatt", "grad"), column("aim", "grad")) ==
        "divisor, offset, kernel and unit: region, 1, taps9 and 1 -> one, 0, taps13 and 10; "
        "region: unknown -> whole; border: replicate -> reflect; ");
  CHECK(steps_text(column("whole", "mse"), column("rvm", "mse")) == "unit: 1 -> 0.001; ");
}

TEST_CASE("columns of different metrics have no way between them", "[metrics][switches]") {
  CHECK_THROWS_WITH(switch_steps(column("aim", "sad"), column("aim", "grad")),
                    Contains("'sad'") && Contains("'grad'") && Contains("different metrics"));
}

TEST_CASE("a column says when it has no value", "[metrics][switches]") {
  using Cases = std::vector<std::string>;
  CHECK(undefined_cases(column("dim-matlab", "mse")) == Cases{"there are no pixels with T = 128"});
  CHECK(undefined_cases(
            ScoreColumn{"mse_detail", MseSwitches{.pixels = {.region = ScoredRegion::detail}}}) ==
        Cases{"there are no pixels with T > 0, unknown or foreground"});
  CHECK(undefined_cases(column("dim-matlab-orig", "conn")) ==
        Cases{"no pixel reaches some threshold in both mattes"});
  CHECK(undefined_cases(column("aim", "mse_trimap")) == Cases{"every pixel has T = 0 or T = 255"});
  CHECK(undefined_cases(column("trimap", "iou_fg")) ==
        Cases{"neither trimap has pixels with T = 255"});
  CHECK(undefined_cases(column("trimap", "miou_mean3")) ==
        Cases{"a class occurs in neither trimap"});
  for (const auto& [protocol, id] : {std::pair{"aim", "mse"}, std::pair{"gca", "mse"},
                                     std::pair{"mmagic", "mse"}, std::pair{"aim", "sad_fg"}}) {
    CHECK(undefined_cases(column(protocol, id)).empty());
  }
}
