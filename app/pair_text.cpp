#include "app/pair_text.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/explain_text.hpp"
#include "metrics/columns.hpp"
#include "metrics/metric.hpp"
#include "metrics/protocol.hpp"

namespace mbench::app {
namespace {

using Json = nlohmann::ordered_json;
using runners::ColumnGroup;
using runners::MetricExplanation;
using runners::PairExplanation;
using runners::ProtocolColumn;
using runners::SwitchEffect;

std::string order_note() {
  return fmt::format(
      "From the reference to each other protocol one switch after another is changed, in a fixed "
      "order (`mbench explain --help`). What a switch contributes depends on that order; the sum "
      "does not. Percentages are of the reference's value, where the units are the same. Changes "
      "of at most {:g} of the value count as none.",
      runners::kNegligibleChange);
}

std::string number(double value) {
  if (value == 0.0) return "0";
  std::string digits = fmt::format("{:#.6g}", value);
  if (digits.ends_with('.')) digits.pop_back();
  return digits;
}

std::string value_text(const Score& score) {
  return score.defined ? number(score.value) : fmt::format("undefined ({})", score.reason);
}

std::string percent_text(double part, double whole) {
  if (whole == 0.0) return "";
  const double percent = 100.0 * part / whole;
  const double size = std::abs(percent);
  return size >= 0.01 && size < 1e5 ? fmt::format("{:+.2f} %", percent)
                                    : fmt::format("{:+.2g} %", percent);
}

/// "aim", or "aim sad_trimap" for a column that does not bear the metric's name.
std::string label(const ProtocolColumn& column, const metrics::Metric& metric) {
  if (column.id == metric.id) return std::string{column.protocol->id};
  return fmt::format("{} {}", column.protocol->id, column.id);
}

std::string labels(const ColumnGroup& group, const metrics::Metric& metric) {
  std::vector<std::string> all;
  for (const ProtocolColumn& column : group.columns) all.push_back(label(column, metric));
  return fmt::format("{}", fmt::join(all, ", "));
}

bool has_effect(const SwitchEffect& effect) {
  return !runners::same_score(effect.before, effect.after);
}

std::string unit_of(const ProtocolColumn& column) {
  return metrics::unit_of_column(*column.protocol, column.id);
}

/// "in units of 10^3", or what a number without a unit is.
std::string unit_words(const std::string& unit) {
  return unit.empty() ? "as a plain number" : "in units of " + unit;
}

/// Turns the number into one of another kind, thousands into tens or a sum into a mean, so that its
/// size says nothing. A kernel with a unit of its own does not: the two make up for each other.
bool changes_unit(const SwitchEffect& effect) {
  const std::string& name = effect.step.name;
  return name.find("unit") != std::string::npos && name.find("kernel") == std::string::npos;
}

/// May the group's value be compared with the reference's, as a difference and in per cent?
bool is_comparable(const ColumnGroup& group) {
  return std::ranges::none_of(group.steps, changes_unit);
}

/// A column of the table: numbers of one name and one unit.
struct Head {
  std::string_view id;
  std::string unit;
  friend bool operator==(const Head&, const Head&) = default;
};

/// All columns: those that bear a metric's name first, in the order of metrics.
std::vector<Head> column_order(const PairExplanation& pair) {
  std::vector<Head> heads;
  for (const MetricExplanation& metric : pair.metrics) {
    for (const ColumnGroup& group : metric.groups) {
      for (const ProtocolColumn& column : group.columns) {
        Head head{column.id, unit_of(column)};
        if (std::ranges::find(heads, head) == heads.end()) heads.push_back(std::move(head));
      }
    }
  }
  const auto bears_a_metrics_name = [&](const Head& head) {
    return std::ranges::any_of(pair.metrics, [&](const MetricExplanation& metric) {
      return metric.metric->id == head.id;
    });
  };
  std::ranges::stable_partition(heads, bears_a_metrics_name);
  return heads;
}

const Score* score_of(const runners::ScoredProtocol& scored, std::string_view column) {
  const auto found =
      std::ranges::find(scored.scores, column, &std::pair<std::string_view, Score>::first);
  return found == scored.scores.end() ? nullptr : &found->second;
}

std::string score_table(const PairExplanation& pair) {
  const std::vector<Head> heads = column_order(pair);
  std::vector<std::vector<std::string>> rows(1);
  rows.front().emplace_back("protocol");
  for (const auto& [id, unit] : heads) {
    rows.front().push_back(unit.empty() ? std::string{id} : fmt::format("{} ({})", id, unit));
  }
  for (const runners::ScoredProtocol& scored : pair.scored) {
    std::vector<std::string>& row = rows.emplace_back();
    row.emplace_back(scored.protocol->id);
    for (const auto& [id, unit] : heads) {
      const Score* score = score_of(scored, id);
      if (score != nullptr && unit_of({scored.protocol, id}) != unit) score = nullptr;
      row.push_back(score == nullptr ? "-" : !score->defined ? "undefined" : number(score->value));
    }
  }
  std::vector<std::size_t> widths(rows.front().size());
  for (const std::vector<std::string>& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const std::vector<std::string>& row : rows) {
    text += fmt::format("{:<{}}", row[0], widths[0]);
    for (std::size_t i = 1; i < row.size(); ++i) text += fmt::format("  {:>{}}", row[i], widths[i]);
    text += '\n';
  }
  return text;
}

/// Why scores are undefined, each reason once with the columns that it concerns.
std::string undefined_reasons(const PairExplanation& pair) {
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
  for (const runners::ScoredProtocol& scored : pair.scored) {
    for (const auto& [column, score] : scored.scores) {
      if (score.defined) continue;
      auto known = std::ranges::find_if(
          reasons, [&](const auto& reason) { return reason.first == score.reason; });
      if (known == reasons.end()) known = reasons.insert(known, {score.reason, {}});
      known->second.push_back(fmt::format("{} {}", scored.protocol->id, column));
    }
  }
  std::string text;
  for (const auto& [reason, columns] : reasons) {
    text += wrapped(fmt::format("undefined, {}: {}", reason, fmt::join(columns, ", ")), 2) + '\n';
  }
  return text;
}

/// How the steps of a group are lined up, and what they arrive at.
struct StepLayout {
  std::size_t name_width{}, values_width{};
  std::string unit{};  ///< after a step that changes it
};

/// `reference`: what the change is a percentage of; null where that has another unit.
std::string step_text(const SwitchEffect& effect, const Score* reference,
                      const StepLayout& layout) {
  const metrics::SwitchStep& step = effect.step;
  std::string result;
  if (changes_unit(effect)) {
    result = fmt::format("  now {} {}", value_text(effect.after), unit_words(layout.unit));
  } else if (const auto changed = runners::change(effect.before, effect.after)) {
    result = fmt::format("  {:>+#12.6g}", *changed);
    if (reference != nullptr && reference->defined) {
      result += fmt::format("  {:>12}", percent_text(*changed, reference->value));
    }
  } else {
    result = "  now " + value_text(effect.after);
  }
  std::string line =
      fmt::format("      {:<{}}  {:<{}}{}", step.name, layout.name_width,
                  fmt::format("{} -> {}", step.from, step.to), layout.values_width, result);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

std::string group_text(const ColumnGroup& group, const MetricExplanation& metric) {
  std::string text =
      fmt::format("  {}: {}", labels(group, *metric.metric), value_text(group.score));
  const std::string unit = unit_of(group.columns.front());
  if (unit != unit_of(metric.reference)) text += ' ' + unit_words(unit);
  const auto changed = runners::change(metric.score, group.score);
  if (changed && is_comparable(group)) {
    const std::string percent = percent_text(*changed, metric.score.value);
    text += fmt::format(" ({:+#.6g}{}{})", *changed, percent.empty() ? "" : ", ", percent);
  }
  text = wrapped(text.substr(2), 4);
  text = "  " + text + '\n';
  StepLayout layout{.unit = unit};
  std::vector<std::string> idle;
  for (const SwitchEffect& effect : group.steps) {
    const metrics::SwitchStep& step = effect.step;
    if (!has_effect(effect)) {
      idle.push_back(fmt::format("{} {} -> {}", step.name, step.from, step.to));
      continue;
    }
    layout.name_width = std::max(layout.name_width, step.name.size());
    layout.values_width = std::max(layout.values_width, step.from.size() + step.to.size() + 4);
  }
  const Score* reference = &metric.score;
  for (const SwitchEffect& effect : group.steps) {
    if (changes_unit(effect)) reference = nullptr;
    if (has_effect(effect)) text += step_text(effect, reference, layout);
  }
  if (!idle.empty()) {
    text += "      " + wrapped(fmt::format("no effect here: {}", fmt::join(idle, ", ")), 8) + '\n';
  }
  return text;
}

std::string metric_text(const MetricExplanation& metric, const metrics::Protocol& wanted) {
  const std::string reference = label(metric.reference, *metric.metric);
  std::string text =
      fmt::format("\n{}: {} gives {}", metric.metric->title, reference, value_text(metric.score));
  if (metric.reference.protocol != &wanted) {
    text += fmt::format(" ({} has no {})", wanted.id, metric.metric->title);
  }
  text += '\n';
  std::vector<std::string> same;
  for (const ColumnGroup& group : metric.groups) {
    if (!runners::same_score(group.score, metric.score)) continue;
    for (const ProtocolColumn& column : group.columns) {
      const std::string name = label(column, *metric.metric);
      if (name != reference) same.push_back(name);
    }
  }
  if (!same.empty()) {
    text +=
        "  " + wrapped(fmt::format("same as {}: {}", reference, fmt::join(same, ", ")), 4) + '\n';
  }
  for (const ColumnGroup& group : metric.groups) {
    if (!runners::same_score(group.score, metric.score)) text += group_text(group, metric);
  }
  if (metric.groups.size() == 1 && same.empty()) text += "  no other protocol here has it\n";
  return text;
}

/// "rvm dtssd"
std::vector<std::string> names_of(const std::vector<ProtocolColumn>& columns) {
  std::vector<std::string> names;
  for (const ProtocolColumn& column : columns) {
    names.push_back(fmt::format("{} {}", column.protocol->id, column.id));
  }
  return names;
}

Json json_of(const Score& score) { return score.defined ? Json(score.value) : Json(nullptr); }

Json json_of(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json percent(const std::optional<double>& change, const Score& reference) {
  if (!change || !reference.defined || reference.value == 0.0) return nullptr;
  return 100.0 * *change / reference.value;
}

Json json_of(const ProtocolColumn& column) {
  return {{"protocol", column.protocol->id}, {"column", column.id}};
}

Json json_of(const ColumnGroup& group, const MetricExplanation& metric) {
  const Score undefined = Score::undefined("another unit");
  const Score* reference = &metric.score;
  Json columns = Json::array();
  for (const ProtocolColumn& column : group.columns) columns.push_back(json_of(column));
  Json steps = Json::array();
  for (const SwitchEffect& effect : group.steps) {
    const auto changed = runners::change(effect.before, effect.after);
    if (changes_unit(effect)) reference = &undefined;
    Json step{{"switch", effect.step.name},
              {"from", effect.step.from},
              {"to", effect.step.to},
              {"effect", has_effect(effect)},
              {"before", json_of(effect.before)},
              {"after", json_of(effect.after)},
              {"change", json_of(changed)},
              {"percent", percent(changed, *reference)}};
    if (!effect.after.defined) step["undefined"] = effect.after.reason;
    steps.push_back(std::move(step));
  }
  const auto changed = runners::change(metric.score, group.score);
  Json object{{"columns", std::move(columns)},
              {"unit", unit_of(group.columns.front())},
              {"value", json_of(group.score)},
              {"same_as_reference", runners::same_score(metric.score, group.score)},
              {"change", json_of(changed)},
              {"percent", percent(changed, *reference)},
              {"steps", std::move(steps)}};
  if (!group.score.defined) object["undefined"] = group.score.reason;
  return object;
}

}  // namespace

std::string text_of_pair(const PairExplanation& pair) {
  std::string text = fmt::format("{}\n\n{}", to_string(pair.size), score_table(pair));
  const std::string reasons = undefined_reasons(pair);
  if (!reasons.empty()) text += '\n' + reasons;
  if (!pair.unscored.empty()) {
    std::vector<std::string> names;
    for (const runners::UnscoredProtocol& one : pair.unscored) {
      names.push_back(fmt::format("{} (needs {})", one.protocol->id, one.missing));
    }
    text += '\n' + wrapped(fmt::format("not scored: {}", fmt::join(names, ", ")), 2) + '\n';
  }
  if (!pair.of_sequences.empty()) {
    text += '\n' +
            wrapped(fmt::format("left out: {}: they compare the frames of a sequence (`mbench eval "
                                "--sequence`)",
                                fmt::join(names_of(pair.of_sequences), ", ")),
                    2) +
            '\n';
  }
  text += '\n' + wrapped(order_note(), 0) + '\n';
  for (const MetricExplanation& metric : pair.metrics) {
    text += metric_text(metric, *pair.reference);
  }
  return text;
}

std::string json_of_pair(const PairExplanation& pair) {
  Json protocols = Json::array();
  for (const runners::ScoredProtocol& scored : pair.scored) {
    Json scores = Json::object();
    Json undefined = Json::object();
    for (const auto& [column, score] : scored.scores) {
      scores[std::string{column}] = json_of(score);
      if (!score.defined) undefined[std::string{column}] = score.reason;
    }
    Json object{{"protocol", scored.protocol->id},
                {"version", scored.protocol->version},
                {"scores", std::move(scores)}};
    if (!undefined.empty()) object["undefined"] = std::move(undefined);
    protocols.push_back(std::move(object));
  }
  Json unscored = Json::array();
  for (const runners::UnscoredProtocol& one : pair.unscored) {
    unscored.push_back({{"protocol", one.protocol->id}, {"needs", one.missing}});
  }
  Json of_sequences = Json::array();
  for (const ProtocolColumn& column : pair.of_sequences) of_sequences.push_back(json_of(column));
  Json all_metrics = Json::array();
  for (const MetricExplanation& metric : pair.metrics) {
    Json groups = Json::array();
    for (const ColumnGroup& group : metric.groups) groups.push_back(json_of(group, metric));
    all_metrics.push_back({{"metric", metric.metric->id},
                           {"reference", json_of(metric.reference)},
                           {"unit", unit_of(metric.reference)},
                           {"value", json_of(metric.score)},
                           {"groups", std::move(groups)}});
  }
  const Json all{{"width", pair.size.width},
                 {"height", pair.size.height},
                 {"reference", pair.reference->id},
                 {"note", order_note()},
                 {"protocols", std::move(protocols)},
                 {"not_scored", std::move(unscored)},
                 {"left_out", std::move(of_sequences)},
                 {"metrics", std::move(all_metrics)}};
  return all.dump(2) + '\n';
}

}  // namespace mbench::app
