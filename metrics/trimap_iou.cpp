#include "metrics/trimap_iou.hpp"

#include <numeric>
#include <string_view>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::metrics {
namespace {

constexpr std::array<std::uint8_t, 3> kClasses{kBackground, kUnknown, kForeground};
constexpr std::array<std::string_view, 3> kClassNames{"background", "unknown", "foreground"};

Score iou(const TrimapOverlap& overlap, std::size_t index) {
  const std::int64_t all =
      overlap.predicted[index] + overlap.truth[index] - overlap.intersection[index];
  if (all == 0) {
    return Score::undefined(fmt::format("no {} pixels in either trimap", kClassNames[index]));
  }
  return Score::of(static_cast<double>(overlap.intersection[index]) / static_cast<double>(all));
}

Score mean_iou(const TrimapOverlap& overlap, bool absent_class_allowed) {
  double sum = 0.0;
  int present = 0;
  for (std::size_t index = 0; index < kClasses.size(); ++index) {
    const Score score = iou(overlap, index);
    if (!score.defined) {
      if (absent_class_allowed) continue;
      return score;
    }
    sum += score.value;
    ++present;
  }
  if (present == 0) return Score::undefined("none of the three classes in either trimap");
  return Score::of(sum / present);
}

}  // namespace

TrimapOverlap trimap_overlap(TrimapView predicted, TrimapView truth) {
  if (predicted.size() != truth.size()) {
    throw Error{ErrorKind::bad_input,
                {.what = "predicted and true trimap must have one size",
                 .expected = fmt::format("{} (true trimap)", to_string(truth.size())),
                 .found = fmt::format("{} (predicted trimap)", to_string(predicted.size())),
                 .fix = "write predicted trimaps at the size of the true ones"}};
  }
  if (truth.size().pixels() == 0) {
    throw Error{ErrorKind::bad_input,
                {.what = "trimaps without pixels cannot be scored",
                 .expected = "at least one pixel",
                 .found = to_string(truth.size()),
                 .fix = "check the file"}};
  }
  TrimapOverlap overlap{.pixels = truth.size().pixels()};
  for (int y = 0; y < truth.size().height; ++y) {
    const auto predicted_row = predicted.row(y);
    const auto truth_row = truth.row(y);
    for (std::size_t index = 0; index < kClasses.size(); ++index) {
      std::uint32_t in_predicted = 0;  // narrow counters, so that the loop vectorises
      std::uint32_t in_truth = 0;
      std::uint32_t in_both = 0;
      for (std::size_t x = 0; x < truth_row.size(); ++x) {
        const bool is_predicted = predicted_row[x] == kClasses[index];
        const bool is_truth = truth_row[x] == kClasses[index];
        in_predicted += is_predicted ? 1 : 0;
        in_truth += is_truth ? 1 : 0;
        in_both += is_predicted && is_truth ? 1 : 0;
      }
      overlap.predicted[index] += in_predicted;
      overlap.truth[index] += in_truth;
      overlap.intersection[index] += in_both;
    }
  }
  return overlap;
}

Score trimap_score(const TrimapOverlap& overlap, const TrimapSwitches& switches) {
  switch (switches.score) {
    case TrimapScore::accuracy: break;
    case TrimapScore::iou_background: return iou(overlap, 0);
    case TrimapScore::iou_unknown: return iou(overlap, 1);
    case TrimapScore::iou_foreground: return iou(overlap, 2);
    case TrimapScore::miou_of_three: return mean_iou(overlap, false);
    case TrimapScore::miou_of_present: return mean_iou(overlap, true);
  }
  const std::int64_t same =
      std::accumulate(overlap.intersection.begin(), overlap.intersection.end(), std::int64_t{0});
  return Score::of(static_cast<double>(same) / static_cast<double>(overlap.pixels));
}

constinit const Metric trimap_accuracy_metric{.id = "accuracy",
                                              .title = "Accuracy",
                                              .unit = "",
                                              .better = Better::higher,
                                              .decimals = 4,
                                              .cite = "zhou2021",
                                              .formula = "|{P = T}| / N"};

constinit const Metric trimap_iou_metric{.id = "iou",
                                         .title = "IoU",
                                         .unit = "",
                                         .better = Better::higher,
                                         .decimals = 4,
                                         .cite = "zhou2021",
                                         .formula = "|P_c and T_c| / |P_c or T_c|"};

constinit const Metric trimap_miou_metric{.id = "miou",
                                          .title = "mIoU",
                                          .unit = "",
                                          .better = Better::higher,
                                          .decimals = 4,
                                          .cite = "zhou2021",
                                          .formula = "mean over the classes c of IoU_c"};

}  // namespace mbench::metrics
