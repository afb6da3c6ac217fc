#include "reports/table.hpp"

#include "reports/fixed_number.hpp"
#include "results/summary.hpp"
#include "tests/reports/example_tables.hpp"
#include "tests/results/example_records.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::reports;
using results::RunRecord;
using results::SampleResult;
using testing::example_style;
using testing::failed_sample;
using testing::record_of;
using testing::scored_sample;

namespace {

/// A table of runs over one sample each with those SADs, all on one data set.
Table table_of(const std::vector<double>& sads) {
  std::vector<RunRecord> records;
  for (std::size_t i = 0; i < sads.size(); ++i) {
    records.push_back(record_of("m" + std::to_string(i), "d", {scored_sample("a", sads[i], 0)}));
  }
  return make_table(records, example_style);
}

std::vector<Mark> marks(const Table& table, std::size_t column = 0) {
  std::vector<Mark> result;
  for (const Row& row : table.rows) result.push_back(row.cells[column].mark);
  return result;
}

constexpr Mark kNone = Mark::none, kBest = Mark::best, kSecond = Mark::second;

}  // namespace

TEST_CASE("numbers have fixed digits, and zero has no sign", "[reports][numbers]") {
  CHECK(fixed_number(1.0, 4) == "1.0000");
  CHECK(fixed_number(0.0123, 4) == "0.0123");
  CHECK(fixed_number(-0.001, 2) == "0.00");
  CHECK(fixed_number(-0.0, 2) == "0.00");
  CHECK(fixed_number(-0.4, 0) == "0");
  CHECK(fixed_number(-0.01, 2) == "-0.01");
  CHECK(fixed_number(0.999951, 4) == "1.0000");
  CHECK(fixed_number(0.125, 2) == "0.12");  // a tie in binary: to even
  CHECK(fixed_number(1234567.0, 2) == "1234567.00");
}

TEST_CASE("a table has a row per record and a column per metric", "[reports][table]") {
  const Table table = testing::plain_table();
  REQUIRE(table.rows.size() == 3);
  REQUIRE(table.columns.size() == 2);
  CHECK(table.columns[0].protocol == "dim-matlab");
  CHECK(table.columns[1].id == "mse");
  CHECK(table.rows[0].method == "Closed-form");
  CHECK(table.rows[0].cells[0].value == (9.504 + 8) / 2.0);
  CHECK(table.rows[0].samples == 2);
  CHECK(table.notes.empty());
}

TEST_CASE("the best mean is marked, and the second-best", "[reports][table][marks]") {
  CHECK(marks(table_of({3, 1, 2, 4})) == std::vector{kNone, kBest, kSecond, kNone});
}

TEST_CASE("means that print alike share their mark", "[reports][table][marks]") {
  CHECK(marks(table_of({1.004, 1.001, 2.0, 2.001, 3})) ==
        std::vector{kBest, kBest, kSecond, kSecond, kNone});
  CHECK(marks(table_of({1.0, 1.0})) == std::vector{kBest, kBest});
  CHECK(marks(table_of({1.004, 1.006})) == std::vector{kBest, kSecond});
}

TEST_CASE("a single row is not marked", "[reports][table][marks]") {
  CHECK(marks(table_of({1.0})) == std::vector{kNone});
}

TEST_CASE("where higher is better the highest is marked", "[reports][table][marks]") {
  std::vector<RunRecord> records;
  for (const double iou : {0.5, 0.9, 0.7}) {
    SampleResult sample = scored_sample("a", 0, 0);
    sample.scores = {{"dim-matlab", {{"iou", Score::of(iou)}}}};
    records.push_back(record_of(std::to_string(iou), "d", {sample}));
  }
  CHECK(marks(make_table(records, example_style)) == std::vector{kNone, kBest, kSecond});
}

TEST_CASE("a run with failed samples is never marked and says how many failed",
          "[reports][table][marks]") {
  const std::vector<RunRecord> records{
      record_of("skips", "d", {scored_sample("a", 1, 0), failed_sample("b")}),
      record_of("good", "d", {scored_sample("a", 2, 0), scored_sample("b", 2, 0)}),
      record_of("bad", "d", {scored_sample("a", 3, 0), scored_sample("b", 3, 0)})};
  const Table table = make_table(records, example_style);
  CHECK(marks(table) == std::vector{kNone, kBest, kSecond});
  CHECK(table.rows[0].failed == 1);
  CHECK(table.rows[0].notes == std::vector<std::string>{"1 of 2 samples failed: not in the means"});
  CHECK(table.notes ==
        std::vector<std::string>{
            "means that leave out samples which other rows have are not marked best or second"});
}

