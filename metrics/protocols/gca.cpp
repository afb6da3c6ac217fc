#include <array>
#include <string_view>

#include "metrics/protocols/rows.hpp"

// GCA-Matting's port of the program to Python and the evaluations that took its functions over.
// Its connectivity counts the background as a component: the numbers are right for these programs,
// not for the metric.

namespace mbench::metrics {
namespace {

constexpr Normalisation kMean{.divisor = Divisor::region, .offset = 1e-8};

constexpr ConnectivitySwitches connectivity_with_background(PixelSwitches pixels,
                                                            ThresholdRule predicted) {
  return {.pixels = pixels,
          .predicted_threshold = predicted,
          .components = Components::with_background};
}

constexpr std::array kGcaColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"mse", MseSwitches{.pixels = kUnknownPixels, .normalisation = kMean}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"conn", connectivity_with_background(kUnknownPixels, ThresholdRule::inclusive)},
};

constexpr PixelSwitches kTruncatedUnknown{.region = ScoredRegion::unknown,
                                          .quantise = Quantise::truncate_to_8_bits};

constexpr std::array kGcaTesterColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kTruncatedUnknown}},
    ScoreColumn{"mse", MseSwitches{.pixels = kTruncatedUnknown, .normalisation = kMean}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kTruncatedUnknown}},
    ScoreColumn{"conn", connectivity_with_background(kTruncatedUnknown, ThresholdRule::f64)},
};

constexpr std::array kVitmatteColumns{kGcaColumns[0], kGcaColumns[1]};

constexpr PixelSwitches kDetail{.region = ScoredRegion::detail};

constexpr std::array kMamColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kWholeImage}},
    ScoreColumn{"mse", MseSwitches{.pixels = kWholeImage, .normalisation = kMean}},
    ScoreColumn{"mad", MadSwitches{.pixels = kWholeImage, .normalisation = kMean}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kWholeImage}},
    ScoreColumn{"conn", connectivity_with_background(kWholeImage, ThresholdRule::inclusive)},
    ScoreColumn{"sad_detail", SadSwitches{.pixels = kDetail}},
    ScoreColumn{"mse_detail", MseSwitches{.pixels = kDetail, .normalisation = kMean}},
};

constexpr std::string_view kBackgroundQuirk =
    "The most frequent label is taken including label 0, the background: wherever that outnumbers "
    "the largest component, Conn is that of another shape (17 to 34 % too low on five pairs of "
    "Composition-1k, 100 % too high on others).";
constexpr std::string_view kNoUnknownQuirk =
    "The divisor of MSE is n + 1e-8: without an unknown pixel MSE is 0, not undefined.";

constexpr std::array<std::string_view, 3> kGcaQuirks{
    kBackgroundQuirk, kNoUnknownQuirk,
    "The mattes are not stretched before Grad, as the MATLAB program does."};
constexpr std::array<std::string_view, 4> kGcaTesterQuirks{
    kBackgroundQuirk, kNoUnknownQuirk,
    "The prediction is compared in double precision: alpha 153 does not reach the threshold 0.6 "
    "there, while that of the truth does.",
    "The tester truncates the network's output to 8 bits before it scores, and so is a 16-bit or "
    "float prediction here: all four scores are those of the truncated matte."};
constexpr std::array<std::string_view, 2> kVitmatteQuirks{
    kNoUnknownQuirk,
    "Its script says to switch the region to the whole image for Distinctions-646 by editing it."};
constexpr std::array<std::string_view, 3> kMamQuirks{
    kBackgroundQuirk,
    "The detail region is {T > 0}: it holds the foreground as well as the unknown pixels.",
    "The divisor of MSE and MAD is the number of pixels plus 1e-8."};

}  // namespace

constinit const Protocol gca_protocol{
    .id = "gca",
    .version = 1,
    .title = "GCA-Matting, Python: unknown pixels, background counts as a component",
    .cite = "li2020gca",
    .source = "utils/evaluate.py of Yaoyi-Li/GCA-Matting, 5a999be, on float32 arrays",
    .needs = ProtocolNeeds::trimap,
    .columns = kGcaColumns,
    .proof = "golden values of the unchanged file",
    .quirks = kGcaQuirks};

constinit const Protocol gca_tester_protocol{
    .id = "gca-tester",
    .version = 2,
    .title = "GCA-Matting as its own tester calls it: 8-bit prediction, float32 truth",
    .cite = "li2020gca",
    .source = "utils/evaluate.py and tester.py of Yaoyi-Li/GCA-Matting, 5a999be",
    .needs = ProtocolNeeds::trimap,
    .columns = kGcaTesterColumns,
    .proof = "golden values of the unchanged file",
    .quirks = kGcaTesterQuirks};

constinit const Protocol vitmatte_protocol{.id = "vitmatte",
                                           .version = 1,
                                           .title = "ViTMatte: SAD and MSE of unknown pixels",
                                           .cite = "yao2024",
                                           .source = "evaluation.py of hustvl/ViTMatte, 8cd7ef0",
                                           .needs = ProtocolNeeds::trimap,
                                           .columns = kVitmatteColumns,
                                           .proof = "golden values of the unchanged file",
                                           .quirks = kVitmatteQuirks};

constinit const Protocol mam_protocol{
    .id = "mam",
    .version = 1,
    .title = "Matting Anything on AM-2k: whole image and detail region",
    .cite = "li2024mam",
    .source =
        "utils/evaluate.py and evaluation/evaluation_am2k.py of SHI-Labs/Matting-Anything, "
        "eb01e1c",
    .needs = ProtocolNeeds::trimap,
    .columns = kMamColumns,
    .proof = "golden values of the unchanged files",
    .quirks = kMamQuirks};

}  // namespace mbench::metrics
