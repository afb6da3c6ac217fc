#include "tests/reports/example_tables.hpp"

#include <fmt/core.h>

#include "results/summary.hpp"
#include "tests/results/example_records.hpp"

namespace mbench::testing {

using namespace mbench::results;
using reports::ColumnStyle;
using reports::make_table;
using reports::Table;

ColumnStyle example_style(std::string_view protocol, std::string_view column) {
  ColumnStyle style{.protocol = fmt::format("{}/1", protocol)};
  if (column.starts_with("sad")) {
    style.title = "SAD";
    style.unit = "10^3";
  } else if (column == "mse") {
    style.title = "MSE";
    style.decimals = 4;
  } else if (column == "iou") {
    style.title = "IoU";
    style.decimals = 4;
    style.lower_is_better = false;
  }
  return style;
}

Table plain_table() {
  const std::vector<RunRecord> records{
      record_of("Closed-form", "demo",
                {scored_sample("a", 9.504, 0.017), scored_sample("b", 8, 0)}),
      record_of("KNN", "demo", {scored_sample("a", 12.25, 0.0171), scored_sample("b", 8.5, 0)}),
      record_of("Trimap as alpha", "demo",
                {scored_sample("a", 30, 0.0171), scored_sample("b", 40, 0.00001)})};
  return make_table(records, example_style);
}

Table full_table() {
  const auto both = [](SampleResult sample, double iou) {
    sample.scores.emplace_back("trimap", Named<Score>{{"iou", Score::of(iou)}});
    return sample;
  };
  const auto trimaps = [](std::string image, std::string size) {
    return Tags{{"image", std::move(image)}, {"trimap", std::move(size)}};
  };
  std::vector<RunRecord> records;
  records.push_back(record_of("Closed-form", "alphamatting",
                              {scored_sample("GT01/small", 4, 0.01, trimaps("GT01", "small")),
                               scored_sample("GT01/large", 6, 0.02, trimaps("GT01", "large")),
                               scored_sample("GT02/small", 5, 0.03, trimaps("GT02", "small")),
                               failed_sample("GT02/large", trimaps("GT02", "large"))}));
  RunRecord knn = records[0];
  knn.method.id = knn.method.title = "KNN_{100%} & <b>|,\"x\"";
  knn.samples[3] = scored_sample("GT02/large", 7, 0.5, trimaps("GT02", "large"));
  knn.samples[3].degenerate = "no foreground";
  for (SampleResult& sample : knn.samples) sample.scores[0].second[0].second.value += 1.0;
  knn.samples[0].scores[0].second[1].second = Score::undefined("no unknown pixels");
  finalise(knn);
  records.push_back(knn);

  records.push_back(record_of("Closed-form", "demo", {}));
  records.back().protocols = {"dim-matlab", "trimap"};
  records.back().samples = {both(scored_sample("a", 1, 0), 1.0),
                            both(scored_sample("b", 2, 0), 0.5)};
  for (SampleResult& sample : records.back().samples) {
    sample.scores[0].second[1].second = Score::undefined("no unknown pixels");
  }
  finalise(records.back());
  SampleResult unscored = scored_sample("x", 0, 0);
  unscored.scores.clear();
  records.push_back(record_of("Ünïcode 草", "wild", {unscored}));
  return make_table(records, example_style);
}

}  // namespace mbench::testing
