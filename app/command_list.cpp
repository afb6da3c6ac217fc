#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/dataset_descriptions.hpp"
#include "app/descriptions.hpp"
#include "app/explain_text.hpp"
#include "app/rule_descriptions.hpp"
#include "baselines/method.hpp"
#include "baselines/published_only.hpp"
#include "datasets/aliases.hpp"
#include "datasets/dataset.hpp"
#include "metrics/columns.hpp"
#include "metrics/protocol.hpp"

namespace mbench::app {
namespace {

using Json = nlohmann::ordered_json;

/// A fact for programs and for the terminal, which shows none whose words are empty.
struct Fact {
  Fact(std::string_view fact, std::string text) : name{fact}, value(text), words{std::move(text)} {}
  Fact(std::string_view fact, Json structure, std::string text)
      : name{fact}, value(std::move(structure)), words{std::move(text)} {}

  std::string_view name;
  Json value;
  std::string words;
};

/// One thing that can be named on the command line: id, title, and more facts by name.
struct Item {
  std::string id, title;
  std::vector<Fact> facts{};
};

/// "part=auto|p|np|train, list=...": what they do is in `mbench explain`.
Fact options_of(std::span<const OptionSpec> options) {
  std::string words;
  for (const OptionSpec& option : options) {
    const std::string_view values = option.choices.empty() ? option.default_value : option.choices;
    words += fmt::format("{}{}={}", words.empty() ? "" : ", ", option.name,
                         values.empty() ? "..." : values);
  }
  return {"options", describe_options(options), std::move(words)};
}

/// "gfm_r34_tt.pth (JizhiziLi/GFM: README; here: /data/gfm_r34_tt.pth); ..."
std::string describe_weights(std::span<const baselines::PublishedWeights> published) {
  std::string text;
  for (const baselines::PublishedWeights& weights : published) {
    if (!text.empty()) text += "; ";
    const auto file = baselines::find_weights(weights.file);
    text += fmt::format("{} ({}; {})", weights.file, weights.page,
                        file ? fmt::format("here: {}", file->string()) : "not here");
  }
  return text;
}

std::vector<Item> list_methods() {
  std::vector<Item> items;
  for (const baselines::MethodEntry* method : baselines::all_methods()) {
    items.push_back({.id = std::string{method->id},
                     .title = std::string{method->title},
                     .facts = {{"summary", std::string{method->summary}},
                               {"needs", needs_in_words(*method)},
                               {"status", status_in_words(*method)},
                               {"weights", describe_weights(method->published)},
                               options_of(method->options),
                               {"cite", std::string{method->cite}}}});
  }
  for (const baselines::PublishedOnly& method : baselines::published_only_methods()) {
    items.push_back({.id = std::string{method.id},
                     .title = std::string{method.title},
                     .facts = {{"summary", fmt::format("Cannot be run: {}", method.reason)},
                               {"needs", ""},
                               {"status", std::string{kPublishedOnlyStatus}},
                               {"weights", ""},
                               options_of({}),
                               {"cite", std::string{method.cite}}}});
  }
  return items;
}

std::vector<Item> list_datasets() {
  std::vector<Item> items;
  const std::vector<DatasetAtHand> at_hand = datasets_at_hand(Look::contents);
  for (const DatasetAtHand& known : at_hand) {
    items.push_back({.id = known.location.name,
                     .title = known.location.found_by,
                     .facts = {{"folder", known.location.folder.string()},
                               {"adapter", known.adapter},
                               {"status", known.status},
                               {"found", describe_found(known), ""}}});
  }
  for (const datasets::DatasetEntry* adapter : datasets::all_adapters()) {
    const std::vector<std::string_view> aliases = datasets::aliases_of(*adapter);
    items.push_back({.id = std::string{adapter->id},
                     .title = std::string{adapter->title},
                     .facts = {{"aliases", aliases, fmt::format("{}", fmt::join(aliases, ", "))},
                               {"layout", std::string{adapter->layout}},
                               {"status", status_in_words(*adapter, at_hand)},
                               {"found", describe_found(*adapter, at_hand), ""},
                               options_of(adapter->options),
                               {"cite", std::string{adapter->cite}}}});
  }
  return items;
}

std::vector<Item> list_protocols() {
  std::vector<Item> items;
  for (const metrics::Protocol* protocol : metrics::all_protocols()) {
    items.push_back(
        {.id = std::string{protocol->id},
         .title = std::string{protocol->title},
         .facts = {{"version", std::to_string(protocol->version)},
                   {"metrics", fmt::format("{}", fmt::join(metrics::column_ids(*protocol), ", "))},
                   {"needs", std::string{needs_in_words(protocol->needs)}},
                   {"source", std::string{protocol->source}},
                   {"cite", std::string{protocol->cite}}}});
  }
  return items;
}

std::vector<Item> list_metrics() {
  std::vector<Item> items;
  for (const metrics::Metric* metric : metrics::all_metrics()) {
    items.push_back({.id = std::string{metric->id},
                     .title = std::string{metric->title},
                     .facts = {{"unit", std::string{metric->unit}},
                               {"better", metric->better == Better::lower ? "lower" : "higher"},
                               {"formula", std::string{metric->formula}},
                               {"cite", std::string{metric->cite}}}});
  }
  return items;
}

std::string open_in_words(const RuleFacts& rule) {
  if (rule.open_choices.empty()) return {};
  return fmt::format("{}, settled as `mbench explain {}` says", rule.open_choices.size(), rule.id);
}

std::vector<Item> list_rules() {
  std::vector<Item> items;
  for (const RuleKind& kind : rule_kinds()) {
    for (const RuleFacts* rule : kind.rules) {
      items.push_back({.id = std::string{rule->id},
                       .title = std::string{rule->title},
                       .facts = {{"kind", std::string{kind.id}},
                                 {"summary", std::string{rule->summary}},
                                 {"source", std::string{rule->source}},
                                 options_of(rule->options),
                                 {"open", rule->open_choices, open_in_words(*rule)},
                                 {"version", std::to_string(rule->version)},
                                 {"cite", std::string{rule->cite}}}});
    }
  }
  return items;
}

std::vector<Item> list_reports() {
  std::vector<Item> items;
  for (const ReportFormat& format : report_formats()) {
    items.push_back({.id = std::string{format.id}, .title = std::string{format.title}});
  }
  return items;
}

void print_items(const std::vector<Item>& items, bool as_json) {
  if (as_json) {
    Json array = Json::array();
    for (const Item& item : items) {
      Json object{{"id", item.id}, {"title", item.title}};
      for (const Fact& fact : item.facts) object[std::string{fact.name}] = fact.value;
      array.push_back(std::move(object));
    }
    fmt::print("{}\n", array.dump(2));
    return;
  }
  std::size_t width = 0;
  for (const Item& item : items) width = std::max(width, item.id.size());
  for (const Item& item : items) {
    fmt::print("{:<{}}  {}\n", item.id, width, item.title);
    for (const Fact& fact : item.facts) {
      if (fact.words.empty()) continue;
      fmt::print("{:<{}}{}: {}\n", "", width + 4, fact.name,
                 wrapped(fact.words, width + 4 + fact.name.size() + 2));
    }
  }
}

}  // namespace

void add_list_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand(
      "list", "What there is: methods, datasets, protocols, metrics, rules, reports");
  verb->require_subcommand(1);
  verb->footer("Example: mbench list protocols --json");
  using Lister = std::vector<Item> (*)();
  const std::pair<const char*, Lister> kinds[] = {
      {"methods", list_methods}, {"datasets", list_datasets}, {"protocols", list_protocols},
      {"metrics", list_metrics}, {"rules", list_rules},       {"reports", list_reports}};
  for (const auto& [name, lister] : kinds) {
    auto as_json = std::make_shared<bool>(false);  // shared with the callback
    CLI::App* kind = verb->add_subcommand(name, fmt::format("All {}", name));
    kind->add_flag("--json", *as_json, "As a JSON array");
    kind->footer(fmt::format("Example: mbench list {} --json", name));
    kind->callback([as_json, lister = lister] { print_items(lister(), *as_json); });
  }
}

}  // namespace mbench::app
