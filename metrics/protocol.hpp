#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/averaging.hpp"
#include "core/matte.hpp"
#include "core/score.hpp"
#include "core/trimap.hpp"
#include "metrics/metric.hpp"

namespace mbench::metrics {

struct ScoreColumn;    // metrics/switches.hpp
class PreparedMattes;  // metrics/prepared_mattes.hpp

/// What a protocol looks at besides the two mattes.
enum class ProtocolNeeds {
  mattes,       ///< prediction and truth only
  trimap,       ///< and the trimap of the sample
  trimap_pair,  ///< a predicted trimap and the true one; no mattes
};

/// A published way of measuring: one row of switches per metric. Named and versioned; changing a
/// number means a new version.
struct Protocol {
  std::string_view id;  ///< "dim-matlab"
  int version;
  std::string_view title;
  std::string_view cite;    ///< key of docs/references.bib
  std::string_view source;  ///< the program whose numbers it gives
  ProtocolNeeds needs;
  std::span<const ScoreColumn> columns;      ///< in the order of the record
  std::string_view proof;                    ///< what its numbers were compared with
  std::span<const std::string_view> quirks;  ///< what surprises in its numbers, whole sentences
  Averaging averaging{Averaging::samples};   ///< how it averages the frames of sequences
};

/// "dim-matlab/1": what a run's identity holds.
[[nodiscard]] std::string versioned_id(const Protocol& protocol);

/// What makes a pair of mattes a frame of a sequence.
struct SequenceFrame {
  bool is_first{};  ///< of its clip
  /// The mattes of the frame before. A later frame may lack them if that frame failed: what
  /// compares frames is then undefined.
  std::optional<AlphaView> previous_predicted{};
  std::optional<AlphaView> previous_truth{};
};

/// What is scored. All have one size. `predicted` and `truth` are needed by protocols with needs
/// mattes and trimap; `trimap` by trimap and trimap_pair; `predicted_trimap` by trimap_pair.
struct ScoreInput {
  std::optional<AlphaView> predicted{};
  std::optional<AlphaView> truth{};
  std::optional<TrimapView> trimap{};
  std::optional<TrimapView> predicted_trimap{};
  std::optional<SequenceFrame> frame{};  ///< none: a still, which has no columns of sequences
};

/// Scores in column order: {"sad", 9.5}, {"mse", 0.017}, ... A score that is 0/0 is undefined, with
/// the reason.
using ColumnScores = std::vector<std::pair<std::string_view, Score>>;

/// Throws bad_input if something that the protocol needs is absent or sizes differ.
[[nodiscard]] ColumnScores evaluate(const Protocol& protocol, const ScoreInput& input);

/// The scores of each protocol, to the bit those that evaluate() gives it alone. What protocols
/// have in common is computed once.
[[nodiscard]] std::vector<ColumnScores> evaluate(std::span<const Protocol* const> protocols,
                                                 const ScoreInput& input);

/// The score of one column, which may have any switches, on mattes that are prepared once for many
/// columns. Throws bad_input if the switches ask for a trimap that the mattes do not have, and
/// usage for a column that scores trimaps.
[[nodiscard]] Score evaluate(const ScoreColumn& column, PreparedMattes& mattes);

/// All protocols, in the order in which they are listed.
[[nodiscard]] std::span<const Protocol* const> all_protocols();
/// Throws usage for an unknown id, with the nearest one.
[[nodiscard]] const Protocol& find_protocol(std::string_view id);

/// All metrics; their order is the column order of tables.
[[nodiscard]] std::span<const Metric* const> all_metrics();
[[nodiscard]] const Metric& find_metric(std::string_view id);

}  // namespace mbench::metrics
