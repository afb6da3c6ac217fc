#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

// Statistics of measured times: pure functions from seconds to numbers.

namespace mbench::results {

/// Seconds that one image took, step by step; wall-clock time but for `cpu_s`.
struct ImageTimes {
  std::string sample_id{};
  int repetition{};  ///< from 0, warm-up not counted
  double decode_s{}, prepare_s{}, transfer_s{}, infer_s{}, finish_s{}, score_s{};
  double latency_s{};  ///< from the decoded image to the rounded matte
  double cpu_s{};      ///< CPU time of the whole process meanwhile
};

/// With 95 % confidence.
struct Interval {
  double low{}, high{};
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// How measured values are spread; in the unit of the values.
struct Distribution {
  std::size_t n{};
  double mean{}, min{}, max{};
  double p50{}, p90{}, p99{};          ///< percentile() of results/summary.hpp
  std::optional<Interval> p50_ci95{};  ///< median_interval()
};

/// The distribution of at least one value.
[[nodiscard]] Distribution distribution(std::vector<double> values);

/// The interval [x_(k), x_(n + 1 - k)] between order statistics that holds the median with a
/// probability of at least 0.95, whatever the distribution of independent values is: the largest k
/// with P(Binomial(n, 1/2) < k) <= 0.025. Nothing below 6 values, where no such interval exists.
/// `ascending` is sorted.
[[nodiscard]] std::optional<Interval> median_interval(std::span<const double> ascending);

/// How far repetitions of one measurement lie apart: (largest - smallest) / median. 0 for one.
[[nodiscard]] double relative_spread(std::span<const double> repetitions);

/// Median over the images of each repetition, in the order of the repetitions, of the member that
/// is asked for: &ImageTimes::latency_s.
[[nodiscard]] std::vector<double> repetition_medians(std::span<const ImageTimes> times,
                                                     double ImageTimes::*member);

/// The distribution of a member over all images and repetitions, of which there is at least one;
/// but p50 is the median of the repetition_medians(), and its interval is theirs. Times of several
/// images in one repetition do not repeat one measurement: an interval by all of them would be too
/// narrow where repetitions differ, too wide where images do.
[[nodiscard]] Distribution repeated_distribution(std::span<const ImageTimes> times,
                                                 double ImageTimes::*member);

/// How much longer the first of two takes than the second.
struct Ratio {
  double median{};
  std::optional<Interval> ci95{};
  std::size_t pairs{};
};

/// The ratio first[i] / second[i] of a member: the median over the images of each repetition, of
/// these the median and its median_interval(). Pair i was measured on one image, one directly after
/// the other, so that what slows the machine for a while slows both. Needs two lists of the same
/// images and repetitions in one order, not empty, of positive values.
[[nodiscard]] Ratio paired_ratio(std::span<const ImageTimes> first,
                                 std::span<const ImageTimes> second, double ImageTimes::*member);

/// An image is finished: what the clocks showed then, in seconds since the stream began.
struct Completion {
  double wall_s{};
  double cpu_s{};     ///< of the whole process
  double device_s{};  ///< of this image: transfer and inference on a device that takes turns
};

/// What a stream of images, several at a time, reached.
struct Throughput {
  std::size_t images{};      ///< counted
  double elapsed_s{};        ///< in which these were finished
  double images_per_s{};     ///< images / elapsed_s
  Distribution per_chunk{};  ///< images/s of each repetition
  double spread{};           ///< relative_spread() of these
  double cores_busy{};       ///< CPU time / elapsed_s
  double device_busy{};      ///< device time / elapsed_s; 0 without such a device
};

/// The throughput of a stream of completions: they are sorted by time and cut into repetitions of
/// `chunk`; the first `warm_up` of these are dropped. Needs at least one that counts, and no
/// remainder.
[[nodiscard]] Throughput throughput(std::vector<Completion> completions, std::size_t chunk,
                                    std::size_t warm_up);

}  // namespace mbench::results