TEST_CASE("a mean over fewer samples than another's is not marked", "[reports][table][marks]") {
  std::vector<RunRecord> records;
  for (const char* method : {"m0", "m1", "m2"}) {
    records.push_back(
        record_of(method, "d", {scored_sample("a", 1, 0.5), scored_sample("b", 1, 0.5)}));
  }
  records[0].samples[0].scores[0].second[1].second = Score::undefined("0/0");
  finalise(records[0]);
  const Table table = make_table(records, example_style);
  CHECK(marks(table, 0) == std::vector{kBest, kBest, kBest});
  CHECK(marks(table, 1) == std::vector{kNone, kBest, kBest});
  CHECK(table.rows[0].cells[1].n == 1);
  CHECK(table.notes.size() == 1);
}

TEST_CASE("rows over different samples are not compared", "[reports][table][marks]") {
  const auto sample = scored_sample("a", 1, 0);
  std::vector<RunRecord> records{record_of("m1", "d", {sample}), record_of("m2", "e", {sample})};
  CHECK(marks(make_table(records, example_style)) == std::vector{kNone, kNone});

  records[1] = record_of("m2", "d", {sample});
  CHECK(marks(make_table(records, example_style)) == std::vector{kBest, kBest});

  records[1].dataset.manifest_sha256 = "other";
  const Table table = make_table(records, example_style);
  CHECK(marks(table) == std::vector{kNone, kNone});
  CHECK(table.notes.at(0) ==
        "rows of one data set are over different samples: only rows of one block compare");
}

TEST_CASE("two protocols never share a column", "[reports][table]") {
  RunRecord aim = record_of("m2", "d", {});
  SampleResult sample = scored_sample("a", 5, 0);
  sample.scores = {{"aim", {{"sad", Score::of(5)}}}};
  aim.protocols = {"aim"};
  aim.samples = {sample};
  finalise(aim);
  const std::vector<RunRecord> records{record_of("m1", "d", {scored_sample("a", 1, 0)}), aim};
  const Table table = make_table(records, example_style);
  REQUIRE(table.columns.size() == 3);
  CHECK(table.columns[2].protocol == "aim");
  CHECK(table.rows[0].cells[2].kind == Cell::Kind::missing);
  CHECK(table.rows[1].cells[0].kind == Cell::Kind::missing);
  CHECK(table.rows[1].cells[2].value == 5.0);
  CHECK(table.rows[1].cells[2].mark == kNone);  // nothing to compare with
}

TEST_CASE("a data set with several trimaps has a row for each and one for the mean",
          "[reports][table]") {
  const Table table = testing::full_table();
  std::vector<std::string> rows;
  for (const Row& row : table.rows) {
    rows.push_back(row.dataset + " " + row.trimap + " " + row.method.substr(0, 3));
  }
  CHECK(rows == std::vector<std::string>{"alphamatting small Clo", "alphamatting small KNN",
                                         "alphamatting large Clo", "alphamatting large KNN",
                                         "alphamatting mean Clo", "alphamatting mean KNN",
                                         "demo  Clo", "wild  Ün"});
  CHECK(table.rows[0].cells[0].value == 4.5);
  CHECK(table.rows[0].failed == 0);
  CHECK(table.rows[2].cells[0].value == 6.0);
  CHECK(table.rows[2].failed == 1);
  CHECK(table.rows[4].cells[0].value == 5.0);
  CHECK(table.rows[4].samples == 4);
  CHECK(table.rows[1].cells[1].undefined == 1);  // counted for the group too
  CHECK(table.rows[3].degenerate == 1);
  CHECK(table.rows[1].degenerate == 0);
}

TEST_CASE("a single kind of trimap is one row", "[reports][table]") {
  const std::vector<RunRecord> records{
      record_of("m", "d", {scored_sample("a/small", 1, 0, {{"trimap", "small"}})})};
  const Table table = make_table(records, example_style);
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].trimap == "small");
}

TEST_CASE("an undefined mean is told from a missing one", "[reports][table]") {
  const Table table = testing::full_table();
  const Row& demo = table.rows[6];
  CHECK(demo.cells[1].kind == Cell::Kind::undefined);
  CHECK(demo.cells[1].undefined == 2);
  CHECK(demo.notes ==
        std::vector<std::string>{"MSE (dim-matlab/1) is undefined for 2 of 2 samples"});
  const Row& wild = table.rows[7];
  CHECK(wild.cells[1].kind == Cell::Kind::missing);
}

