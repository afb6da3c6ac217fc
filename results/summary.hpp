#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "results/record.hpp"

namespace mbench::results {

/// Statistics of the defined scores x_1 ... x_n of one column, in manifest order:
///     mean = (x_1 + ... + x_n) / n         summed from first to last in double
///     std  = sqrt(sum (x_i - mean)^2 / (n - 1))
///     ci95 = mean -+ t * std / sqrt(n)     t: 0.975 quantile of Student's t, n - 1 degrees
///     p50, p90: percentile()
/// Throws internal for a value that is not finite.
[[nodiscard]] ColumnSummary summarise(std::span<const double> scores, std::size_t undefined);

/// Linear interpolation between order statistics, numpy's default ("linear", type 7 of Hyndman and
/// Fan): position (n - 1) * fraction among the sorted values. `ascending` must not be empty,
/// fraction in [0, 1].
[[nodiscard]] double percentile(std::span<const double> ascending, double fraction);

/// Protocol -> column -> statistics over all samples, protocols in the order given, columns in the
/// order in which samples name them. Protocols and columns that no sample has are absent. Throws
/// internal if a sample has scores of a protocol that is not given. Under protocols with
/// Averaging::frame_index `mean` is frame_index_mean() and ci95 lies around it; the other numbers
/// are those of all frames.
[[nodiscard]] Named<Named<ColumnSummary>> summarise(const std::vector<SampleResult>& samples,
                                                    const std::vector<std::string>& protocols,
                                                    const Named<Averaging>& averaging = {});

/// Fills `means`, `groups` and the counts of a record from its samples. Failed samples and samples
/// without truth have no scores and are in no mean.
void finalise(RunRecord& record);

}  // namespace mbench::results
