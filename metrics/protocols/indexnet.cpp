#include <array>
#include <string_view>

#include "metrics/protocols/rows.hpp"

namespace mbench::metrics {
namespace {

constexpr PixelSwitches kStretched{.region = ScoredRegion::unknown, .stretch = Stretch::min_max};

constexpr std::array kColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kStretched}},
    ScoreColumn{"mse", MseSwitches{.pixels = kStretched}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kStretched,
                                         .normalisation = {.unit = 10.0},
                                         .kernel = GradientKernel::taps13,
                                         .border = Border::reflect}},
    ScoreColumn{"conn",
                ConnectivitySwitches{.pixels = kStretched, .empty_level = EmptyLevel::skip}},
};

constexpr std::array<std::string_view, 3> kQuirks{
    "Both mattes are stretched to the full range before all four metrics: a prediction that is "
    "the truth times a factor is perfect.",
    "The program rounds stretched values to single precision before it compares them with the "
    "thresholds; where values lie on thresholds its Conn differs by up to 0.2 % from the exact "
    "comparison made here.",
    "Without an unknown pixel MSE is NaN in the program and undefined here.",
};

}  // namespace

constinit const Protocol indexnet_py_protocol{
    .id = "indexnet-py",
    .version = 1,
    .title = "IndexNet Matting, Python: unknown pixels of stretched mattes",
    .cite = "lu2019",
    .source = "scripts/utils.py of poppinace/indexnet_matting, 4beb06a",
    .needs = ProtocolNeeds::trimap,
    .columns = kColumns,
    .proof = "golden values of the unchanged file, to 1e-4 (Conn: 2.5e-3, see quirks)",
    .quirks = kQuirks};

}  // namespace mbench::metrics
