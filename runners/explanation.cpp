#include "runners/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "metrics/columns.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/quantised.hpp"
#include "runners/matte_warnings.hpp"
#include "runners/pair_check.hpp"
#include "runners/problem_list.hpp"

namespace mbench::runners {
namespace {

using metrics::Metric;
using metrics::Protocol;
using metrics::ProtocolNeeds;
using metrics::ScoreColumn;

constexpr std::string_view kTrimap = "a trimap";

const AlphaView& required(const std::optional<AlphaView>& matte, std::string_view name) {
  if (matte) return *matte;
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("a pair of mattes is explained, and the {} is missing", name),
               .expected = "a prediction and its ground truth",
               .fix = fmt::format("give the {}", name)}};
}

/// Scores of columns on one pair; each setting of the switches is computed once.
class KnownScores {
 public:
  explicit KnownScores(const metrics::ScoreInput& input)
      : mattes_{required(input.predicted, "prediction"), required(input.truth, "ground truth"),
                input.trimap} {}

  void expect(const Protocol& protocol) { mattes_.expect(protocol.columns); }

  Score of(const ScoreColumn& column) {
    const auto known = std::ranges::find(known_, column.switches, &Known::switches);
    if (known != known_.end()) return known->score;
    known_.push_back({column.switches, metrics::evaluate(column, mattes_)});
    return known_.back().score;
  }

 private:
  using Switches = decltype(ScoreColumn::switches);
  struct Known {
    Switches switches;
    Score score;
  };

  metrics::PreparedMattes mattes_;
  std::vector<Known> known_{};
};

bool quantises(const Protocol& protocol) {
  return std::ranges::any_of(protocol.columns, [](const ScoreColumn& column) {
    return std::visit(
        [](const auto& switches) {
          if constexpr (requires { switches.pixels; }) {
            return switches.pixels.quantise != metrics::Quantise::none;
          } else {
            return false;
          }
        },
        column.switches);
  });
}

/// What the protocol needs and the input has not; "" if nothing.
std::string_view missing_input(const Protocol& protocol, const metrics::ScoreInput& input) {
  switch (protocol.needs) {
    case ProtocolNeeds::mattes: break;
    case ProtocolNeeds::trimap:
      if (!input.trimap) return kTrimap;
      break;
    case ProtocolNeeds::trimap_pair: return "a predicted trimap";
  }
  if (quantises(protocol) && !metrics::can_be_quantised(*input.predicted)) {
    return "a prediction within [0, 1]";
  }
  return {};
}

const Protocol& reference_protocol(const metrics::ScoreInput& input,
                                   const ExplainSettings& settings) {
  if (settings.against == nullptr) {
    return metrics::find_protocol(input.trimap ? "dim-matlab" : "whole");
  }
  const std::string_view missing = missing_input(*settings.against, input);
  if (missing.empty()) return *settings.against;
  throw Error{ErrorKind::usage,
              {.what = fmt::format("protocol '{}' cannot be the reference: it needs {}",
                                   settings.against->id, missing),
               .fix = missing == kTrimap ? "give the trimap, or compare with another protocol"
                                         : "compare with another protocol"}};
}

/// A protocol that was asked for by name must be scored.
void require_scorable(const std::vector<const Protocol*>& named, const metrics::ScoreInput& input) {
  for (const Protocol* protocol : named) {
    const std::string_view missing = missing_input(*protocol, input);
    if (missing.empty()) continue;
    const bool scores_trimaps = protocol->needs == ProtocolNeeds::trimap_pair;
    throw Error{
        ErrorKind::usage,
        {.what = scores_trimaps
                     ? fmt::format("protocol '{}' scores trimaps; a pair of mattes is explained",
                                   protocol->id)
                     : fmt::format("protocol '{}' cannot be explained on this pair: it needs {}",
                                   protocol->id, missing),
         .fix = scores_trimaps
                    ? fmt::format("`mbench eval -p {} --trimap DIR --pred-trimap DIR` scores them",
                                  protocol->id)
                : input.trimap ? "leave the protocol out"
                               : "give the trimap, or leave the protocol out"}};
  }
}

/// Whether one pair of mattes is enough: dtSSD compares frames of a sequence.
bool scores_stills(const ScoreColumn& column) {
  return !std::holds_alternative<metrics::DtssdSwitches>(column.switches);
}

/// A column of the metric with its place.
struct Candidate {
  ProtocolColumn place;
  const ScoreColumn* column;
};

std::vector<Candidate> columns_of(const Metric& metric, const PairExplanation& pair) {
  std::vector<Candidate> found;
  for (const ScoredProtocol& scored : pair.scored) {
    for (const ScoreColumn& column : scored.protocol->columns) {
      if (!scores_stills(column)) continue;
      if (&metrics::metric_of_column(*scored.protocol, column.id) == &metric) {
        found.push_back({{scored.protocol, column.id}, &column});
      }
    }
  }
  return found;
}

