#include <array>
#include <string_view>

#include "metrics/protocols/rows.hpp"

namespace mbench::metrics {
namespace {

constexpr std::array kColumns{
    ScoreColumn{"accuracy", TrimapSwitches{TrimapScore::accuracy}},
    ScoreColumn{"iou_bg", TrimapSwitches{TrimapScore::iou_background}},
    ScoreColumn{"iou_unknown", TrimapSwitches{TrimapScore::iou_unknown}},
    ScoreColumn{"iou_fg", TrimapSwitches{TrimapScore::iou_foreground}},
    ScoreColumn{"miou_mean3", TrimapSwitches{TrimapScore::miou_of_three}},
    ScoreColumn{"miou_present", TrimapSwitches{TrimapScore::miou_of_present}},
};

constexpr std::array<std::string_view, 2> kQuirks{
    "The mIoU column of zhou2021 is the mean of its three IoU columns (miou_mean3). How images "
    "without one of the classes were averaged is not stated there: such an IoU is undefined here, "
    "and miou_present leaves it out.",
    "cai2019 and li2021 print accuracy and IoU without saying how classes and images were "
    "averaged.",
};

}  // namespace

constinit const Protocol trimap_protocol{
    .id = "trimap",
    .version = 1,
    .title = "Trimaps: accuracy and IoU of the three classes",
    .cite = "zhou2021",
    .source = "definitions in the paper; no program is public",
    .needs = ProtocolNeeds::trimap_pair,
    .columns = kColumns,
    .proof = "golden counts of pixels; no program to compare with",
    .quirks = kQuirks};

}  // namespace mbench::metrics
