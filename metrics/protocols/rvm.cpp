#include <array>
#include <string_view>

#include "metrics/protocols/rows.hpp"

namespace mbench::metrics {
namespace {

constexpr Normalisation kThousandths{.divisor = Divisor::region, .unit = 1e-3};

constexpr std::array kColumns{
    ScoreColumn{"mad", MadSwitches{.normalisation = kThousandths}},
    ScoreColumn{"mse", MseSwitches{.normalisation = kThousandths}},
    ScoreColumn{"grad", GradientSwitches{.pixels = {.stretch = Stretch::min_max}}},
    ScoreColumn{"conn", ConnectivitySwitches{}},
    ScoreColumn{"dtssd", DtssdSwitches{}},
};

constexpr std::array kHrColumns{
    kColumns[0],
    kColumns[1],
    ScoreColumn{"grad", GradientSwitches{}},
    ScoreColumn{"dtssd", DtssdSwitches{}},
};

constexpr std::array<std::string_view, 4> kQuirks{
    "MAD and MSE are printed times 1000.",
    "Sums run in single precision: the program's Grad differs by up to 5.5e-6 of the value.",
    "dtSSD is printed times 100; the first frame of a clip is 0, and that 0 is in the mean.",
    "A mean is taken over the clips for each frame index, then over the indices.",
};

constexpr std::array<std::string_view, 5> kHrQuirks{
    "MAD and MSE are printed times 1000.",
    "The mattes are not stretched before Grad, as those of the low-resolution program are.",
    "Its option for Conn fails (the program has no such function), so there is no such column.",
    "dtSSD is printed times 100; the first frame of a clip is 0, and that 0 is in the mean.",
    "A mean is taken over the clips for each frame index, then over the indices.",
};

}  // namespace

constinit const Protocol rvm_protocol{
    .id = "rvm",
    .version = 1,
    .title = "Robust Video Matting, low resolution: whole image",
    .cite = "lin2022",
    .source = "evaluation/evaluate_lr.py of PeterL1n/RobustVideoMatting, 53d74c6",
    .needs = ProtocolNeeds::mattes,
    .columns = kColumns,
    .proof = "golden values of the unchanged file",
    .quirks = kQuirks,
    .averaging = Averaging::frame_index};

constinit const Protocol rvm_hr_protocol{
    .id = "rvm-hr",
    .version = 1,
    .title = "Robust Video Matting, high resolution: whole image, no Conn",
    .cite = "lin2022",
    .source = "evaluation/evaluate_hr.py of PeterL1n/RobustVideoMatting, 53d74c6",
    .needs = ProtocolNeeds::mattes,
    .columns = kHrColumns,
    .proof = "read, not run (the program needs CUDA); an independent statement in the tests",
    .quirks = kHrQuirks,
    .averaging = Averaging::frame_index};

}  // namespace mbench::metrics
