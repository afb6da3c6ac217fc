#include "app/dataset_descriptions.hpp"

#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "app/descriptions.hpp"
#include "core/error.hpp"
#include "datasets/aliases.hpp"

namespace mbench::app {
namespace {

using Json = nlohmann::ordered_json;

void add_facts(const datasets::PublishedFacts& facts, Json& description) {
  description["source"] = facts.source;
  description["licence"] = facts.licence;
  Json parts = Json::array();
  for (const datasets::PartFacts& part : facts.parts) {
    Json one{{"part", part.name}, {"published", datasets::counts_in_words(part)}};
    if (part.images > 0) one["images"] = part.images;
    if (part.foregrounds > 0) one["foregrounds"] = part.foregrounds;
    parts.push_back(std::move(one));
  }
  description["counts"] = std::move(parts);
  Json groups = Json::array();
  for (const datasets::GroupFacts& group : facts.groups) {
    groups.push_back({{"tag", group.tag}, {"value", group.value}, {"images", group.images}});
  }
  description["groups"] = std::move(groups);
  description["names"] = facts.names;
  description["protocol"] = facts.protocol;
  description["numbers"] = facts.numbers;
  Json quirks = Json::array();
  for (const std::string_view quirk : facts.quirks) quirks.push_back(quirk);
  description["quirks"] = std::move(quirks);
}

/// A part beside the one that the folder opens with; one that cannot be opened does not hide it.
void add_part(DatasetAtHand& known, const std::string& part) {
  try {
    const datasets::Dataset dataset = datasets::open_dataset(
        fmt::format("{}:{}", known.location.name, part), datasets::Purpose::any);
    known.status += fmt::format("; {}: {}", part, datasets::completeness_in_words(dataset));
    known.parts.push_back({part, dataset.published, datasets::completeness(dataset)});
  } catch (const Error& error) {
    known.status += fmt::format("; {}: cannot be opened: {}", part, error.parts().what);
  }
}

}  // namespace

std::vector<DatasetAtHand> datasets_at_hand(Look look) {
  std::vector<DatasetAtHand> all;
  for (datasets::Location& location : datasets::known_datasets()) {
    if (location.built_in) continue;  // it stands among the adapters
    DatasetAtHand& known = all.emplace_back(DatasetAtHand{.location = std::move(location)});
    if (look == Look::names) continue;
    try {
      // By its name, which may say which part is meant.
      const datasets::Dataset dataset =
          datasets::open_dataset(known.location.name, datasets::Purpose::any);
      known.adapter = dataset.adapter;
      known.status = datasets::completeness_in_words(dataset);
      known.parts.push_back({"", dataset.published, datasets::completeness(dataset)});
      for (const std::string& part : dataset.other_parts) add_part(known, part);
    } catch (const Error& error) {
      known.status = "cannot be opened: " + error.parts().what;
    }
  }
  return all;
}

std::string status_in_words(const datasets::DatasetEntry& adapter,
                            const std::vector<DatasetAtHand>& at_hand) {
  std::string here;
  for (const DatasetAtHand& known : at_hand) {
    if (known.adapter != adapter.id) continue;
    here +=
        fmt::format("{}{} ({})", here.empty() ? "here: " : ", ", known.location.name, known.status);
  }
  if (!here.empty() || adapter.facts == nullptr) return here;
  return fmt::format("not here: {}", adapter.facts->source);
}

Json describe_found(const DatasetAtHand& known) {
  Json found = Json::array();
  for (const PartAtHand& part : known.parts) {
    const datasets::PartFacts* facts = part.published;
    const auto number = [](int value) { return value == 0 ? Json{} : Json(value); };
    found.push_back({{"name", known.location.name},
                     {"folder", known.location.folder.string()},
                     {"part", facts == nullptr ? Json{} : Json(facts->name)},
                     {"options", part.options},
                     {"complete", part.completeness.complete},
                     {"images", part.completeness.images},
                     {"published", facts == nullptr ? Json{} : number(facts->images)},
                     {"problems", part.completeness.problems}});
    if (facts == nullptr || facts->foregrounds == 0) continue;
    found.back()["foregrounds"] = part.completeness.foregrounds;
    found.back()["published_foregrounds"] = facts->foregrounds;
  }
  return found;
}

Json describe_found(const datasets::DatasetEntry& adapter,
                    const std::vector<DatasetAtHand>& at_hand) {
  Json all = Json::array();
  for (const DatasetAtHand& known : at_hand) {
    if (known.adapter != adapter.id) continue;
    for (Json& part : describe_found(known)) all.push_back(std::move(part));
  }
  return all;
}

Json describe(const datasets::DatasetEntry& adapter, const std::vector<DatasetAtHand>& at_hand) {
  const std::vector<std::string_view> aliases = datasets::aliases_of(adapter);
  Json description{{"kind", "dataset"},
                   {"id", adapter.id},
                   {"title", adapter.title},
                   {"layout", adapter.layout},
                   {"status", status_in_words(adapter, at_hand)},
                   {"cite", adapter.cite}};
  if (!aliases.empty()) description["also"] = fmt::format("{}", fmt::join(aliases, ", "));
  for (const DatasetAtHand& known : at_hand) {
    if (known.location.name != adapter.id) continue;
    description["folder"] = known.location.folder.string();
    description["place"] = known.location.found_by;
    if (known.adapter != adapter.id && !known.status.empty()) {
      description["holds"] =
          known.adapter.empty() ? known.status : fmt::format("{}: {}", known.adapter, known.status);
    }
  }
  if (adapter.facts != nullptr) add_facts(*adapter.facts, description);
  description["options"] = describe_options(adapter.options);
  return description;
}

Json describe(const DatasetAtHand& known) {
  return {{"kind", "dataset"},
          {"id", known.location.name},
          {"title", known.location.found_by},
          {"folder", known.location.folder.string()},
          {"adapter", known.adapter},
          {"status", known.status},
          {"see", fmt::format("`mbench data check {}`", known.location.name)}};
}

}  // namespace mbench::app
