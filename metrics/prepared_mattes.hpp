#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>

#include "core/matte.hpp"
#include "core/region.hpp"
#include "core/score.hpp"
#include "core/trimap.hpp"
#include "metrics/connectivity_sums.hpp"
#include "metrics/error_sums.hpp"
#include "metrics/matte_pair.hpp"
#include "metrics/shared_sums.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// What is done to two mattes before they are measured.
struct MatteForm {
  Quantise quantise{Quantise::none};
  Clamp clamp{Clamp::none};
  Stretch stretch{Stretch::none};
  friend auto operator<=>(const MatteForm&, const MatteForm&) = default;
};

[[nodiscard]] constexpr MatteForm form_of(const PixelSwitches& switches) {
  return {.quantise = switches.quantise, .clamp = switches.clamp, .stretch = switches.stretch};
}

/// A sum over squares of differences, in units of 1/sum_unit.
struct GradientSum {
  double value{};
  double sum_unit{1.0};
};

/// Prediction, truth and trimap of one image, ready for any switches: their forms and the sums that
/// several columns share are made when first asked for and kept. Sums of columns that were
/// announced come from one pass over the pixels; that changes no bit of them. Holds views of what
/// it was made from and lives no longer than that. For one thread.
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

  /// All five throw bad_input if they need the trimap and there is none, or must quantise a float
  /// prediction that holds a value outside [0, 1].
  [[nodiscard]] Region region(ScoredRegion region) const;
  [[nodiscard]] const MattePair& pair(const MatteForm& form);
  [[nodiscard]] ErrorSums error_sums(const PixelSwitches& switches);
  [[nodiscard]] GradientSum gradient_sum(const GradientSwitches& switches);
  [[nodiscard]] ConnectivitySum connectivity_sum(const ConnectivitySwitches& switches);

  /// The plainest switches that give the same numbers for these mattes: a prediction of 8 bits is
  /// not quantised, one that obeys the trimap not clamped, mattes that span [0, 1] are not
  /// stretched. Columns whose simplified switches have one form look at one pair().
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

  [[nodiscard]] MatteForm simplified_form(MatteForm form);
  /// The prediction of a simplified form, before stretching.
  [[nodiscard]] AlphaView prediction(const MatteForm& form);
  /// Of the mattes of a simplified form, before stretching.
  [[nodiscard]] const MatteRanges& ranges(MatteForm form);

  AlphaView predicted_;
  AlphaView truth_;
  std::optional<TrimapView> trimap_;
  std::optional<TrimapCounts> counts_{};
  // By simplified form. A map's entries stay where they are: views and pairs are handed out.
  std::map<MatteForm, Matte> predictions_{};  ///< quantised or clamped, not stretched
  std::map<MatteForm, MattePair> pairs_{};
  std::map<MatteForm, MatteRanges> ranges_{};  ///< not stretched
  std::map<Quantise, bool> obeys_trimap_{};
  SharedSums<PixelSwitches, ErrorSums> error_sums_{};
  SharedSums<GradientKey, GradientSum> gradient_sums_{};
  SharedSums<ConnectivitySwitches, ConnectivitySum> connectivity_sums_{};  ///< not normalised
};

}  // namespace mbench::metrics
