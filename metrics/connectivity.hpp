#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/plane.hpp"
#include "core/region.hpp"
#include "core/score.hpp"
#include "metrics/matte_pair.hpp"
#include "metrics/metric.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// Connectivity error over the scored pixels R:
///     Conn = 1/1000 * sum_{i in R} |phi(p_i) - phi(t_i)|        p, t in [0, 1]
///     phi(x_i) = 1 - d [d >= 0.15],  d = x_i - l_i
/// p: predicted, t: true alpha; l_i: the largest j/10, j = 0 ... 10, up to which pixel i belongs to
/// the largest 4-connected region where both mattes reach the threshold. Lower is better; 0 for an
/// empty R.
/// Definition: [rhemann2009] as the program of [xu2017] has it: the weight lambda of the paper is 1
/// and the source region is chosen anew at each threshold, not once where both mattes are opaque.
/// The switches settle what programs do differently. 8- and 16-bit mattes: integers throughout, one
/// division. Float mattes: d and the sum in double precision, row by row.
/// Undefined under EmptyLevel::error if no pixel reaches some threshold in both mattes. Throws
/// bad_input as sad() does.
[[nodiscard]] Score connectivity(PreparedMattes& mattes, const ConnectivitySwitches& switches);

/// Per pixel the largest j such that prediction and truth both reach threshold j/10.
[[nodiscard]] Plane<std::uint8_t> common_levels(const MattePair& pair, ThresholdRule predicted,
                                                ThresholdRule truth);

/// What connectivity_sums() shall measure.
struct ConnectivityRequest {
  Region region;  ///< of the size of the mattes; refers to its trimap
  ThresholdRule predicted_threshold{ThresholdRule::inclusive};
  ThresholdRule truth_threshold{ThresholdRule::inclusive};
  EmptyLevel empty_level{EmptyLevel::drop};
  TieOrder tie_order{TieOrder::row_major};
  Components components{Components::foreground_only};
};
/// The request behind such switches; clamp, stretch and normalisation are left to the caller.
[[nodiscard]] ConnectivityRequest connectivity_request(const PreparedMattes& mattes,
                                                       const ConnectivitySwitches& switches);

struct ConnectivitySum {
  double value{};         ///< sum_{i in R} |phi(p_i) - phi(t_i)| * sum_unit
  double sum_unit{1.0};   ///< 10 * full for integer mattes, 1 for float mattes
  int empty_threshold{};  ///< under EmptyLevel::error the lowest j that no pixel reaches in both
                          ///< mattes, where the sum is undefined; 0 if there is none
};

/// One sum per request, the same as if each were made alone. Requests share what they can: the
/// component tree (unless the rules of prediction and truth are crossed, f64 and inclusive here,
/// inclusive and f64 there), the levels kept (unless the rules differ) and the pass over the image.
/// Throws bad_input unless all regions have the size of the mattes.
[[nodiscard]] std::vector<ConnectivitySum> connectivity_sums(
    const MattePair& pair, std::span<const ConnectivityRequest> requests);

/// The score that a sum gives under the switches of its request.
[[nodiscard]] Score connectivity_score(const PreparedMattes& mattes,
                                       const ConnectivitySwitches& switches,
                                       const ConnectivitySum& sum);

extern const Metric connectivity_metric;

}  // namespace mbench::metrics
