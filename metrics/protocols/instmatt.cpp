#include <array>
#include <string_view>

#include "metrics/protocols/rows.hpp"

namespace mbench::metrics {
namespace {

constexpr Normalisation kMean{.divisor = Divisor::region, .offset = 1.0};

constexpr std::array kColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"mse", MseSwitches{.pixels = kUnknownPixels, .normalisation = kMean}},
    ScoreColumn{"mad", MadSwitches{.pixels = kUnknownPixels, .normalisation = kMean}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kUnknownPixels, .normalisation = kMean}},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = kUnknownPixels, .normalisation = kMean}},
};

constexpr std::array<std::string_view, 3> kQuirks{
    "MSE, MAD, Grad and Conn are divided by the number of unknown pixels plus 1: Grad and Conn are "
    "means here, not sums in thousands, and stand beside those of no other protocol.",
    "Without an unknown pixel every column is 0.",
    "These are the scores of one matte; the matching of instances that its data set asks for "
    "(IMQ) is not part of them.",
};

}  // namespace

constinit const Protocol instmatt_protocol{
    .id = "instmatt",
    .version = 1,
    .title = "Human Instance Matting: unknown pixels, Grad and Conn as means",
    .cite = "sun2022",
    .source = "evaluation/metrics.py in SHI-Labs/Matting-Anything, eb01e1c",
    .needs = ProtocolNeeds::trimap,
    .columns = kColumns,
    .proof = "read, not run (the program needs CUDA); an independent statement in the tests",
    .quirks = kQuirks};

}  // namespace mbench::metrics
