#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/matte.hpp"
#include "core/region.hpp"
#include "core/score.hpp"
#include "core/trimap.hpp"
#include "metrics/error_sums.hpp"
#include "metrics/matte_pair.hpp"
#include "metrics/shared_sums.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// A sum over squares of differences, in units of 1/sum_unit.
struct GradientSum {
  double value{};
  double sum_unit{1.0};
};

/// Prediction, truth and trimap of one image, ready for any switches: clamped and stretched forms
/// and the sums that several columns share are made when first asked for and kept. Sums of columns
/// that were announced come from one pass over the pixels; that changes no bit of them. Holds views
/// of what it was made from and lives no longer than that. For one thread.
class PreparedMattes {
 public:
  /// Throws bad_input as MattePair does, and if the trimap has another size.
  PreparedMattes(AlphaView predicted, AlphaView truth, std::optional<TrimapView> trimap = {});
  PreparedMattes(const PreparedMattes&) = delete;
  PreparedMattes& operator=(const PreparedMattes&) = delete;
  PreparedMattes(PreparedMattes&&) = delete;
  PreparedMattes& operator=(PreparedMattes&&) = delete;
  ~PreparedMattes() = default;

  /// Announces columns that will be asked for. Others may be asked for as well.
  void expect(std::span<const ScoreColumn> columns);

  /// All four throw bad_input if they need the trimap and there is none.
  [[nodiscard]] Region region(ScoredRegion region) const;
  [[nodiscard]] const MattePair& pair(Clamp clamp, Stretch stretch);
  [[nodiscard]] ErrorSums error_sums(const PixelSwitches& switches);
  [[nodiscard]] GradientSum gradient_sum(const GradientSwitches& switches);

  /// The plainest switches that give the same numbers for these mattes: a prediction that obeys the
  /// trimap is not clamped, mattes that span [0, 1] are not stretched. Columns whose simplified
  /// clamp and stretch are equal look at one pair().
  [[nodiscard]] PixelSwitches simplified(PixelSwitches switches);

  /// sum / (sum_unit * (divisor + offset) * unit) with one division; `sum` was taken over `region`
  /// and is in units of 1/sum_unit.
  [[nodiscard]] Score normalised(double sum, double sum_unit, ScoredRegion region,
                                 const Normalisation& rule) const;

 private:
  /// What decides a gradient sum, normalisation aside.
  struct GradientKey {
    PixelSwitches pixels;
    GradientKernel kernel;
    Border border;
    friend bool operator==(const GradientKey&, const GradientKey&) = default;
  };

  [[nodiscard]] TrimapView required_trimap(std::string_view purpose) const;
  [[nodiscard]] std::int64_t divisor(Divisor divisor, ScoredRegion region) const;

  [[nodiscard]] Clamp simplified(Clamp clamp);
  [[nodiscard]] const MatteRanges& ranges(Clamp clamp);

  AlphaView predicted_;
  AlphaView truth_;
  std::optional<TrimapView> trimap_;
  std::optional<TrimapCounts> counts_{};
  std::optional<Matte> clamped_{};
  std::array<std::optional<MattePair>, 4> pairs_{};  ///< by clamp and stretch
  std::optional<bool> obeys_trimap_{};
  std::array<std::optional<MatteRanges>, 2> ranges_{};  ///< by clamp
  SharedSums<PixelSwitches, ErrorSums> error_sums_{};
  SharedSums<GradientKey, GradientSum> gradient_sums_{};
};

}  // namespace mbench::metrics
