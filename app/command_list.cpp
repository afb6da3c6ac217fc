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
#include "app/rule_descriptions.hpp"
#include "baselines/method.hpp"
#include "baselines/published_only.hpp"
#include "datasets/dataset.hpp"
#include "metrics/columns.hpp"
#include "metrics/protocol.hpp"

namespace mbench::app {
namespace {

/// One thing that can be named on the command line: id, title, and more facts by name.
struct Item {
  std::string id, title;
  std::vector<std::pair<std::string, std::string>> facts{};
};

std::string options_in_words(std::span<const OptionSpec> options) {
  std::string text;
  for (const OptionSpec& option : options) {
    if (!text.empty()) text += "; ";
    text += fmt::format("{}={} {}", option.name,
                        option.default_value.empty() ? "..." : option.default_value, option.help);
  }
  return text;
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
                               {"options", options_in_words(method->options)},
                               {"cite", std::string{method->cite}}}});
  }
  for (const baselines::PublishedOnly& method : baselines::published_only_methods()) {
    items.push_back({.id = std::string{method.id},
                     .title = std::string{method.title},
                     .facts = {{"summary", fmt::format("Cannot be run: {}", method.reason)},
                               {"needs", ""},
                               {"status", std::string{kPublishedOnlyStatus}},
                               {"weights", ""},
                               {"options", ""},
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
                               {"status", known.status}}});
  }
  for (const datasets::DatasetEntry* adapter : datasets::all_adapters()) {
    items.push_back({.id = std::string{adapter->id},
                     .title = std::string{adapter->title},
                     .facts = {{"layout", std::string{adapter->layout}},
                               {"status", status_in_words(*adapter, at_hand)},
                               {"options", options_in_words(adapter->options)},
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

std::vector<Item> list_rules() {
  std::vector<Item> items;
  for (const RuleKind& kind : rule_kinds()) {
    for (const RuleFacts* rule : kind.rules) {
      items.push_back({.id = std::string{rule->id},
                       .title = std::string{rule->title},
                       .facts = {{"kind", std::string{kind.id}},
                                 {"summary", std::string{rule->summary}},
                                 {"source", std::string{rule->source}},
                                 {"options", options_in_words(rule->options)},
                                 {"open", std::to_string(rule->open_choices.size())},
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
    auto array = nlohmann::ordered_json::array();
    for (const Item& item : items) {
      nlohmann::ordered_json object{{"id", item.id}, {"title", item.title}};
      for (const auto& [name, value] : item.facts) object[name] = value;
      array.push_back(std::move(object));
    }
    fmt::print("{}\n", array.dump(2));
    return;
  }
  std::size_t width = 0;
  for (const Item& item : items) width = std::max(width, item.id.size());
  for (const Item& item : items) {
    fmt::print("{:<{}}  {}\n", item.id, width, item.title);
    for (const auto& [name, value] : item.facts) {
      if (!value.empty()) fmt::print("{:<{}}    {}: {}\n", "", width, name, value);
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
