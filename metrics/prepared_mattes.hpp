#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/matte.hpp"
#include "core/region.hpp"
#include "core/score.hpp"
#include "core/trimap.hpp"
#include "metrics/error_sums.hpp"
#include "metrics/matte_pair.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

/// Prediction, truth and trimap of one image, ready for any switches: clamped and stretched forms
/// and the sums that several columns share are made when first asked for and kept. Holds views of
/// what it was made from and lives no longer than that. For one thread.
class PreparedMattes {
 public:
  /// Throws bad_input as MattePair does, and if the trimap has another size.
  PreparedMattes(AlphaView predicted, AlphaView truth, std::optional<TrimapView> trimap = {});
  PreparedMattes(const PreparedMattes&) = delete;
  PreparedMattes& operator=(const PreparedMattes&) = delete;
  PreparedMattes(PreparedMattes&&) = delete;
  PreparedMattes& operator=(PreparedMattes&&) = delete;
  ~PreparedMattes() = default;

  /// All three throw bad_input if they need the trimap and there is none.
  [[nodiscard]] Region region(ScoredRegion region) const;
  [[nodiscard]] const MattePair& pair(Clamp clamp, Stretch stretch);
  [[nodiscard]] ErrorSums error_sums(const PixelSwitches& switches);

  /// sum / (sum_unit * (divisor + offset) * unit) with one division; `sum` was taken over `region`
  /// and is in units of 1/sum_unit.
  [[nodiscard]] Score normalised(double sum, double sum_unit, ScoredRegion region,
                                 const Normalisation& rule) const;

 private:
  struct CachedSums {
    PixelSwitches switches;
    ErrorSums sums;
  };

  [[nodiscard]] TrimapView required_trimap(std::string_view purpose) const;
  [[nodiscard]] std::int64_t divisor(Divisor divisor, ScoredRegion region) const;

  AlphaView predicted_;
  AlphaView truth_;
  std::optional<TrimapView> trimap_;
  std::optional<TrimapCounts> counts_{};
  std::optional<Matte> clamped_{};
  std::array<std::optional<MattePair>, 4> pairs_{};  ///< by clamp and stretch
  std::vector<CachedSums> sums_{};
};

}  // namespace mbench::metrics
