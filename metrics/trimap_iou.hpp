#pragma once
#include <array>
#include <cstdint>

#include "core/score.hpp"
#include "core/trimap.hpp"
#include "metrics/metric.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// How often each class of the true trimap met each class of the predicted one. Classes:
/// background, unknown, foreground; pixels of any other level belong to none.
struct TrimapOverlap {
  std::array<std::int64_t, 3> predicted{};     ///< pixels of each class in the predicted trimap
  std::array<std::int64_t, 3> truth{};         ///< and in the true one
  std::array<std::int64_t, 3> intersection{};  ///< and in both at one place
  std::int64_t pixels{};
};

/// Throws bad_input unless both trimaps have one size with at least one pixel.
[[nodiscard]] TrimapOverlap trimap_overlap(TrimapView predicted, TrimapView truth);

/// A number about a predicted trimap P against the true one T, higher is better:
///     accuracy = |{P = T}| / N        N pixels; levels other than the three classes are errors
///     IoU_c    = |P_c and T_c| / |P_c or T_c|        c: background, unknown, foreground
///     mIoU     = mean of the three IoU_c [zhou2021], or of those whose class occurs
/// IoU_c is undefined if class c occurs in neither trimap.
[[nodiscard]] Score trimap_score(const TrimapOverlap& overlap, const TrimapSwitches& switches);

extern const Metric trimap_accuracy_metric;
extern const Metric trimap_iou_metric;
extern const Metric trimap_miou_metric;

}  // namespace mbench::metrics
