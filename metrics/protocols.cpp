#include <array>

#include "core/registry.hpp"
#include "metrics/protocol.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {
namespace {

constexpr PixelSwitches kWhole{};
constexpr PixelSwitches kUnknownPixels{.region = ScoredRegion::unknown};

// The MATLAB program of Deep Image Matting, in the copy that ends pixels at an empty threshold.
constexpr std::array kDimMatlabColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"mse", MseSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"grad", GradientSwitches{.pixels = {.region = ScoredRegion::unknown,
                                                    .stretch = Stretch::min_max}}},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = kUnknownPixels,
                                             .empty_level = EmptyLevel::drop,
                                             .tie_order = TieOrder::column_major}},
};

constexpr Protocol kDimMatlab{
    .id = "dim-matlab",
    .version = 1,
    .title = "Deep Image Matting, MATLAB: unknown pixels",
    .cite = "xu2017",
    .source = "MATLAB evaluation code of Deep Image Matting, copy in Yaoyi-Li/GCA-Matting, 5a999be",
    .needs = ProtocolNeeds::trimap,
    .columns = kDimMatlabColumns};

// AIM-500. The trimap columns sum over the whole image, with the prediction replaced by the trimap
// where that knows the answer, and divide by the number of unknown pixels.
constexpr PixelSwitches kAimTrimap{.clamp = Clamp::to_trimap};
constexpr Normalisation kAimTrimapMean{.divisor = Divisor::unknown_or_unlabelled};

constexpr std::array kAimColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kWhole}},
    ScoreColumn{"mse", MseSwitches{.pixels = kWhole}},
    ScoreColumn{"mad", MadSwitches{.pixels = kWhole}},
    ScoreColumn{"sad_trimap", SadSwitches{.pixels = kAimTrimap}},
    ScoreColumn{"mse_trimap", MseSwitches{.pixels = kAimTrimap, .normalisation = kAimTrimapMean}},
    ScoreColumn{"mad_trimap", MadSwitches{.pixels = kAimTrimap, .normalisation = kAimTrimapMean}},
    ScoreColumn{"sad_fg", SadSwitches{.pixels = {.region = ScoredRegion::foreground}}},
    ScoreColumn{"sad_bg", SadSwitches{.pixels = {.region = ScoredRegion::background}}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kWhole,
                                         .normalisation = {.unit = 10.0},
                                         .kernel = GradientKernel::taps13,
                                         .border = Border::reflect}},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = kWhole,
                                             .predicted_threshold = ThresholdRule::f64,
                                             .truth_threshold = ThresholdRule::f64,
                                             .empty_level = EmptyLevel::skip}},
};

constexpr Protocol kAim{.id = "aim",
                        .version = 1,
                        .title = "AIM-500: whole image, trimap and region columns",
                        .cite = "li2021",
                        .source = "core/evaluate.py of JizhiziLi/AIM, 48e3dc8",
                        .needs = ProtocolNeeds::trimap,
                        .columns = kAimColumns};

constexpr std::array kTrimapColumns{
    ScoreColumn{"accuracy", TrimapSwitches{TrimapScore::accuracy}},
    ScoreColumn{"iou_bg", TrimapSwitches{TrimapScore::iou_background}},
    ScoreColumn{"iou_unknown", TrimapSwitches{TrimapScore::iou_unknown}},
    ScoreColumn{"iou_fg", TrimapSwitches{TrimapScore::iou_foreground}},
    ScoreColumn{"miou_mean3", TrimapSwitches{TrimapScore::miou_of_three}},
    ScoreColumn{"miou_present", TrimapSwitches{TrimapScore::miou_of_present}},
};

constexpr Protocol kTrimap{.id = "trimap",
                           .version = 1,
                           .title = "Trimaps: accuracy and IoU of the three classes",
                           .cite = "zhou2021",
                           .source = "definitions in the paper; no program is public",
                           .needs = ProtocolNeeds::trimap_pair,
                           .columns = kTrimapColumns};

// The only list of protocols, in the order in which they are shown.
constexpr std::array<const Protocol*, 3> kProtocols{&kDimMatlab, &kAim, &kTrimap};

}  // namespace

std::span<const Protocol* const> all_protocols() { return kProtocols; }

const Protocol& find_protocol(std::string_view id) {
  return find_by_id(all_protocols(), id, "protocol");
}

}  // namespace mbench::metrics
