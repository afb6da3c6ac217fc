#include <array>
#include <string_view>

#include "metrics/protocols/rows.hpp"

// The MATLAB program of Deep Image Matting, which the tables of trimap-based methods follow. Its
// public copies differ in what they do at a threshold that no pixel reaches in both mattes: one
// ends all components there, one leaves the threshold out, and the one without a guard stops.

namespace mbench::metrics {
namespace {

constexpr GradientSwitches stretched_gradient(ScoredRegion region) {
  return {.pixels = {.region = region, .stretch = Stretch::min_max}};
}

constexpr ConnectivitySwitches matlab_connectivity(PixelSwitches pixels, EmptyLevel empty_level) {
  return {.pixels = pixels, .empty_level = empty_level, .tie_order = TieOrder::column_major};
}

constexpr std::array kDropColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"mse", MseSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"grad", stretched_gradient(ScoredRegion::unknown)},
    ScoreColumn{"conn", matlab_connectivity(kUnknownPixels, EmptyLevel::drop)},
};

constexpr std::array kSkipColumns{
    kDropColumns[0],
    kDropColumns[1],
    kDropColumns[2],
    ScoreColumn{"conn", matlab_connectivity(kUnknownPixels, EmptyLevel::skip)},
};

constexpr std::array kStopColumns{
    kDropColumns[0],
    kDropColumns[1],
    kDropColumns[2],
    ScoreColumn{"conn", matlab_connectivity(kUnknownPixels, EmptyLevel::error)},
};

constexpr std::array kWholeColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kWholeImage}},
    ScoreColumn{"mse", MseSwitches{.pixels = kWholeImage}},
    ScoreColumn{"grad", stretched_gradient(ScoredRegion::whole)},
    ScoreColumn{"conn", matlab_connectivity(kWholeImage, EmptyLevel::drop)},
};

constexpr std::array<std::string_view, 4> kMatlabQuirks{
    "Without an unknown pixel MSE is NaN in the program, and so is its mean over all images; here "
    "it is undefined.",
    "Only T = 128 is unknown: with a trimap that codes it as 127, SAD, Grad and Conn of the "
    "program "
    "are 0 and MSE is NaN. mbench refuses such a file unless --trimap-levels 0,127,255 says that "
    "127 is unknown.",
    "Both mattes are stretched to [0, 1] before Grad, so a prediction with a smaller range is "
    "measured as if it had the full one.",
    "Sums run in single precision: the program's digits differ by up to 4.2e-6 of the value.",
};

constexpr std::array<std::string_view, 5> kUnguardedQuirks{
    "The program stops at a threshold that no pixel reaches in both mattes, so Conn is undefined "
    "there; everywhere else it is that of dim-matlab and of dim-matlab-skip.",
    kMatlabQuirks[0],
    kMatlabQuirks[1],
    kMatlabQuirks[2],
    kMatlabQuirks[3],
};

constexpr std::array<std::string_view, 3> kWholeQuirks{
    "No program is public for this row: the definitions of dim-matlab over every pixel, as the "
    "rows marked by a dagger in zhou2021 and the tables of qiao2020 use them.",
    "Which of the copies of the MATLAB program was used there is not stated; they differ only "
    "where no pixel reaches some threshold in both mattes.",
    "Equal to paddle-whole but for components of equal size.",
};

}  // namespace

constinit const Protocol dim_matlab_protocol{
    .id = "dim-matlab",
    .version = 1,
    .title = "Deep Image Matting, MATLAB: unknown pixels",
    .cite = "xu2017",
    .source = "MATLAB evaluation code of Deep Image Matting, copy in Yaoyi-Li/GCA-Matting, 5a999be",
    .needs = ProtocolNeeds::trimap,
    .columns = kDropColumns,
    .proof = "golden values of the unchanged files under GNU Octave 7.3; MATLAB itself was not run",
    .quirks = kMatlabQuirks};

constinit const Protocol dim_matlab_skip_protocol{
    .id = "dim-matlab-skip",
    .version = 1,
    .title = "Deep Image Matting, MATLAB, copy that leaves empty thresholds out",
    .cite = "xu2017",
    .source = "evaluation_code/ of poppinace/indexnet_matting, 4beb06a",
    .needs = ProtocolNeeds::trimap,
    .columns = kSkipColumns,
    .proof = "golden values of the unchanged files under GNU Octave 7.3; MATLAB itself was not run",
    .quirks = kMatlabQuirks};

constinit const Protocol dim_matlab_orig_protocol{
    .id = "dim-matlab-orig",
    .version = 1,
    .title = "Deep Image Matting, MATLAB, copy that stops at empty thresholds",
    .cite = "xu2017",
    .source = "MATLAB evaluation code of Deep Image Matting, public copy without a guard",
    .needs = ProtocolNeeds::trimap,
    .columns = kStopColumns,
    .proof =
        "an independent statement of the definition in the tests; equal to dim-matlab "
        "wherever the program does not stop",
    .quirks = kUnguardedQuirks};

constinit const Protocol whole_protocol{
    .id = "whole",
    .version = 1,
    .title = "Definitions of Deep Image Matting on the whole image",
    .cite = "zhou2021",
    .source = "dagger rows of the paper; no program is public",
    .needs = ProtocolNeeds::mattes,
    .columns = kWholeColumns,
    .proof = "an independent statement of the definition in the tests; no program to compare with",
    .quirks = kWholeQuirks};

}  // namespace mbench::metrics
