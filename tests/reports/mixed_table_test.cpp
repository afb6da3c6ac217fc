#include "reports/mixed_table.hpp"

#include <string>
#include <vector>

#include "reports/formats/console.hpp"
#include "reports/formats/csv.hpp"
#include "reports/formats/json.hpp"
#include "reports/formats/latex.hpp"
#include "reports/formats/markdown.hpp"
#include "results/summary.hpp"
#include "tests/reports/example_tables.hpp"
#include "tests/results/example_records.hpp"
#include "tests/support/approved.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::reports;
using results::RunRecord;
using results::SampleResult;
using testing::check_approved;

namespace {

/// SAD, MSE and MAD in the protocol's unit.
ColumnStyle style_of(std::string_view protocol, std::string_view column) {
  ColumnStyle style = testing::example_style(protocol, column);
  style.protocol_title = "Title of " + std::string{protocol};
  if (column == "mad") style.title = "MAD";
  if (protocol == "rvm") style.unit = "10^-3";
  return style;
}

SampleResult sample_of(const std::string& id, double value) {
  SampleResult sample = testing::scored_sample(id, 10 * value, value);
  sample.scores.push_back({"aim",
                           {{"sad", Score::of(20 * value)},
                            {"mse", Score::of(2 * value)},
                            {"mad", Score::of(3 * value)},
                            {"conn", Score::of(4 * value)}}});
  sample.scores[0].second.emplace_back("conn", Score::of(5 * value));
  return sample;
}

RunRecord record_of(const std::string& method, std::vector<SampleResult> samples,
                    std::vector<std::string> protocols = {"dim-matlab", "aim"}) {
  RunRecord record = testing::record_of(method, "demo", {});
  record.protocols = std::move(protocols);
  record.samples = std::move(samples);
  finalise(record);
  return record;
}

/// Two methods under two protocols, one of them under a third with other units.
Table example() {
  SampleResult rvm = testing::scored_sample("a", 0, 0);
  rvm.scores = {{"rvm", {{"mad", Score::of(30)}, {"mse", Score::of(2.5)}}}};
  SampleResult undefined = sample_of("b", 0.25);
  undefined.scores[0].second[1].second = Score::undefined("no unknown pixels");
  const std::vector<RunRecord> records{
      record_of("Closed-form", {sample_of("a", 0.5), sample_of("b", 0.25)}),
      record_of("KNN", {sample_of("a", 0.75), undefined}), record_of("Video", {rvm}, {"rvm"})};
  return make_mixed_table(records, style_of);
}

}  // namespace

TEST_CASE("a mixed table has a row per method and protocol, and shares columns",
          "[reports][mixed]") {
  const Table table = example();
  std::vector<std::string> rows, columns;
  for (const Row& row : table.rows) rows.push_back(row.method + " " + row.protocol);
  for (const Column& column : table.columns) columns.push_back(column_key(column));
  CHECK(rows == std::vector<std::string>{"Closed-form dim-matlab/1", "KNN dim-matlab/1",
                                         "Closed-form aim/1", "KNN aim/1", "Video rvm/1"});
  // Numbers in another unit do not share a column.
  CHECK(columns ==
        std::vector<std::string>{"sad (10^3)", "mse", "mse (10^-3)", "mad", "mad (10^-3)", "conn"});
  CHECK(table.rows[0].cells[3].kind == Cell::Kind::missing);
  CHECK(table.rows[2].cells[3].value == 3 * 0.375);
  CHECK(table.rows[4].cells[4].value == 30);
}

TEST_CASE("best and second-best are given among rows of one protocol", "[reports][mixed]") {
  const Table table = example();
  for (const std::size_t first : {0U, 2U}) {
    CHECK(table.rows[first].cells[0].mark == Mark::best);
    CHECK(table.rows[first + 1].cells[0].mark == Mark::second);
    CHECK(table.rows[first].block == table.rows[first + 1].block);
  }
  CHECK(table.rows[0].block != table.rows[2].block);
  CHECK(table.rows[1].cells[1].undefined == 1);  // of dim-matlab, and told of its row alone
  REQUIRE(table.rows[1].notes.size() == 1);
  CHECK_THAT(table.rows[1].notes[0], Catch::StartsWith("MSE is undefined"));  // the row names it
  CHECK(table.rows[3].notes.empty());
  CHECK(table.rows[4].cells[4].mark == Mark::none);
}

TEST_CASE("one method under several protocols has no rule after every row", "[reports][mixed]") {
  const std::vector<RunRecord> records{record_of("Closed-form", {sample_of("a", 0.5)})};
  const Table table = make_mixed_table(records, style_of);
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].block == table.rows[1].block);
  CHECK(table.rows[0].cells[0].mark == Mark::none);
}

TEST_CASE("runs without scores keep their rows in a mixed table", "[reports][mixed]") {
  const std::vector<RunRecord> records{record_of("fails", {testing::failed_sample("a")})};
  const Table table = make_mixed_table(records, style_of);
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[1].protocol == "aim");
  CHECK(table.rows[1].notes.size() == 1);
  CHECK(make_mixed_table({}, style_of).rows.empty());
}

TEST_CASE("mixed tables print as approved, in every format", "[reports][mixed]") {
  const Table table = example();
  check_approved("reports/mixed.txt", format_console(table, Emphasis::none));
  check_approved("reports/mixed.ansi", format_console(table, Emphasis::terminal));
  check_approved("reports/mixed.md", format_markdown(table));
  check_approved("reports/mixed.tex", format_latex(table));
  check_approved("reports/mixed.csv", format_csv(table));
  check_approved("reports/mixed.json", format_json(table));
}
