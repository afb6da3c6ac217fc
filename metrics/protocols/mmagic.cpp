#include <array>
#include <string_view>

#include "metrics/protocols/rows.hpp"

namespace mbench::metrics {
namespace {

constexpr PixelSwitches kClampedWhole{.clamp = Clamp::to_trimap};

constexpr std::array kColumns{
    ScoreColumn{"sad", SadSwitches{.pixels = kClampedWhole}},
    ScoreColumn{"mse", MseSwitches{.pixels = kClampedWhole,
                                   .normalisation = {.divisor = Divisor::unknown,
                                                     .if_zero = ZeroDivisor::zero}}},
    ScoreColumn{"grad", GradientSwitches{.pixels = {.region = ScoredRegion::unknown,
                                                    .clamp = Clamp::to_trimap,
                                                    .stretch = Stretch::min_max}}},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = {.region = ScoredRegion::unknown,
                                                        .clamp = Clamp::to_trimap},
                                             .predicted_threshold = ThresholdRule::f64,
                                             .truth_threshold = ThresholdRule::f64}},
};

constexpr std::array<std::string_view, 4> kQuirks{
    "The program refuses a prediction that is not 0 and 255 where the trimap is; here such a "
    "prediction is clamped to the trimap first, which is what the framework does before it calls "
    "the program.",
    "SAD and MSE sum over the whole image, although MSE is divided by the number of unknown "
    "pixels: they count errors of the trimap itself.",
    "Thresholds are compared in double precision: alpha 153 does not reach 0.6.",
    "Without an unknown pixel MSE is 0, not undefined.",
};

}  // namespace

constinit const Protocol mmagic_protocol{
    .id = "mmagic",
    .version = 1,
    .title = "MMagic (MMEditing): prediction clamped to the trimap",
    .cite = "mmagic2023",
    .source = "mmagic/evaluation/metrics of open-mmlab/mmagic, 0a560bb",
    .needs = ProtocolNeeds::trimap,
    .columns = kColumns,
    .proof = "golden values of the unchanged files",
    .quirks = kQuirks};

}  // namespace mbench::metrics
