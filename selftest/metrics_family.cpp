#include <algorithm>
#include <array>
#include <map>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "metrics/columns.hpp"
#include "metrics/protocol.hpp"
#include "metrics/trimap_iou.hpp"
#include "selftest/bounds.hpp"
#include "selftest/family.hpp"
#include "selftest/golden_folder.hpp"
#include "selftest/sequence_rows.hpp"

namespace mbench::selftest {
namespace {

using metrics::Protocol;
using metrics::ProtocolNeeds;

using Scores = std::vector<std::pair<std::string, Score>>;

/// A case of golden.json, scored under every protocol that it has values of.
struct ScoredCase {
  const GoldenCase* golden{};
  Size size{};
  bool on_thresholds{};                         ///< has_values_on_thresholds() of either matte
  std::map<std::string_view, Scores> scores{};  ///< by protocol
};

const MetricValues* find_values(const std::vector<ProtocolValues>& block, std::string_view id) {
  const auto found = std::ranges::find(block, id, &ProtocolValues::protocol);
  return found == block.end() ? nullptr : &found->metrics;
}

const std::vector<ProtocolValues>& block(const GoldenCase& golden, Reference reference) {
  return reference == Reference::exact ? golden.exact : golden.printed;
}

bool has_values(const GoldenCase& golden, std::string_view protocol) {
  return find_values(golden.printed, protocol) != nullptr ||
         find_values(golden.exact, protocol) != nullptr;
}

/// The pixels behind the IoUs of protocol `trimap`, which golden.json has as well.
void append_overlap_counts(Scores& scores, TrimapView predicted, TrimapView truth) {
  constexpr std::array<std::string_view, 3> classes{"bg", "unknown", "fg"};
  const metrics::TrimapOverlap overlap = metrics::trimap_overlap(predicted, truth);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const std::int64_t both = overlap.intersection[i];
    const std::int64_t either = overlap.predicted[i] + overlap.truth[i] - both;
    scores.emplace_back(fmt::format("inter_{}", classes[i]), Score::of(static_cast<double>(both)));
    scores.emplace_back(fmt::format("union_{}", classes[i]),
                        Score::of(static_cast<double>(either)));
  }
}

/// The images of one case, of which only those are read that its protocols look at.
class CaseImages {
 public:
  CaseImages(const References& references, const std::string& name)
      : references_{references},
        name_{name},
        predicted_{read_golden_matte(references, "pred", name)},
        truth_{read_golden_matte(references, "alpha", name)} {
    require_size("pred", predicted_.size());
  }

  [[nodiscard]] Size size() const { return truth_.size(); }
  [[nodiscard]] bool on_thresholds() const {
    return has_values_on_thresholds(predicted_) || has_values_on_thresholds(truth_);
  }
  [[nodiscard]] Scores evaluate(const Protocol& protocol) {
    if (protocol.needs != ProtocolNeeds::mattes) read("trimap", trimap_);
    const bool scores_trimaps = protocol.needs == ProtocolNeeds::trimap_pair;
    if (scores_trimaps) read("pred_trimap", predicted_trimap_);
    Scores scores;
    for (auto& [id, score] :
         metrics::evaluate(protocol, {.predicted = predicted_.view(),
                                     .truth = truth_.view(),
                                     .trimap = view(trimap_),
                                     .predicted_trimap = view(predicted_trimap_)})) {
      scores.emplace_back(id, std::move(score));
    }
    if (scores_trimaps) append_overlap_counts(scores, *predicted_trimap_, *trimap_);
    return scores;
  }

 private:
  static std::optional<TrimapView> view(const std::optional<Trimap>& trimap) {
    return trimap ? std::optional{trimap->view()} : std::nullopt;
  }
  void read(std::string_view folder, std::optional<Trimap>& trimap) const {
    if (trimap) return;
    trimap = read_golden_trimap(references_, folder, name_);
    require_size(folder, trimap->size());
  }
  void require_size(std::string_view folder, Size found) const {
    if (found == size()) return;
    throw Error{ErrorKind::bad_input,
                {.what = "the images of a case differ in size",
                 .where = references_.place(fmt::format("{}/{}.png", folder, name_)),
                 .expected = fmt::format("{} (alpha/{}.png)", to_string(size()), name_),
                 .found = to_string(found),
                 .fix = "copy the folder of references again"}};
  }

