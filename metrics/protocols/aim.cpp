#include <array>
#include <string_view>

#include "metrics/protocols/rows.hpp"

// AIM-500 and its relatives AM-2k and P3M: three repositories with the same functions. The trimap
// columns sum over the whole image, with the prediction replaced by the trimap where that knows the
// answer, and divide by the number of unknown pixels.

namespace mbench::metrics {
namespace {

constexpr PixelSwitches kClamped{.clamp = Clamp::to_trimap};
constexpr Normalisation kPerUnknown{.divisor = Divisor::unknown_or_unlabelled};

constexpr std::array kColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kWholeImage}},
    ScoreColumn{"mse", MseSwitches{.pixels = kWholeImage}},
    ScoreColumn{"mad", MadSwitches{.pixels = kWholeImage}},
    ScoreColumn{"sad_trimap", SadSwitches{.pixels = kClamped}},
    ScoreColumn{"mse_trimap", MseSwitches{.pixels = kClamped, .normalisation = kPerUnknown}},
    ScoreColumn{"mad_trimap", MadSwitches{.pixels = kClamped, .normalisation = kPerUnknown}},
    ScoreColumn{"sad_fg", SadSwitches{.pixels = {.region = ScoredRegion::foreground}}},
    ScoreColumn{"sad_bg", SadSwitches{.pixels = {.region = ScoredRegion::background}}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kWholeImage,
                                         .normalisation = {.unit = 10.0},
                                         .kernel = GradientKernel::taps13,
                                         .border = Border::reflect}},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = kWholeImage,
                                             .predicted_threshold = ThresholdRule::f64,
                                             .truth_threshold = ThresholdRule::f64,
                                             .empty_level = EmptyLevel::skip}},
};

constexpr std::array<std::string_view, 5> kQuirks{
    "The programs score the network's float output and save it truncated to 8 bits: scoring the "
    "saved files gives other numbers. A float matte given here is scored as it is.",
    "Grad comes from scipy's Gaussian derivative, not from the kernel of Deep Image Matting; the "
    "sum over 10 lies 4 to 5 % above that over 1000 of the other kernel.",
    "Thresholds are compared in double precision: alpha 153 does not reach 0.6.",
    "Without an unknown pixel mse_trimap and mad_trimap are divided by the number of pixels that "
    "are neither 0 nor 255 in the trimap; if there is none either, they are NaN or infinite in the "
    "program and undefined here.",
    "sad_trimap counts errors of the trimap itself: it sums over the whole image.",
};

constexpr std::string_view kProof = "golden values of the unchanged file";

}  // namespace

constinit const Protocol aim_protocol{.id = "aim",
                                      .version = 1,
                                      .title = "AIM-500: whole image, trimap and region columns",
                                      .cite = "li2021",
                                      .source = "core/evaluate.py of JizhiziLi/AIM, 48e3dc8",
                                      .needs = ProtocolNeeds::trimap,
                                      .columns = kColumns,
                                      .proof = kProof,
                                      .quirks = kQuirks};

constinit const Protocol gfm_protocol{.id = "gfm",
                                      .version = 1,
                                      .title = "GFM on AM-2k: the columns of aim",
                                      .cite = "li2022gfm",
                                      .source = "core/evaluate.py of JizhiziLi/GFM, 4b15ee0",
                                      .needs = ProtocolNeeds::trimap,
                                      .columns = kColumns,
                                      .proof = kProof,
                                      .quirks = kQuirks};

constinit const Protocol p3m_protocol{.id = "p3m",
                                      .version = 1,
                                      .title = "P3M-10k: the columns of aim",
                                      .cite = "li2021p3m",
                                      .source = "core/evaluate.py of JizhiziLi/P3M, 9f9390f",
                                      .needs = ProtocolNeeds::trimap,
                                      .columns = kColumns,
                                      .proof = kProof,
                                      .quirks = kQuirks};

}  // namespace mbench::metrics
