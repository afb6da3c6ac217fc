#include "results/summary.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "results/breakdown.hpp"
#include "results/columns.hpp"
#include "results/store.hpp"
#include "tests/results/example_records.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::results;
using testing::failed_sample;
using testing::record_of;
using testing::scored_sample;

TEST_CASE("mean, standard deviation and 95 % interval equal values worked by hand",
          "[results][summary]") {
  // 2, 4, 4, 4, 5, 5, 7, 9: sum 40, squared deviations 32, s = sqrt(32/7) = 2.13808993529940,
  // t(0.975, 7) = 2.36462425159278, half width = t * s / sqrt(8) = 1.787487918236
  const std::array scores{9.0, 2.0, 4.0, 5.0, 4.0, 4.0, 5.0, 7.0};
  const ColumnSummary summary = summarise(scores, 3);
  CHECK(summary.n == 8);
  CHECK(summary.undefined == 3);
  CHECK(summary.mean == 5.0);
  CHECK(summary.std == Approx(2.13808993529940).epsilon(1e-13));
  CHECK(summary.ci95_low == Approx(5.0 - 1.787487918236).epsilon(1e-10));
  CHECK(summary.ci95_high == Approx(5.0 + 1.787487918236).epsilon(1e-10));
  CHECK(summary.min == 2.0);
  CHECK(summary.max == 9.0);
  CHECK(summary.p50 == 4.5);
  CHECK(summary.p90 == Approx(7.6).epsilon(1e-14));  // position 6.3: 7 + 0.3 * 2
}

TEST_CASE("one score has a mean and no spread, none has nothing", "[results][summary]") {
  const ColumnSummary one = summarise(std::array{3.5}, 0);
  CHECK(one.n == 1);
  CHECK(one.mean == 3.5);
  CHECK(one.min == 3.5);
  CHECK(one.p90 == 3.5);
  CHECK(one.std == 0.0);
  const ColumnSummary none = summarise(std::span<const double>{}, 2);
  CHECK(none.n == 0);
  CHECK(none.undefined == 2);
}

TEST_CASE("percentiles interpolate between order statistics as numpy does", "[results][summary]") {
  // numpy 1.24: np.percentile([1, 2, 4, 8], [0, 10, 50, 90, 100]) = 1, 1.3, 3, 6.8, 8
  const std::array values{1.0, 2.0, 4.0, 8.0};
  CHECK(percentile(values, 0.0) == 1.0);
  CHECK(percentile(values, 0.1) == Approx(1.3).epsilon(1e-15));
  CHECK(percentile(values, 0.5) == 3.0);
  CHECK(percentile(values, 0.9) == Approx(6.8).epsilon(1e-15));
  CHECK(percentile(values, 1.0) == 8.0);
  CHECK(percentile(std::array{7.0}, 0.9) == 7.0);
}

TEST_CASE("the mean sums in the order of the manifest", "[results][summary]") {
  // In double, (1e16 + 1) + 1 = 1e16 and (1 + 1) + 1e16 = 1e16 + 2.
  CHECK(ordered_mean(std::array{1e16, 1.0, 1.0}) == 1e16 / 3.0);
  CHECK(ordered_mean(std::array{1.0, 1.0, 1e16}) == (1e16 + 2.0) / 3.0);
}

TEST_CASE("a score that is not finite is refused", "[results][summary][error]") {
  const std::array scores{1.0, std::numeric_limits<double>::quiet_NaN()};
  CHECK_THROWS_WITH(summarise(scores, 0), Catch::Contains("what is 0/0 is undefined"));
}

TEST_CASE("failed samples count as failed and are in no mean", "[results][summary]") {
  const RunRecord record = record_of(
      "m", "d", {scored_sample("a", 1, 0.5), failed_sample("b"), scored_sample("c", 3, 1)});
  CHECK(record.ok == 2);
  CHECK(record.failed == 1);
  CHECK(record.degenerate == 0);
  const ColumnSummary& sad = record.means.at(0).second.at(0).second;
  CHECK(sad.n == 2);
  CHECK(sad.mean == 2.0);
}

