#include "results/summary.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <fmt/core.h>

#include "core/error.hpp"
#include "results/breakdown.hpp"
#include "results/columns.hpp"
#include "results/student_t.hpp"

namespace mbench::results {

double percentile(std::span<const double> ascending, double fraction) {
  assert(!ascending.empty() && fraction >= 0.0 && fraction <= 1.0);
  const double position = static_cast<double>(ascending.size() - 1) * fraction;
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  const double weight = position - static_cast<double>(below);
  const double step = ascending[above] - ascending[below];
  // From the nearer end, as numpy does: the result never leaves the interval by rounding.
  return weight < 0.5 ? ascending[below] + step * weight : ascending[above] - step * (1.0 - weight);
}

ColumnSummary summarise(std::span<const double> scores, std::size_t undefined) {
  ColumnSummary summary{.n = scores.size(), .undefined = undefined};
  if (scores.empty()) return summary;
  summary.mean = ordered_mean(scores);
  std::vector<double> ascending{scores.begin(), scores.end()};
  std::ranges::sort(ascending);
  summary.min = ascending.front();
  summary.max = ascending.back();
  summary.p50 = percentile(ascending, 0.5);
  summary.p90 = percentile(ascending, 0.9);
  if (scores.size() < 2) return summary;
  double squares = 0.0;
  for (const double score : scores) squares += (score - summary.mean) * (score - summary.mean);
  const auto n = static_cast<double>(scores.size());
  summary.std = std::sqrt(squares / (n - 1.0));
  const double half_width = student_t_quantile(0.975, n - 1.0) * summary.std / std::sqrt(n);
  summary.ci95_low = summary.mean - half_width;
  summary.ci95_high = summary.mean + half_width;
  return summary;
}

namespace {

/// Another mean of the same scores, with the interval around it.
void move_mean(ColumnSummary& summary, double mean) {
  const double shift = mean - summary.mean;
  summary.mean = mean;
  if (summary.n < 2) return;
  summary.ci95_low += shift;
  summary.ci95_high += shift;
}

}  // namespace

Named<Named<ColumnSummary>> summarise(const std::vector<SampleResult>& samples,
                                      const std::vector<std::string>& protocols,
                                      const Named<Averaging>& averaging) {
  std::vector<const SampleResult*> all;
  for (const SampleResult& sample : samples) all.push_back(&sample);
  Named<Named<ColumnSummary>> means;
  for (const auto& [protocol, columns] : collect_columns(all, protocols)) {
    auto& summaries = means.emplace_back(protocol, Named<ColumnSummary>{}).second;
    const Averaging* rule = find_entry(averaging, protocol);
    for (const auto& [column, scores] : columns) {
      ColumnSummary& summary =
          summaries.emplace_back(column, summarise(scores.defined, scores.undefined)).second;
      if (summary.n > 0 && rule != nullptr && *rule == Averaging::frame_index) {
        move_mean(summary, frame_index_mean(scores));
      }
    }
  }
  return means;
}

void finalise(RunRecord& record) {
  record.means = summarise(record.samples, record.protocols, record.averaging);
  record.groups = breakdown(record.samples, record.protocols);
  record.ok = record.failed = record.degenerate = 0;
  for (const SampleResult& sample : record.samples) {
    ++(sample.status == Status::ok ? record.ok : record.failed);
    if (!sample.degenerate.empty()) ++record.degenerate;
  }
}

}  // namespace mbench::results