TEST_CASE("a data set without truth says that nothing was scored", "[reports][table]") {
  CHECK(testing::full_table().rows[7].notes ==
        std::vector<std::string>{"no ground truth: mattes written, nothing scored"});
  const std::vector<RunRecord> failed{record_of("m", "d", {failed_sample("a")})};
  CHECK(make_table(failed, example_style).rows[0].notes ==
        std::vector<std::string>{"1 of 1 samples failed: not in the means"});
  SampleResult unscored = scored_sample("b", 0, 0);
  unscored.scores.clear();
  const std::vector<RunRecord> part{record_of("m", "d", {scored_sample("a", 1, 0), unscored})};
  CHECK(make_table(part, example_style).rows[0].notes ==
        std::vector<std::string>{
            "no ground truth for 1 of 2 samples: their mattes are written, not scored"});
}

TEST_CASE("runs of one method are told apart by what differs", "[reports][table]") {
  std::vector<RunRecord> records(3, record_of("cf", "d", {scored_sample("a", 1, 0)}));
  const auto names = [&] {
    std::vector<std::string> result;
    for (const Row& row : make_table(records, example_style).rows) result.push_back(row.method);
    return result;
  };
  CHECK(names() == std::vector<std::string>{"cf #1", "cf #2", "cf #3"});
  records[0].method.options = {{"lambda", "1"}, {"solver", "cg"}};
  records[1].method.options = {{"lambda", "10"}, {"solver", "cg"}};
  records[2].method.options = {{"lambda", "10"}, {"solver", "cg"}};
  records[2].method.device = "cuda:0";
  CHECK(names() == std::vector<std::string>{"cf (lambda=1, device=cpu)",
                                            "cf (lambda=10, device=cpu)",
                                            "cf (lambda=10, device=cuda:0)"});
  records.resize(1);
  CHECK(names() == std::vector<std::string>{"cf"});
}

TEST_CASE("records of different versions of mbench are named as such", "[reports][table]") {
  std::vector<RunRecord> records(2, record_of("cf", "d", {scored_sample("a", 1, 0)}));
  records[1].tool.commit = "fff";
  CHECK(make_table(records, example_style).notes ==
        std::vector<std::string>{
            "made by different versions of mbench: 0.1.0 (abc1234), 0.1.0 (fff)"});
}

TEST_CASE("no records make an empty table", "[reports][table]") {
  const Table table = make_table({}, example_style);
  CHECK(table.rows.empty());
  CHECK(table.columns.empty());
}

TEST_CASE("versions of a protocol do not stand side by side in silence", "[reports]") {
  std::vector<results::RunRecord> records{
      testing::record_of("A", "demo", {testing::scored_sample("a", 1, 2)}),
      testing::record_of("B", "demo", {testing::scored_sample("a", 1, 2)})};
  records[0].protocol_versions = {{"dim-matlab", 1}};
  CHECK(make_table(records, testing::example_style).notes.empty());  // B is older than the key
  records[1].protocol_versions = {{"dim-matlab", 2}};
  CHECK(make_table(records, testing::example_style).notes ==
        std::vector<std::string>{
            "dim-matlab was measured in versions 1 and 2: their numbers do not compare"});
}

TEST_CASE("a table of sequences counts clips and says how means were taken", "[reports]") {
  results::RunRecord record =
      testing::record_of("A", "clips",
                         {testing::scored_sample("x/0", 1, 2, {{"clip", "x"}, {"frame", "0"}}),
                          testing::scored_sample("y/0", 1, 2, {{"clip", "y"}, {"frame", "0"}})});
  const auto note = [&] { return make_table({&record, 1}, testing::example_style).notes; };
  CHECK(note() == std::vector<std::string>{"2 frames of 2 clips; means over all frames"});
  record.averaging = {{"dim-matlab", Averaging::frame_index}};
  CHECK(note() == std::vector<std::string>{"2 frames of 2 clips; means over the clips for each "
                                           "frame index, then over the indices"});
  record.protocols.emplace_back("aim");
  CHECK(note() == std::vector<std::string>{
                      "2 frames of 2 clips; means of dim-matlab over the clips for each frame "
                      "index, then over the indices, of other protocols over all frames"});
}