TEST_CASE("an undefined score is counted and in no mean", "[results][summary]") {
  const RunRecord record = testing::full_record();
  const auto& [name, mse] = record.means.at(0).second.at(1);
  CHECK(name == "mse");
  CHECK(mse.n == 2);
  CHECK(mse.undefined == 1);
  CHECK(mse.mean == (0.017 + 0.1) / 2.0);
  CHECK(record.degenerate == 1);
}

TEST_CASE("a column undefined for every sample stays, with n = 0", "[results][summary]") {
  SampleResult sample = scored_sample("a", 1, 0);
  sample.scores[0].second[1].second = Score::undefined("no unknown pixels");
  const RunRecord record = record_of("m", "d", {sample});
  const ColumnSummary& mse = record.means.at(0).second.at(1).second;
  CHECK(mse.n == 0);
  CHECK(mse.undefined == 1);
}

TEST_CASE("samples without truth give no means and no groups", "[results][summary]") {
  SampleResult sample = scored_sample("a", 1, 1, {{"type", "SO"}});
  sample.scores.clear();
  SampleResult other = sample;
  other.id = std::string{"b"};
  const RunRecord record = record_of("m", "d", {sample, other});
  CHECK(record.ok == 2);
  CHECK(record.means.empty());
  CHECK(record.groups.empty());
}

TEST_CASE("scores of a protocol that the record does not name are refused",
          "[results][summary][error]") {
  SampleResult sample = scored_sample("a", 1, 1);
  sample.scores = {{"aim", {{"sad", Score::of(1)}}}};
  try {
    (void)record_of("m", "d", {sample});
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::internal);
    CHECK(error.parts().where == "a");
    CHECK(error.parts().found == "aim");
  }
}

TEST_CASE("frames may be averaged over the clips first, then over their indices",
          "[results][summary][sequence]") {
  // Index 0: (1 + 5) / 2 = 3; index 1: 2; index 10: 10; together 5, where the plain mean is 4.5.
  std::vector<SampleResult> frames{scored_sample("a/00", 1, 0, {{"clip", "a"}, {"frame", "0"}}),
                                   scored_sample("a/01", 2, 0, {{"clip", "a"}, {"frame", "1"}}),
                                   scored_sample("a/10", 10, 0, {{"clip", "a"}, {"frame", "10"}}),
                                   scored_sample("b/00", 5, 0, {{"clip", "b"}, {"frame", "0"}})};
  frames[1].scores[0].second[1].second = Score::undefined("the frame before it failed");
  RunRecord record = record_of("m", "clips", frames);
  const ColumnSummary plain = record.means.at(0).second.at(0).second;
  CHECK(plain.mean == 4.5);
  record.averaging = {{"dim-matlab", Averaging::frame_index}};
  finalise(record);
  const ColumnSummary by_index = record.means.at(0).second.at(0).second;
  CHECK(by_index.mean == 5.0);
  CHECK(by_index.ci95_low + by_index.ci95_high == Approx(10.0));
  CHECK(by_index.n == 4);
  CHECK(by_index.std == plain.std);
  CHECK(record.means.at(0).second.at(1).second.undefined == 1);
  CHECK(record.groups.at(0).first ==
        "clip");  // one clip has one frame of each index: no difference
  CHECK(record.groups.at(0).second.at(0).second.at(0).second.at(0).second.mean == 13.0 / 3.0);

  const std::string text = to_json(record);  // the rule stands in the record
  CHECK_THAT(text, Catch::Contains(R"("averaging": {"dim-matlab": "frame-index"})"));
  RunRecord again = parse_record(text, "record.json");
  CHECK(to_json(again) == text);
  finalise(again);
  CHECK(to_json(again) == text);
}