/// The column that bears the metric's own name, "sad" and not "sad_trimap", of the protocol asked
/// for; of another protocol, or any column, where there is none.
const Candidate& reference_column(const std::vector<Candidate>& columns, const Metric& metric,
                                  const Protocol& wanted) {
  const Candidate* best = &columns.front();
  int best_rank = -1;
  for (const Candidate& candidate : columns) {
    const int rank =
        (candidate.place.protocol == &wanted ? 2 : 0) + (candidate.place.id == metric.id ? 1 : 0);
    if (rank <= best_rank) continue;
    best = &candidate;
    best_rank = rank;
  }
  return *best;
}

std::vector<SwitchEffect> effects(const ScoreColumn& from, const ScoreColumn& to,
                                  KnownScores& scores) {
  std::vector<SwitchEffect> found;
  Score before = scores.of(from);
  for (metrics::SwitchStep& step : metrics::switch_steps(from, to)) {
    const Score after = scores.of(step.after);
    found.push_back({.step = std::move(step), .before = before, .after = after});
    before = after;
  }
  return found;
}

MetricExplanation explain_metric(const Metric& metric, const std::vector<Candidate>& columns,
                                 const Protocol& wanted, KnownScores& scores) {
  const Candidate& reference = reference_column(columns, metric, wanted);
  MetricExplanation explanation{
      .metric = &metric, .reference = reference.place, .score = scores.of(*reference.column)};
  std::vector<const Candidate*> ordered{&reference};
  for (const Candidate& candidate : columns) {
    if (&candidate != &reference) ordered.push_back(&candidate);
  }
  std::vector<const ScoreColumn*> leaders;  // the first column of each group
  for (const Candidate* candidate : ordered) {
    const auto known = std::ranges::find_if(leaders, [&](const ScoreColumn* leader) {
      return leader->switches == candidate->column->switches;
    });
    if (known != leaders.end()) {
      explanation.groups[static_cast<std::size_t>(known - leaders.begin())].columns.push_back(
          candidate->place);
      continue;
    }
    leaders.push_back(candidate->column);
    explanation.groups.push_back({.columns = {candidate->place},
                                  .score = scores.of(*candidate->column),
                                  .steps = effects(*reference.column, *candidate->column, scores)});
  }
  return explanation;
}

}  // namespace

std::optional<double> change(const Score& before, const Score& after) {
  if (!before.defined || !after.defined) return std::nullopt;
  return after.value - before.value;
}

bool same_score(const Score& left, const Score& right) {
  if (!left.defined || !right.defined) return left == right;
  const double larger = std::max(std::abs(left.value), std::abs(right.value));
  return std::abs(left.value - right.value) <= kNegligibleChange * larger;
}

PairExplanation explain_pair(const metrics::ScoreInput& input, const ExplainSettings& settings) {
  KnownScores scores{input};
  require_scorable(settings.protocols, input);
  PairExplanation pair{.size = input.truth->size(),
                       .reference = &reference_protocol(input, settings)};
  std::vector<const Protocol*> protocols = settings.protocols;
  if (protocols.empty()) {
    protocols.assign(metrics::all_protocols().begin(), metrics::all_protocols().end());
  }
  if (std::ranges::find(protocols, pair.reference) == protocols.end()) {
    protocols.insert(protocols.begin(), pair.reference);
  }

  for (const Protocol* protocol : protocols) {
    if (missing_input(*protocol, input).empty()) scores.expect(*protocol);
  }
  for (const Protocol* protocol : protocols) {
    const std::string_view missing = missing_input(*protocol, input);
    if (!missing.empty()) {
      pair.unscored.push_back({.protocol = protocol, .missing = missing});
      continue;
    }
    ScoredProtocol& scored = pair.scored.emplace_back(ScoredProtocol{.protocol = protocol});
    for (const ScoreColumn& column : protocol->columns) {
      if (!scores_stills(column)) {
        pair.of_sequences.push_back({protocol, column.id});
        continue;
      }
      scored.scores.emplace_back(column.id, scores.of(column));
    }
  }
  for (const Metric* metric : metrics::all_metrics()) {
    const std::vector<Candidate> columns = columns_of(*metric, pair);
    if (columns.empty()) continue;
    pair.metrics.push_back(explain_metric(*metric, columns, *pair.reference, scores));
  }
  return pair;
}

PairExplanation explain_files(const EvalPair& files, const ExplainSettings& settings) {
  const std::vector<datasets::Problem> problems = check_headers(files);
  if (!problems.empty()) throw combined_error(problems);
  const imaging::MatteFile truth_file = imaging::read_matte_file(files.truth);
  const imaging::MatteFile predicted_file = imaging::read_matte_file(files.predicted);
  const Matte& truth = truth_file.matte;
  const Matte& predicted = predicted_file.matte;
  metrics::ScoreInput input{.predicted = predicted.view(), .truth = truth.view()};
  std::optional<Trimap> trimap;
  if (!files.trimap.empty()) {
    input.trimap =
        trimap.emplace(imaging::read_trimap(files.trimap, settings.trimap_levels)).view();
  }
  std::optional<PairExplanation> pair;
  try {
    pair = explain_pair(input, settings);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    throw error.at((is_finite(truth) ? files.predicted : files.truth).string());
  }
  pair->warnings = matte_warnings(truth_file, "ground truth", files.truth);
  std::ranges::move(matte_warnings(predicted_file, "prediction", files.predicted),
                    std::back_inserter(pair->warnings));
  return *std::move(pair);
}

}  // namespace mbench::runners
