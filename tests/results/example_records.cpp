#include "tests/results/example_records.hpp"

#include <bit>
#include <cmath>
#include <random>

#include "results/summary.hpp"

namespace mbench::testing {

using namespace mbench::results;

SampleResult scored_sample(std::string id, double sad, double mse, Tags tags) {
  return {.id = std::move(id),
          .size = {.width = 800, .height = 563},
          .tags = std::move(tags),
          .scores = {{"dim-matlab", {{"sad", Score::of(sad)}, {"mse", Score::of(mse)}}}},
          .times_s = {{"decode", 0.01}, {"infer", 1.5}},
          .sha256 = {{"truth", "aa"}, {"pred", "bb"}}};
}

SampleResult failed_sample(std::string id, Tags tags) {
  return {.id = std::move(id),
          .tags = std::move(tags),
          .status = Status::failed,
          .error = SampleError{.kind = "bad_input",
                               .parts = {.what = "cannot read file", .where = "GT02.png"}}};
}

RunRecord record_of(std::string method, std::string dataset, std::vector<SampleResult> samples) {
  RunRecord record{.tool = {"mbench", "0.1.0", "abc1234", "g++ 12.2.0", "Release"},
                   .environment = {.host = "node1",
                                   .os = "Linux 6.1",
                                   .cpu = "Some CPU",
                                   .cores = 8,
                                   .threads = 2,
                                   .libraries = {{"fmt", "9.1.0"}, {"opencv", "4.6.0"}}},
                   .started = "2024-05-01T12:00:00Z",
                   .elapsed_s = 12.25,
                   .command = {"mbench", "run", "-m", method},
                   .method = {.id = method, .title = method, .precision = "fp32", .device = "cpu"},
                   .dataset = {.id = dataset,
                               .title = dataset,
                               .samples = samples.size(),
                               .manifest_sha256 = "manifest-of-" + dataset},
                   .protocols = {"dim-matlab"},
                   .samples = std::move(samples)};
  finalise(record);
  return record;
}

RunRecord full_record() {
  SampleResult undefined = scored_sample("GT03", 3.5, 0.0, {{"type", "NS"}});
  undefined.scores[0].second[1].second = Score::undefined("no unknown pixels");
  SampleResult degenerate = scored_sample("GT04", 1e-300, 0.1, {{"type", "SO"}});
  degenerate.degenerate = "the trimap has no foreground";
  RunRecord record = record_of("closed-form", "demo",
                               {scored_sample("GT01", 9.5, 0.017, {{"type", "SO"}}),
                                failed_sample("GT02", {{"type", "SO"}}), undefined, degenerate});
  record.environment.gpu = "Some GPU";
  record.method.options = {{"lambda", "100"}, {"solver", "cg"}};
  record.method.weights = WeightsFile{"weights.pth", "cc"};
  record.method.parameters = 55'300'000;
  record.method.macs = 191'520'000'000;
  record.method.macs_input = "800x800";
  return record;
}

namespace {

class RandomFields {
 public:
  explicit RandomFields(std::uint32_t seed) : random_{seed} {}

  int below(int count) { return static_cast<int>(random_() % static_cast<std::uint32_t>(count)); }

  /// Any bytes, valid UTF-8 or not, made unique where keys must differ.
  std::string text() {
    std::string result;
    for (int i = below(8); i > 0; --i) result += static_cast<char>(below(256));
    return result + "é" + std::to_string(counter_++);
  }
  double number() {
    while (true) {
      const std::uint64_t bits = (std::uint64_t{random_()} << 32) | random_();
      const auto value = std::bit_cast<double>(bits);
      if (std::isfinite(value)) return value;
    }
  }
  /// Of a size whose sums and squares stay finite.
  double score() { return std::ldexp(number_in_unit(), below(40) - 20); }
  Named<std::string> texts() {
    Named<std::string> result;
    for (int i = below(4); i > 0; --i) result.emplace_back(text(), text());
    return result;
  }

 private:
  double number_in_unit() { return static_cast<double>(random_()) / 4294967296.0; }

  std::mt19937 random_;
  int counter_{};
};

}  // namespace

RunRecord random_record(std::uint32_t seed) {
  RandomFields random{seed};
  const std::vector<std::string> columns{"sad", "mse", random.text()};
  std::vector<SampleResult> samples;
  for (int i = random.below(12); i > 0; --i) {
    SampleResult sample{.id = random.text(),
                        .size = {1 + random.below(4000), 1 + random.below(4000)},
                        .tags = {{"type", random.below(2) == 0 ? "SO" : "NS"}}};
    for (auto& tag : random.texts()) sample.tags.push_back(std::move(tag));
    if (random.below(4) == 0) sample.degenerate = random.text();
    for (auto& [name, hash] : random.texts()) sample.times_s.emplace_back(name, random.number());
    sample.sha256 = random.texts();
    if (random.below(4) == 0) {
      sample.status = Status::failed;
      if (random.below(2) == 0) sample.size = {};
      sample.error =
          SampleError{random.text(), {random.text(), random.text(), "", random.text(), ""}};
    } else {
      Named<Score> scores;
      for (const std::string& column : columns) {
        scores.emplace_back(column, random.below(5) == 0 ? Score::undefined(random.text())
                                                         : Score::of(random.score()));
      }
      sample.scores = {{"dim-matlab", scores}};
      if (random.below(2) == 0) sample.scores.emplace_back("aim", scores);
    }
    samples.push_back(std::move(sample));
  }
  RunRecord record = record_of(random.text(), random.text(), {});
  record.protocols = {"dim-matlab", "aim"};
  record.samples = std::move(samples);
  record.elapsed_s = random.number();
  record.method.options = random.texts();
  if (random.below(2) == 0) record.method.weights = WeightsFile{random.text(), random.text()};
  if (random.below(2) == 0) record.method.macs = random.below(1 << 30);
  record.environment.libraries = random.texts();
  record.command = {random.text(), random.text()};
  finalise(record);
  return record;
}

}  // namespace mbench::testing