  const References& references_;
  const std::string& name_;
  Matte predicted_, truth_;
  std::optional<Trimap> trimap_{}, predicted_trimap_{};
};

ScoredCase score_case(const References& references, const GoldenCase& golden) {
  CaseImages images{references, golden.name};
  ScoredCase scored{
      .golden = &golden, .size = images.size(), .on_thresholds = images.on_thresholds()};
  for (const Protocol* protocol : metrics::all_protocols()) {
    if (!has_values(golden, protocol->id)) continue;
    try {
      scored.scores.emplace(protocol->id, images.evaluate(*protocol));
    } catch (const Error& error) {
      throw error.at(fmt::format("case {}, protocol {}", golden.name, protocol->id));
    }
  }
  return scored;
}

/// Has any case that score? Stills have none in the columns of sequences.
bool is_scored(const Protocol& protocol, std::string_view id,
               const std::vector<ScoredCase>& cases) {
  return std::ranges::any_of(cases, [&](const ScoredCase& scored) {
    const auto scores = scored.scores.find(protocol.id);
    return scores != scored.scores.end() &&
           std::ranges::find(scores->second, id, &Scores::value_type::first) !=
               scores->second.end();
  });
}

/// The metrics of a protocol: its columns first, then what else any case has values of.
std::vector<std::string> metric_ids(const Protocol& protocol, const std::vector<ScoredCase>& cases,
                                    Reference reference) {
  std::vector<std::string> ids;
  for (const std::string_view id : metrics::column_ids(protocol)) {
    if (is_scored(protocol, id, cases)) ids.emplace_back(id);
  }
  for (const ScoredCase& scored : cases) {
    const MetricValues* values = find_values(block(*scored.golden, reference), protocol.id);
    if (values == nullptr) continue;
    for (const auto& [id, value] : *values) {
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
  }
  return ids;
}

/// One metric of one protocol over all cases; without comparisons if no case has a value.
Row compare(const Protocol& protocol, const std::string& id, Reference reference,
            const std::vector<ScoredCase>& cases) {
  Comparison comparison{protocol.id, id, reference, score_bound(protocol.id, id, reference)};
  bool has_value = false;
  for (const ScoredCase& scored : cases) {
    const MetricValues* values = find_values(block(*scored.golden, reference), protocol.id);
    if (values == nullptr) continue;
    const auto expected = std::ranges::find(*values, id, &MetricValues::value_type::first);
    if (expected == values->end()) continue;
    has_value = true;
    const Scores& scores = scored.scores.at(protocol.id);
    const auto found = std::ranges::find(scores, id, &Scores::value_type::first);
    if (found == scores.end()) continue;
    const std::string_view reason =
        reference == Reference::program ? exclusion(protocol.id, id, scored.size) : "";
    if (reason.empty()) {
      comparison.add(scored.golden->name, expected->second, found->second,
                     scored.on_thresholds ? bound_on_thresholds(protocol.id, id, reference)
                                          : score_bound(protocol.id, id, reference));
    } else {
      comparison.leave_out(scored.golden->name, reason);
    }
  }
  Row row = comparison.row();
  if (has_value && comparison.empty()) row.verdict = Verdict::not_known;
  return row;
}

void append_protocol(std::vector<Row>& rows, const Protocol& protocol,
                     const std::vector<ScoredCase>& cases) {
  const std::size_t before = rows.size();
  for (const Reference reference : {Reference::program, Reference::exact}) {
    const bool any = std::ranges::any_of(cases, [&](const ScoredCase& scored) {
      return find_values(block(*scored.golden, reference), protocol.id) != nullptr;
    });
    if (!any) continue;
    for (const std::string& id : metric_ids(protocol, cases, reference)) {
      rows.push_back(compare(protocol, id, reference, cases));
    }
  }
  if (rows.size() > before) return;
  rows.push_back({.group = std::string{protocol.id}, .verdict = Verdict::no_reference});
}

void append_unknown_protocols(std::vector<Row>& rows, const std::vector<GoldenCase>& cases) {
  std::vector<std::string_view> known;
  for (const Protocol* protocol : metrics::all_protocols()) known.push_back(protocol->id);
  for (const GoldenCase& golden : cases) {
    for (const auto* values : {&golden.printed, &golden.exact}) {
      for (const ProtocolValues& entry : *values) {
        if (std::ranges::find(known, entry.protocol) != known.end()) continue;
        known.push_back(entry.protocol);
        rows.push_back({.group = entry.protocol, .verdict = Verdict::not_known});
      }
    }
  }
}

std::vector<Row> run_metrics(const References& references, const Settings&) {
  const GoldenTable table = read_golden_table(references);
  std::vector<ScoredCase> cases(table.cases.size());
  parallel_for(cases.size(), 0,
               [&](std::size_t i) { cases[i] = score_case(references, table.cases[i]); });
  std::vector<Row> rows;
  for (const Protocol* protocol : metrics::all_protocols()) append_protocol(rows, *protocol, cases);
  if (table.clip) {
    for (Row& row : sequence_rows(references, *table.clip)) rows.push_back(std::move(row));
  }
  append_unknown_protocols(rows, table.cases);
  return rows;
}

constexpr std::array kMetricsProofs{Proof{&golden_form, run_metrics}};

}  // namespace

constinit const Family metrics_family{
    .id = "metrics",
    .title = "Metrics against the original programs and the written definitions",
    .proofs = kMetricsProofs};

}  // namespace mbench::selftest
