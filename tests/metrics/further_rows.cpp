#include "tests/metrics/further_rows.hpp"

#include <array>

namespace mbench::testing {
namespace {

using namespace mbench::metrics;

constexpr PixelSwitches kWhole{};
constexpr PixelSwitches kUnknownPixels{.region = ScoredRegion::unknown};
constexpr PixelSwitches kDetail{.region = ScoredRegion::detail};

constexpr std::array kDimMatlabSkip{
    ScoreColumn{"sad", SadSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"mse", MseSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"grad", GradientSwitches{.pixels = {.region = ScoredRegion::unknown,
                                                    .stretch = Stretch::min_max}}},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = kUnknownPixels,
                                             .empty_level = EmptyLevel::skip,
                                             .tie_order = TieOrder::column_major}},
};

constexpr Normalisation kGcaMean{.divisor = Divisor::region, .offset = 1e-8};

constexpr ConnectivitySwitches gca_connectivity(PixelSwitches pixels, ThresholdRule predicted) {
  return {.pixels = pixels,
          .predicted_threshold = predicted,
          .components = Components::with_background};
}

constexpr std::array kGca{
    ScoreColumn{"sad", SadSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"mse", MseSwitches{.pixels = kUnknownPixels, .normalisation = kGcaMean}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kUnknownPixels}},
    ScoreColumn{"conn", gca_connectivity(kUnknownPixels, ThresholdRule::inclusive)},
};

constexpr std::array kGcaTester{
    kGca[0],
    kGca[1],
    kGca[2],
    ScoreColumn{"conn", gca_connectivity(kUnknownPixels, ThresholdRule::f64)},
};

constexpr std::array kViTMatte{kGca[0], kGca[1]};

constexpr std::array kMam{
    ScoreColumn{"sad", SadSwitches{.pixels = kWhole}},
    ScoreColumn{"mse", MseSwitches{.pixels = kWhole, .normalisation = kGcaMean}},
    ScoreColumn{"mad", MadSwitches{.pixels = kWhole, .normalisation = kGcaMean}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kWhole}},
    ScoreColumn{"conn", gca_connectivity(kWhole, ThresholdRule::inclusive)},
    ScoreColumn{"sad_detail", SadSwitches{.pixels = kDetail}},
    ScoreColumn{"mse_detail", MseSwitches{.pixels = kDetail, .normalisation = kGcaMean}},
};

constexpr Normalisation kPerUnknownOrZero{.divisor = Divisor::unknown,
                                          .if_zero = ZeroDivisor::zero};
constexpr PixelSwitches kClampedWhole{.clamp = Clamp::to_trimap};
constexpr PixelSwitches kClampedUnknown{.region = ScoredRegion::unknown, .clamp = Clamp::to_trimap};
constexpr GradientSwitches kClampedGradient{.pixels = {.region = ScoredRegion::unknown,
                                                       .clamp = Clamp::to_trimap,
                                                       .stretch = Stretch::min_max}};

constexpr std::array kMmagic{
    ScoreColumn{"sad", SadSwitches{.pixels = kClampedWhole}},
    ScoreColumn{"mse", MseSwitches{.pixels = kClampedWhole, .normalisation = kPerUnknownOrZero}},
    ScoreColumn{"grad", kClampedGradient},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = kClampedUnknown,
                                             .predicted_threshold = ThresholdRule::f64,
                                             .truth_threshold = ThresholdRule::f64}},
};

constexpr std::array kPaddle{
    ScoreColumn{"sad", SadSwitches{.pixels = kClampedUnknown}},
    ScoreColumn{"mse", MseSwitches{.pixels = kClampedUnknown, .normalisation = kPerUnknownOrZero}},
    ScoreColumn{"grad", kClampedGradient},
    ScoreColumn{"conn", ConnectivitySwitches{.pixels = kClampedUnknown}},
};

constexpr std::array kPaddleWhole{
    ScoreColumn{"sad", SadSwitches{}},
    ScoreColumn{"mse", MseSwitches{}},
    ScoreColumn{"grad", GradientSwitches{.pixels = {.stretch = Stretch::min_max}}},
    ScoreColumn{"conn", ConnectivitySwitches{}},
};

constexpr Normalisation kThousandthMean{.divisor = Divisor::region, .unit = 1e-3};

constexpr std::array kRvm{
    ScoreColumn{"mad", MadSwitches{.normalisation = kThousandthMean}},
    ScoreColumn{"mse", MseSwitches{.normalisation = kThousandthMean}},
    ScoreColumn{"grad", GradientSwitches{.pixels = {.stretch = Stretch::min_max}}},
    ScoreColumn{"conn", ConnectivitySwitches{}},
};

constexpr PixelSwitches kStretched{.region = ScoredRegion::unknown, .stretch = Stretch::min_max};

constexpr std::array kIndexNet{
    ScoreColumn{"sad", SadSwitches{.pixels = kStretched}},
    ScoreColumn{"mse", MseSwitches{.pixels = kStretched}},
    ScoreColumn{"grad", GradientSwitches{.pixels = kStretched,
                                         .normalisation = {.unit = 10.0},
                                         .kernel = GradientKernel::taps13,
                                         .border = Border::reflect}},
    ScoreColumn{"conn",
                ConnectivitySwitches{.pixels = kStretched, .empty_level = EmptyLevel::skip}},
};

constexpr Protocol row(std::string_view id, ProtocolNeeds needs,
                       std::span<const ScoreColumn> columns) {
  return {.id = id,
          .version = 1,
          .title = id,
          .cite = "",
          .source = "",
          .needs = needs,
          .columns = columns};
}

}  // namespace

std::span<const Protocol> further_rows() {
  static const std::array rows{
      row("dim-matlab-skip", ProtocolNeeds::trimap, kDimMatlabSkip),
      row("gca", ProtocolNeeds::trimap, kGca),
      row("gca-tester", ProtocolNeeds::trimap, kGcaTester),
      row("vitmatte", ProtocolNeeds::trimap, kViTMatte),
      row("mam", ProtocolNeeds::trimap, kMam),
      row("mmagic", ProtocolNeeds::trimap, kMmagic),
      row("paddle", ProtocolNeeds::trimap, kPaddle),
      row("paddle-whole", ProtocolNeeds::mattes, kPaddleWhole),
      row("rvm", ProtocolNeeds::mattes, kRvm),
      row("indexnet-py", ProtocolNeeds::trimap, kIndexNet),
      row("gfm", ProtocolNeeds::trimap, find_protocol("aim").columns),
      row("p3m", ProtocolNeeds::trimap, find_protocol("aim").columns),
  };
  return rows;
}

}  // namespace mbench::testing
