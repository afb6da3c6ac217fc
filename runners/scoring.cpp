#include "runners/scoring.hpp"

#include <algorithm>
#include <new>

namespace mbench::runners {

results::Scores score(std::span<const metrics::Protocol* const> protocols,
                      const metrics::ScoreInput& input) {
  results::Scores scores;
  std::vector<metrics::ColumnScores> evaluated = metrics::evaluate(protocols, input);
  for (std::size_t i = 0; i < protocols.size(); ++i) {
    results::Named<Score> columns;
    for (auto& [id, value] : evaluated[i]) columns.emplace_back(id, std::move(value));
    scores.emplace_back(protocols[i]->id, std::move(columns));
  }
  return scores;
}

std::vector<std::string> protocol_ids(std::span<const metrics::Protocol* const> protocols) {
  std::vector<std::string> ids;
  for (const metrics::Protocol* protocol : protocols) ids.emplace_back(protocol->id);
  return ids;
}

results::Named<int> protocol_versions(std::span<const metrics::Protocol* const> protocols) {
  results::Named<int> versions;
  for (const metrics::Protocol* protocol : protocols) {
    versions.emplace_back(protocol->id, protocol->version);
  }
  return versions;
}

results::Named<Averaging> sequence_averaging(std::span<const metrics::Protocol* const> protocols) {
  results::Named<Averaging> rules;
  for (const metrics::Protocol* protocol : protocols) {
    if (protocol->averaging != Averaging::samples) {
      rules.emplace_back(protocol->id, protocol->averaging);
    }
  }
  return rules;
}

std::vector<const metrics::Protocol*> find_protocols(const std::vector<std::string>& ids) {
  std::vector<const metrics::Protocol*> protocols;
  for (const std::string& id : ids) {
    const metrics::Protocol* protocol = &metrics::find_protocol(id);
    if (std::ranges::find(protocols, protocol) == protocols.end()) protocols.push_back(protocol);
  }
  return protocols;
}

results::SampleError describe_failure(const std::exception& failure) {
  if (const auto* error = dynamic_cast<const Error*>(&failure)) {
    return {.kind = std::string{to_string(error->kind())}, .parts = error->parts()};
  }
  if (dynamic_cast<const std::bad_alloc*>(&failure) != nullptr) {
    return {.kind = "out_of_memory",
            .parts = {.what = "not enough memory for this sample",
                      .fix = "use fewer threads: each holds one sample"}};
  }
  return {.kind = std::string{to_string(ErrorKind::internal)}, .parts = {.what = failure.what()}};
}

}  // namespace mbench::runners