TEST_CASE("clips of equal length have one mean under both rules", "[results][summary][sequence]") {
  std::vector<SampleResult> frames;
  for (const char* clip : {"a", "b", "c"}) {
    for (int i = 0; i < 12; ++i) {
      frames.push_back(scored_sample(clip + std::to_string(i), 0.1 * i + clip[0], 0,
                                     {{"clip", clip}, {"frame", std::to_string(i)}}));
    }
  }
  RunRecord record = record_of("m", "clips", frames);
  const double plain = record.means.at(0).second.at(0).second.mean;
  record.averaging = {{"dim-matlab", Averaging::frame_index}};
  finalise(record);
  CHECK(record.means.at(0).second.at(0).second.mean == Approx(plain).epsilon(1e-14));
}

TEST_CASE("an averaging that mbench does not know is refused", "[results][store][sequence]") {
  RunRecord record = record_of("m", "d", {scored_sample("a", 1, 1)});
  record.averaging = {{"dim-matlab", Averaging::frame_index}};
  std::string text = to_json(record);
  text.replace(text.find("frame-index"), 11, "median");
  CHECK_THROWS_WITH(parse_record(text, "r.json"),
                    Catch::Contains("frame-index") && Catch::Contains("median"));
}

TEST_CASE("finalising twice changes nothing", "[results][summary][property]") {
  RunRecord record = testing::random_record(3);
  const std::string once = to_json(record);
  finalise(record);
  CHECK(to_json(record) == once);
}

TEST_CASE("tags whose values samples share make groups, names of samples do not",
          "[results][breakdown]") {
  std::vector<SampleResult> samples{
      scored_sample("a/small", 1, 1,
                    {{"image", "a"}, {"trimap", "small"}, {"fg", "x"}, {"bg", "1"}}),
      scored_sample("a/large", 2, 1,
                    {{"image", "a"}, {"trimap", "large"}, {"fg", "x"}, {"bg", "2"}}),
      failed_sample("b/small", {{"image", "b"}, {"trimap", "small"}, {"fg", "y"}, {"bg", "3"}})};
  CHECK(grouping_tags(samples) == std::vector<std::string>{"trimap", "fg"});
  const Groups groups = breakdown(samples, {"dim-matlab"});
  REQUIRE(groups.size() == 2);
  const auto& trimaps = groups[0].second;
  REQUIRE(trimaps.size() == 2);
  CHECK(trimaps[0].first == "small");
  CHECK(trimaps[0].second.at(0).second.at(0).second.n == 1);
  const auto& foregrounds = groups[1].second;
  REQUIRE(foregrounds.size() == 1);  // nothing of "y" was scored
  CHECK(foregrounds[0].second.at(0).second.at(0).second.mean == 1.5);
}

TEST_CASE("the tag trimap groups even when every sample has another trimap",
          "[results][breakdown]") {
  const std::vector<SampleResult> samples{scored_sample("a/small", 1, 1, {{"trimap", "small"}}),
                                          scored_sample("a/large", 2, 1, {{"trimap", "large"}})};
  CHECK(grouping_tags(samples) == std::vector<std::string>{"trimap"});
}

TEST_CASE("means of groups weighted by n give the mean of all", "[results][breakdown][property]") {
  const auto seed = GENERATE(range(1U, 40U));
  CAPTURE(seed);
  const RunRecord record = testing::random_record(seed);
  const auto* types = find_entry(record.groups, "type");
  if (types == nullptr) return;
  for (const auto& [protocol, columns] : record.means) {
    for (const auto& [column, summary] : columns) {
      double sum = 0.0;
      std::size_t n = 0;
      for (const auto& [value, protocols] : *types) {
        const auto* group = find_entry(protocols, protocol);
        const GroupMean* mean = group == nullptr ? nullptr : find_entry(*group, column);
        if (mean == nullptr) continue;
        sum += mean->mean * static_cast<double>(mean->n);
        n += mean->n;
      }
      CHECK(n == summary.n);
      if (n > 0) CHECK(sum / static_cast<double>(n) == Approx(summary.mean).epsilon(1e-12));
    }
  }
}
