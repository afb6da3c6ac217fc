#pragma once
#include <span>
#include <vector>

#include "core/region.hpp"
#include "metrics/matte_pair.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// What connectivity_sums() shall measure.
struct ConnectivityRequest {
  Region region;  ///< of the size of the mattes; refers to its trimap
  ThresholdRule predicted_threshold{ThresholdRule::inclusive};
  ThresholdRule truth_threshold{ThresholdRule::inclusive};
  EmptyLevel empty_level{EmptyLevel::drop};
  TieOrder tie_order{TieOrder::row_major};
  Components components{Components::foreground_only};
};

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

}  // namespace mbench::metrics
