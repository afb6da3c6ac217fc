#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/score.hpp"
#include "core/size.hpp"
#include "imaging/io.hpp"
#include "metrics/protocol.hpp"
#include "metrics/switch_settings.hpp"
#include "runners/eval_pairs.hpp"

namespace mbench::runners {

// Scores one pair under many protocols and says which switch makes each difference.

struct ProtocolColumn {
  const metrics::Protocol* protocol{};
  std::string_view id{};  ///< "sad_trimap"
};

/// What one step does to the score on the way from the reference's switches.
struct SwitchEffect {
  metrics::SwitchStep step;
  Score before{}, after{};
};

/// after - before, if both are defined.
[[nodiscard]] std::optional<double> change(const Score& before, const Score& after);

/// The share of the larger of two scores up to which they count as the same: a divisor of n + 1e-8,
/// which some programs write against 0/0, makes such differences.
inline constexpr double kNegligibleChange = 1e-9;

/// Are the scores equal but for kNegligibleChange, or undefined for one reason?
[[nodiscard]] bool same_score(const Score& left, const Score& right);

/// Columns of one metric with equal switches.
struct ColumnGroup {
  std::vector<ProtocolColumn> columns{};
  Score score{};
  /// From the reference's switches to these, in the order of metrics::switch_steps; those without
  /// effect on this pair included. The changes add up to `score` less that of the reference.
  std::vector<SwitchEffect> steps{};
};

/// One metric of the pair under all protocols that have it.
struct MetricExplanation {
  const metrics::Metric* metric{};
  /// The column that the others are compared with: that of the protocol asked for or, where that
  /// has not got the metric, that of the first protocol that does.
  ProtocolColumn reference{};
  Score score{};                      ///< the reference's
  std::vector<ColumnGroup> groups{};  ///< the reference's own first
};

struct ScoredProtocol {
  const metrics::Protocol* protocol{};
  std::vector<std::pair<std::string_view, Score>> scores{};
};

struct UnscoredProtocol {
  const metrics::Protocol* protocol{};
  std::string_view missing{};  ///< "a trimap"
};

struct PairExplanation {
  Size size{};
  const metrics::Protocol* reference{};
  std::vector<ScoredProtocol> scored{};
  std::vector<UnscoredProtocol> unscored{};
  std::vector<ProtocolColumn> of_sequences{};  ///< columns that one pair cannot have: dtSSD
  std::vector<MetricExplanation> metrics{};    ///< in the order of all_metrics()
  std::vector<datasets::Problem> warnings{};   ///< of files: values outside [0, 1]
};

struct ExplainSettings {
  /// Empty: all that can be scored; those that cannot are `unscored`.
  std::vector<const metrics::Protocol*> protocols{};
  /// What the others are compared with. Null: dim-matlab if there is a trimap, else whole.
  const metrics::Protocol* against{};
  imaging::TrimapLevels trimap_levels{};
};

/// Throws usage if the reference, or a protocol that `settings` names, needs something that the
/// input has not or scores trimaps; bad_input without two mattes and as metrics::evaluate does.
[[nodiscard]] PairExplanation explain_pair(const metrics::ScoreInput& input,
                                           const ExplainSettings& settings);

/// Reads the files of the pair and explains it. Throws bad_input for files that are missing or
/// cannot be read, sizes that differ, trimaps with other levels, and mattes that hold NaN.
[[nodiscard]] PairExplanation explain_files(const EvalPair& files, const ExplainSettings& settings);

}  // namespace mbench::runners
