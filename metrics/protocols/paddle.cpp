#include <array>
#include <string_view>

#include "metrics/protocols/rows.hpp"

namespace mbench::metrics {
namespace {

constexpr PixelSwitches kClampedUnknown{.region = ScoredRegion::unknown,
                                        .quantise = Quantise::round_to_8_bits,
                                        .clamp = Clamp::to_trimap};
constexpr PixelSwitches kRounded{.quantise = Quantise::round_to_8_bits};

constexpr PixelSwitches stretched(PixelSwitches pixels) {
  pixels.stretch = Stretch::min_max;
  return pixels;
}

constexpr std::array kColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kClampedUnknown}},
    ScoreColumn{"mse", MseSwitches{.pixels = kClampedUnknown,
                                   .normalisation = {.divisor = Divisor::unknown,
                                                     .if_zero = ZeroDivisor::zero}}},
    ScoreColumn{"grad", GradientSwitches{.pixels = stretched(kClampedUnknown)}},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = kClampedUnknown}},
};

constexpr std::array kWholeColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kRounded}},
    ScoreColumn{"mse", MseSwitches{.pixels = kRounded}},
    ScoreColumn{"grad", GradientSwitches{.pixels = stretched(kRounded)}},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = kRounded}},
};

constexpr std::string_view kSqueezeQuirk =
    "On an image of one row or one column the program drops that axis: its Grad is then that of "
    "another filter and its Conn fails. Here such an image is scored by the definition.";

constexpr std::string_view kRoundingQuirk =
    "The prediction is rounded to 8 bits before it is scored, halves to even, and so is a 16-bit "
    "or float prediction here: all four scores are those of the rounded matte.";

constexpr std::array<std::string_view, 4> kQuirks{
    kSqueezeQuirk,
    kRoundingQuirk,
    "Its header warns that Conn lies 5 % below MATLAB's; the warning was copied from another "
    "program, and this one has no such defect.",
    "Without an unknown pixel MSE is 0, not undefined.",
};
constexpr std::array<std::string_view, 2> kWholeQuirks{kSqueezeQuirk, kRoundingQuirk};

constexpr std::string_view kProof =
    "golden values of the unchanged file, but for images of one row or one column";

}  // namespace

constinit const Protocol paddle_protocol{
    .id = "paddle",
    .version = 2,
    .title = "PaddleSeg Matting with trimap: unknown pixels of the clamped prediction",
    .cite = "chen2022",
    .source = "Matting/ppmatting/metrics/metric.py of PaddlePaddle/PaddleSeg, d7975e7",
    .needs = ProtocolNeeds::trimap,
    .columns = kColumns,
    .proof = kProof,
    .quirks = kQuirks};

constinit const Protocol paddle_whole_protocol{
    .id = "paddle-whole",
    .version = 2,
    .title = "PaddleSeg Matting without trimap: whole image",
    .cite = "chen2022",
    .source = "Matting/ppmatting/metrics/metric.py of PaddlePaddle/PaddleSeg, d7975e7",
    .needs = ProtocolNeeds::mattes,
    .columns = kWholeColumns,
    .proof = kProof,
    .quirks = kWholeQuirks};

}  // namespace mbench::metrics
