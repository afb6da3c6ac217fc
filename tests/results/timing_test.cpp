#include "results/timing.hpp"

#include <cmath>
#include <numeric>

#include "tests/support/catch.hpp"

using namespace mbench::results;

namespace {

/// 1, 2, ... n
std::vector<double> counting(std::size_t n) {
  std::vector<double> values(n);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

}  // namespace

TEST_CASE("the percentiles of a distribution lie between order statistics", "[results][timing]") {
  const Distribution found = distribution({3.0, 1.0, 5.0, 2.0, 4.0});
  CHECK(found.n == 5);
  CHECK(found.min == 1.0);
  CHECK(found.max == 5.0);
  CHECK(found.mean == 3.0);
  CHECK(found.p50 == 3.0);
  CHECK(found.p90 == Approx(4.6).epsilon(1e-12));
  CHECK(found.p99 == Approx(4.96).epsilon(1e-12));
  CHECK_FALSE(found.p50_ci95);
  CHECK(distribution({2.5}).p99 == 2.5);
}

TEST_CASE("the interval of a median lies between the order statistics of the sign test",
          "[results][timing]") {
  // The largest k with P(Binomial(n, 1/2) < k) <= 0.025, from tables of the sign test.
  CHECK_FALSE(median_interval(counting(5)));
  CHECK(median_interval(counting(6)) == Interval{1, 6});
  CHECK(median_interval(counting(8)) == Interval{1, 8});
  CHECK(median_interval(counting(9)) == Interval{2, 8});
  CHECK(median_interval(counting(10)) == Interval{2, 9});
  CHECK(median_interval(counting(20)) == Interval{6, 15});
  CHECK(median_interval(counting(50)) == Interval{18, 33});
  CHECK(median_interval(counting(100)) == Interval{40, 61});
  const auto many = median_interval(counting(3000));  // 2^-3000 is no double
  REQUIRE(many);
  CHECK(many->low + many->high == 3001.0);
  CHECK(many->low == Approx(1500.0 - 1.96 * std::sqrt(3000.0) / 2.0).margin(2.0));
}

TEST_CASE("the spread of repetitions is their range over their median", "[results][timing]") {
  CHECK(relative_spread(std::vector{2.0, 4.0, 3.0}) == Approx(2.0 / 3.0).epsilon(1e-15));
  CHECK(relative_spread(std::vector{7.0}) == 0.0);
}

TEST_CASE("each repetition has the median over its images", "[results][timing]") {
  const std::vector<ImageTimes> times{{.repetition = 0, .infer_s = 9, .latency_s = 1},
                                      {.repetition = 0, .infer_s = 8, .latency_s = 3},
                                      {.repetition = 0, .infer_s = 7, .latency_s = 2},
                                      {.repetition = 1, .infer_s = 6, .latency_s = 5}};
  CHECK(repetition_medians(times, &ImageTimes::latency_s) == std::vector{2.0, 5.0});
  CHECK(repetition_medians(times, &ImageTimes::infer_s) == std::vector{8.0, 6.0});
}

TEST_CASE("the interval of a median of several images is that of the repetitions' medians",
          "[results][timing]") {
  // A cheap and a dear image, six repetitions: medians 5, 6, 7, 8, 9, 10.
  std::vector<ImageTimes> times;
  for (int i = 0; i < 6; ++i) {
    times.push_back({.repetition = i, .latency_s = 1.0 + i});
    times.push_back({.repetition = i, .latency_s = 9.0 + i});
  }
  const Distribution found = repeated_distribution(times, &ImageTimes::latency_s);
  CHECK(found.n == 12);
  CHECK(found.min == 1.0);
  CHECK(found.max == 14.0);
  CHECK(found.p50 == 7.5);
  CHECK(found.p50_ci95 == Interval{5, 10});  // of the twelve values it would be 3 to 12
  times.resize(10);
  CHECK_FALSE(repeated_distribution(times, &ImageTimes::latency_s).p50_ci95);
}

TEST_CASE("the ratio of two methods is the median of the ratios of pairs", "[results][timing]") {
  const auto ratio = [](const std::vector<double>& first, const std::vector<double>& second,
                        int images = 1) {
    const auto times = [&](const std::vector<double>& seconds) {
      std::vector<ImageTimes> result;
      for (const double value : seconds) {
        const int repetition = static_cast<int>(result.size()) / images;
        result.push_back({.repetition = repetition, .latency_s = value});
      }
      return result;
    };
    return paired_ratio(times(first), times(second), &ImageTimes::latency_s);
  };
  const Ratio found = ratio({2, 4, 6, 9, 3, 5}, {1, 2, 3, 3, 3, 1});
  CHECK(found.pairs == 6);
  CHECK(found.median == 2.0);  // of 2, 2, 2, 3, 1, 5
  CHECK(found.ci95 == Interval{1, 5});
  // A machine that slows down by a factor of ten on the way changes no ratio.
  CHECK(ratio({3, 30, 300}, {2, 20, 200}).median == 1.5);
  CHECK_FALSE(ratio({1}, {2}).ci95);

  // Two images in each repetition, with ratios 1 and 3, 2 and 4, ... 6 and 8: medians 2 to 7.
  const Ratio of_two =
      ratio({1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 2);
  CHECK(of_two.pairs == 12);
  CHECK(of_two.median == 4.5);
  CHECK(of_two.ci95 == Interval{2, 7});
  CHECK_FALSE(ratio({1, 3, 2, 4, 3, 5}, {1, 1, 1, 1, 1, 1}, 2).ci95);  // three repetitions
}

TEST_CASE("throughput counts what is finished after the warm-up, in order of time",
          "[results][timing]") {
  // Chunks of two: until 2 s (dropped), until 4 s, until 8 s.
  const std::vector<Completion> completions{
      {.wall_s = 2, .cpu_s = 3, .device_s = 9}, {.wall_s = 1, .cpu_s = 1, .device_s = 9},
      {.wall_s = 3, .cpu_s = 4, .device_s = 1}, {.wall_s = 8, .cpu_s = 12, .device_s = 1},
      {.wall_s = 5, .cpu_s = 7, .device_s = 1}, {.wall_s = 4, .cpu_s = 6, .device_s = 0}};
  const Throughput reached = throughput(completions, 2, 1);
  CHECK(reached.images == 4);
  CHECK(reached.elapsed_s == 6.0);
  CHECK(reached.images_per_s == Approx(4.0 / 6.0).epsilon(1e-15));
  CHECK(reached.per_chunk.n == 2);
  CHECK(reached.per_chunk.max == 1.0);
  CHECK(reached.per_chunk.min == 0.5);
  CHECK(reached.spread == Approx(0.5 / 0.75).epsilon(1e-15));
  CHECK(reached.cores_busy == Approx(9.0 / 6.0).epsilon(1e-15));
  CHECK(reached.device_busy == Approx(3.0 / 6.0).epsilon(1e-15));

  const Throughput whole = throughput(completions, 2, 0);
  CHECK(whole.images == 6);
  CHECK(whole.elapsed_s == 8.0);
  CHECK(whole.per_chunk.n == 3);
}
