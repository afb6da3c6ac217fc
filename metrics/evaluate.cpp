#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"
#include "metrics/connectivity.hpp"
#include "metrics/dtssd.hpp"
#include "metrics/gradient.hpp"
#include "metrics/mad.hpp"
#include "metrics/mse.hpp"
#include "metrics/prepared_mattes.hpp"
#include "metrics/protocol.hpp"
#include "metrics/sad.hpp"
#include "metrics/switches.hpp"
#include "metrics/trimap_iou.hpp"

namespace mbench::metrics {
namespace {

// One overload per type of switches: what it measures, and how.
Score measure(PreparedMattes& mattes, const SadSwitches& switches) { return sad(mattes, switches); }
Score measure(PreparedMattes& mattes, const MseSwitches& switches) { return mse(mattes, switches); }
Score measure(PreparedMattes& mattes, const MadSwitches& switches) { return mad(mattes, switches); }
Score measure(PreparedMattes& mattes, const GradientSwitches& switches) {
  return gradient(mattes, switches);
}
Score measure(PreparedMattes& mattes, const ConnectivitySwitches& switches) {
  return connectivity(mattes, switches);
}
[[noreturn]] Score measure(PreparedMattes& /*mattes*/, const DtssdSwitches& /*switches*/) {
  throw Error{ErrorKind::usage,
              {.what = "dtSSD cannot be evaluated on one pair of mattes",
               .fix = "evaluate its protocol on the frames of a sequence"}};
}
[[noreturn]] Score measure(PreparedMattes& /*mattes*/, const TrimapSwitches& /*switches*/) {
  throw Error{ErrorKind::usage,
              {.what = "a column that scores trimaps cannot be evaluated on mattes",
               .fix = "evaluate its protocol, which takes two trimaps"}};
}

/// dtSSD of a frame, for all protocols that ask for it: each setting is computed once.
class FrameScores {
 public:
  explicit FrameScores(const SequenceFrame& frame) : frame_{frame} {}

  [[nodiscard]] Score score(PreparedMattes& mattes, const DtssdSwitches& switches) {
    if (frame_.is_first) return Score::of(0.0);
    if (!frame_.previous_predicted || !frame_.previous_truth) {
      return Score::undefined("the frame before it failed");
    }
    auto known = std::ranges::find(known_, switches, &Known::switches);
    if (known == known_.end()) {
      const MattePair previous{*frame_.previous_predicted, *frame_.previous_truth};
      known = known_.insert(known, {switches, dtssd(mattes.pair({}), previous, switches)});
    }
    return known->score;
  }

 private:
  struct Known {
    DtssdSwitches switches;
    Score score;
  };
  SequenceFrame frame_;
  std::vector<Known> known_{};
};

/// The matte or trimap that a protocol asks for.
template <typename T>
const T& required(const std::optional<T>& input, const Protocol& protocol, std::string_view name) {
  if (input) return *input;
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("protocol '{}' needs the {}", protocol.id, name),
               .expected = fmt::format("the {} of the sample", name),
               .found = "none",
               .fix = fmt::format("give the {}, or choose a protocol that does without (`mbench "
                                  "list protocols`)",
                                  name)}};
}

ColumnScores trimap_scores(const Protocol& protocol, const TrimapOverlap& overlap) {
  ColumnScores scores;
  for (const ScoreColumn& column : protocol.columns) {
    scores.emplace_back(column.id,
                        trimap_score(overlap, std::get<TrimapSwitches>(column.switches)));
  }
  return scores;
}

ColumnScores matte_scores(const Protocol& protocol, PreparedMattes& mattes,
                          std::optional<FrameScores>& frame) {
  ColumnScores scores;
  for (const ScoreColumn& column : protocol.columns) {
    if (const auto* switches = std::get_if<DtssdSwitches>(&column.switches)) {
      if (frame) scores.emplace_back(column.id, frame->score(mattes, *switches));
    } else {
      scores.emplace_back(column.id, evaluate(column, mattes));
    }
  }
  return scores;
}

}  // namespace

ColumnScores evaluate(const Protocol& protocol, const ScoreInput& input) {
  const Protocol* const alone = &protocol;
  return std::move(evaluate({&alone, 1}, input).front());
}

std::vector<ColumnScores> evaluate(std::span<const Protocol* const> protocols,
                                   const ScoreInput& input) {
  std::optional<TrimapOverlap> overlap;
  std::optional<TrimapView> trimap;
  bool needs_mattes = false;
  for (const Protocol* protocol : protocols) {
    if (protocol->needs == ProtocolNeeds::trimap_pair) {
      const TrimapView predicted = required(input.predicted_trimap, *protocol, "predicted trimap");
      const TrimapView truth = required(input.trimap, *protocol, "trimap");
      if (!overlap) overlap = trimap_overlap(predicted, truth);
      continue;
    }
    if (protocol->needs == ProtocolNeeds::trimap) {
      trimap = required(input.trimap, *protocol, "trimap");
    }
    static_cast<void>(required(input.predicted, *protocol, "prediction"));
    static_cast<void>(required(input.truth, *protocol, "ground truth"));
    needs_mattes = true;
  }
  std::optional<PreparedMattes> mattes;
  if (needs_mattes) mattes.emplace(*input.predicted, *input.truth, trimap);
  for (const Protocol* protocol : protocols) {
    if (protocol->needs != ProtocolNeeds::trimap_pair) mattes->expect(protocol->columns);
  }
  std::optional<FrameScores> frame;
  if (input.frame) frame.emplace(*input.frame);
  std::vector<ColumnScores> scores;
  for (const Protocol* protocol : protocols) {
    scores.push_back(protocol->needs == ProtocolNeeds::trimap_pair
                         ? trimap_scores(*protocol, *overlap)
                         : matte_scores(*protocol, *mattes, frame));
  }
  return scores;
}

Score evaluate(const ScoreColumn& column, PreparedMattes& mattes) {
  return std::visit([&](const auto& switches) { return measure(mattes, switches); },
                    column.switches);
}

}  // namespace mbench::metrics
