#include "results/timing.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <utility>

#include "results/columns.hpp"
#include "results/summary.hpp"

namespace mbench::results {

Distribution distribution(std::vector<double> values) {
  assert(!values.empty());
  std::ranges::sort(values);
  return {.n = values.size(),
          .mean = ordered_mean(values),
          .min = values.front(),
          .max = values.back(),
          .p50 = percentile(values, 0.50),
          .p90 = percentile(values, 0.90),
          .p99 = percentile(values, 0.99),
          .p50_ci95 = median_interval(values)};
}

std::optional<Interval> median_interval(std::span<const double> ascending) {
  const std::size_t n = ascending.size();
  const double size = static_cast<double>(n);
  // P(Binomial(n, 1/2) <= i), term by term; by logarithms, for 2^-n leaves the range of a double.
  double below = 0.0;
  std::size_t k = 0;
  while (2 * k < n) {
    const double i = static_cast<double>(k);
    below += std::exp(std::lgamma(size + 1) - std::lgamma(i + 1) - std::lgamma(size - i + 1) -
                      size * std::log(2.0));
    if (below > 0.025) break;
    ++k;
  }
  if (k == 0) return {};
  return Interval{ascending[k - 1], ascending[n - k]};
}

double relative_spread(std::span<const double> repetitions) {
  std::vector<double> sorted{repetitions.begin(), repetitions.end()};
  std::ranges::sort(sorted);
  return (sorted.back() - sorted.front()) / percentile(sorted, 0.5);
}

std::vector<double> repetition_medians(std::span<const ImageTimes> times,
                                       double ImageTimes::*member) {
  std::map<int, std::vector<double>> repetitions;
  for (const ImageTimes& image : times) repetitions[image.repetition].push_back(image.*member);
  std::vector<double> medians;
  for (auto& [number, values] : repetitions) {
    std::ranges::sort(values);
    medians.push_back(percentile(values, 0.5));
  }
  return medians;
}

Distribution repeated_distribution(std::span<const ImageTimes> times, double ImageTimes::*member) {
  std::vector<double> values;
  for (const ImageTimes& image : times) values.push_back(image.*member);
  Distribution result = distribution(std::move(values));
  const Distribution repetitions = distribution(repetition_medians(times, member));
  result.p50 = repetitions.p50;
  result.p50_ci95 = repetitions.p50_ci95;
  return result;
}

Ratio paired_ratio(std::span<const ImageTimes> first, std::span<const ImageTimes> second,
                   double ImageTimes::*member) {
  assert(first.size() == second.size() && !first.empty());
  std::vector<ImageTimes> ratios{first.begin(), first.end()};
  for (std::size_t i = 0; i < ratios.size(); ++i) ratios[i].*member /= second[i].*member;
  const Distribution found = repeated_distribution(ratios, member);
  return {.median = found.p50, .ci95 = found.p50_ci95, .pairs = ratios.size()};
}

Throughput throughput(std::vector<Completion> completions, std::size_t chunk, std::size_t warm_up) {
  assert(chunk > 0 && completions.size() % chunk == 0 && completions.size() / chunk > warm_up);
  std::ranges::sort(completions, {}, &Completion::wall_s);
  const auto after = [&](std::size_t repetitions) {
    return repetitions == 0 ? Completion{} : completions[repetitions * chunk - 1];
  };
  std::vector<double> rates;
  for (std::size_t i = warm_up; i < completions.size() / chunk; ++i) {
    rates.push_back(static_cast<double>(chunk) / (after(i + 1).wall_s - after(i).wall_s));
  }
  const Completion begin = after(warm_up);
  Throughput result{.images = rates.size() * chunk,
                    .elapsed_s = completions.back().wall_s - begin.wall_s,
                    .spread = relative_spread(rates)};
  double device_s = 0.0;
  for (std::size_t i = warm_up * chunk; i < completions.size(); ++i) {
    device_s += completions[i].device_s;
  }
  result.images_per_s = static_cast<double>(result.images) / result.elapsed_s;
  result.cores_busy = (completions.back().cpu_s - begin.cpu_s) / result.elapsed_s;
  result.device_busy = device_s / result.elapsed_s;
  result.per_chunk = distribution(std::move(rates));
  return result;
}

}  // namespace mbench::results
