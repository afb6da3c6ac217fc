#include <algorithm>
#include <cmath>
#include <optional>
#include <type_traits>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/registry.hpp"
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

Score measure(PreparedMattes& mattes, const SequenceFrame& frame, const DtssdSwitches& switches) {
  if (frame.is_first) return Score::of(0.0);
  if (!frame.previous_predicted || !frame.previous_truth) {
    return Score::undefined("the frame before it failed");
  }
  return dtssd(mattes.pair({}), MattePair{*frame.previous_predicted, *frame.previous_truth},
               switches);
}

const Metric& metric_of(const SadSwitches& /*switches*/) { return sad_metric; }
const Metric& metric_of(const MseSwitches& /*switches*/) { return mse_metric; }
const Metric& metric_of(const MadSwitches& /*switches*/) { return mad_metric; }
const Metric& metric_of(const GradientSwitches& /*switches*/) { return gradient_metric; }
const Metric& metric_of(const ConnectivitySwitches& /*switches*/) { return connectivity_metric; }
const Metric& metric_of(const DtssdSwitches& /*switches*/) { return dtssd_metric; }
const Metric& metric_of(const TrimapSwitches& switches) {
  switch (switches.score) {
    case TrimapScore::accuracy: return trimap_accuracy_metric;
    case TrimapScore::iou_background:
    case TrimapScore::iou_unknown:
    case TrimapScore::iou_foreground: return trimap_iou_metric;
    case TrimapScore::miou_of_three:
    case TrimapScore::miou_of_present: break;
  }
  return trimap_miou_metric;
}

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
                          const std::optional<SequenceFrame>& frame) {
  ColumnScores scores;
  for (const ScoreColumn& column : protocol.columns) {
    if (const auto* switches = std::get_if<DtssdSwitches>(&column.switches)) {
      if (frame) scores.emplace_back(column.id, measure(mattes, *frame, *switches));
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
  std::vector<ColumnScores> scores;
  for (const Protocol* protocol : protocols) {
    scores.push_back(protocol->needs == ProtocolNeeds::trimap_pair
                         ? trimap_scores(*protocol, *overlap)
                         : matte_scores(*protocol, *mattes, input.frame));
  }
  return scores;
}

Score evaluate(const ScoreColumn& column, PreparedMattes& mattes) {
  return std::visit([&](const auto& switches) { return measure(mattes, switches); },
                    column.switches);
}

namespace {

const ScoreColumn& find_column(const Protocol& protocol, std::string_view column_id) {
  const auto column = std::ranges::find(protocol.columns, column_id, &ScoreColumn::id);
  if (column == protocol.columns.end()) {
    throw_unknown_id(column_id, column_ids(protocol),
                     fmt::format("column of protocol '{}'", protocol.id));
  }
  return *column;
}

/// "10^3" for 1000, "10" for 10, "" for 1.
std::string unit_text(double unit) {
  if (unit == 1.0) return "";
  const double exponent = std::round(std::log10(unit));
  const bool power_of_ten = std::abs(std::pow(10.0, exponent) / unit - 1.0) < 1e-12;
  if (!power_of_ten || exponent == 1.0) return fmt::format("{}", unit);
  return fmt::format("10^{}", static_cast<int>(exponent));
}

}  // namespace

const Metric& metric_of_column(const Protocol& protocol, std::string_view column_id) {
  return std::visit([](const auto& switches) -> const Metric& { return metric_of(switches); },
                    find_column(protocol, column_id).switches);
}

std::string unit_of_column(const Protocol& protocol, std::string_view column_id) {
  return std::visit(
      []<typename Switches>(const Switches& switches) {
        if constexpr (std::is_same_v<Switches, DtssdSwitches>) {
          return unit_text(1.0 / switches.factor);
        } else if constexpr (std::is_same_v<Switches, TrimapSwitches>) {
          return std::string{metric_of(switches).unit};
        } else {
          return unit_text(switches.normalisation.unit);
        }
      },
      find_column(protocol, column_id).switches);
}

std::vector<std::string_view> column_ids(const Protocol& protocol) {
  std::vector<std::string_view> ids;
  for (const ScoreColumn& column : protocol.columns) ids.push_back(column.id);
  return ids;
}

std::string versioned_id(const Protocol& protocol) {
  return fmt::format("{}/{}", protocol.id, protocol.version);
}

}  // namespace mbench::metrics
