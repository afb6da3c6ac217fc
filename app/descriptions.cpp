#include "app/descriptions.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "app/dataset_descriptions.hpp"
#include "app/rule_descriptions.hpp"
#include "baselines/card/card_method.hpp"
#include "baselines/command/command.hpp"
#include "baselines/deep/entries.hpp"
#include "baselines/method.hpp"
#include "baselines/published_only.hpp"
#include "baselines/tta.hpp"
#include "core/error.hpp"
#include "core/options.hpp"
#include "core/registry.hpp"
#include "datasets/aliases.hpp"
#include "datasets/dataset.hpp"
#include "metrics/column_format.hpp"
#include "metrics/columns.hpp"
#include "metrics/switch_settings.hpp"

namespace mbench::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSymbols =
    "p, t: predicted and true alpha, 0 to 1; T: the trimap (P: a predicted one); R: the pixels "
    "that are summed; grad: of a Gaussian; l_i: the threshold up to which pixel i is connected.";
constexpr std::string_view kProtocolFormulas =
    "Regions, divisors and units differ from protocol to protocol: `mbench explain PROTOCOL` has "
    "the formula of each of its columns.";

std::string_view direction(Better better) { return better == Better::lower ? "lower" : "higher"; }

std::string_view type_in_words(OptionType type) {
  switch (type) {
    case OptionType::number: return "number";
    case OptionType::integer: return "integer";
    case OptionType::text: return "text";
    case OptionType::choice: break;
  }
  return "choice";
}

std::string_view averaging_in_words(Averaging averaging) {
  if (averaging == Averaging::samples) return "samples: over all images, and over all frames";
  return "frame-index: images plainly; frames of sequences over the clips for each frame index, "
         "then over the indices";
}

Json describe_column(const metrics::Protocol& protocol, const metrics::ScoreColumn& column) {
  const metrics::Metric& metric = metrics::metric_of_column(protocol, column.id);
  Json switches = Json::array();
  for (const metrics::SwitchSetting& setting : metrics::switch_settings(column)) {
    switches.push_back(
        {{"name", setting.name}, {"value", setting.value}, {"meaning", setting.meaning}});
  }
  return {{"id", column.id},
          {"metric", metric.id},
          {"title", metric.title},
          {"unit", metrics::unit_of_column(protocol, column.id)},
          {"better", direction(metric.better)},
          {"formula", metrics::formula_of_column(protocol, column.id)},
          {"switches", std::move(switches)},
          {"undefined_where", metrics::undefined_cases(column)}};
}

Json describe(const metrics::Protocol& protocol) {
  Json columns = Json::array();
  for (const metrics::ScoreColumn& column : protocol.columns) {
    columns.push_back(describe_column(protocol, column));
  }
  Json quirks = Json::array();
  for (const std::string_view quirk : protocol.quirks) quirks.push_back(quirk);
  return {{"kind", "protocol"},
          {"id", protocol.id},
          {"title", protocol.title},
          {"version", protocol.version},
          {"needs", needs_in_words(protocol.needs)},
          {"source", protocol.source},
          {"cite", protocol.cite},
          {"proof", protocol.proof},
          {"averaging", averaging_in_words(protocol.averaging)},
          {"symbols", kSymbols},
          {"columns", std::move(columns)},
          {"quirks", std::move(quirks)}};
}

Json describe(const metrics::Metric& metric) {
  Json protocols = Json::array();
  for (const metrics::Protocol* protocol : metrics::all_protocols()) {
    Json columns = Json::array();
    for (const std::string_view column : metrics::column_ids(*protocol)) {
      if (&metrics::metric_of_column(*protocol, column) == &metric) columns.push_back(column);
    }
    if (columns.empty()) continue;
    protocols.push_back({{"protocol", protocol->id}, {"columns", std::move(columns)}});
  }
  return {{"kind", "metric"},
          {"id", metric.id},
          {"title", metric.title},
          {"unit", metric.unit},
          {"better", direction(metric.better)},
          {"formula", metric.formula},
          {"symbols", kSymbols},
          {"note", kProtocolFormulas},
          {"cite", metric.cite},
          {"protocols", std::move(protocols)}};
}

Json describe(const baselines::MethodEntry& method) {
  Json description{{"kind", "method"},
                   {"id", method.id},
                   {"title", method.title},
                   {"summary", method.summary},
                   {"needs", needs_in_words(method)},
                   {"gives", method.gives_trimap ? "alpha, trimap" : "alpha"},
                   {"status", status_in_words(method)},
                   {"cite", method.cite},
                   {"options", describe_options(method.options)}};
  if (!method.open_choices.empty()) description["open_choices"] = method.open_choices;
  if (!method.needs.weights) return description;
  Json published = Json::array();
  for (const baselines::PublishedWeights& weights : method.published) {
    const auto file = baselines::find_weights(weights.file);
    published.push_back({{"file", weights.file},
                         {"page", weights.page},
                         {"note", weights.note},
                         {"found", file ? file->string() : std::string{"no"}}});
  }
  description["weights"] = std::move(published);
  return description;
}

std::string changed_options(const Options& options) {
  std::string given;
  for (const auto& [name, value] : options.changed()) {
    given += fmt::format("{}{}={}", given.empty() ? "" : ", ", name, value);
  }
  return given;
}

/// A method with options, and behind it the one that it asks, if it wraps another.
std::vector<Json> describe_with(const baselines::MethodEntry& method,
                                const std::vector<std::pair<std::string, std::string>>& values) {
  const Options options{method.options, values, fmt::format("method '{}'", method.id)};
  std::vector<Json> all{with_given(describe(method), changed_options(options))};
  if (&method != &baselines::tta_method) return all;
  const NameWithOptions asked = baselines::tta_wrapped(options);
  const baselines::MethodEntry& entry = baselines::find_method(asked.name);
  all.front()["needs"] = needs_in_words(entry.needs);
  all.front()["status"] = status_in_words(entry);
  std::ranges::move(describe_with(entry, asked.values), std::back_inserter(all));
  return all;
}

Json describe(const baselines::PublishedOnly& method) {
  return {{"kind", "method"},
          {"id", method.id},
          {"title", method.title},
          {"summary", fmt::format("Cannot be run: {}", method.reason)},
          {"status", kPublishedOnlyStatus},
          {"cite", method.cite}};
}

Json describe(const ReportFormat& format) {
  return {{"kind", "report"},
          {"id", format.id},
          {"title", format.title},
          {"see", fmt::format("--format {} of run and eval", format.id)}};
}

std::vector<Json> describe_everything(const std::vector<DatasetAtHand>& at_hand) {
  std::vector<Json> all;
  for (const auto* protocol : metrics::all_protocols()) all.push_back(describe(*protocol));
  for (const auto* metric : metrics::all_metrics()) all.push_back(describe(*metric));
  for (const auto* method : baselines::all_methods()) all.push_back(describe(*method));
  for (const auto& method : baselines::published_only_methods()) all.push_back(describe(method));
  for (const DatasetAtHand& known : at_hand) {
    const auto is_namesake = [&](const auto* adapter) {
      return adapter->id == known.location.name;
    };
    // One that is called as an adapter stands in the description of that.
    if (std::ranges::none_of(datasets::all_adapters(), is_namesake)) all.push_back(describe(known));
  }
  for (const auto* adapter : datasets::all_adapters()) all.push_back(describe(*adapter, at_hand));
  for (const RuleKind& kind : rule_kinds()) {
    for (const RuleFacts* rule : kind.rules) all.push_back(describe(kind, *rule));
  }
  for (const ReportFormat& format : report_formats()) all.push_back(describe(format));
  return all;
}

/// What is named as after --method or --dataset, with options: "tta:of=gfm", "demo:count=8". The
/// kind may stand before it. A data set may be named by an alias.
Namesakes describe_with_options(std::string_view text) {
  const auto take_kind = [&](std::string_view kind) {
    const bool is_there = text.starts_with(kind);
    if (is_there) text.remove_prefix(kind.size());
    return is_there;
  };
  const bool is_method = take_kind("method:");
  const bool is_dataset = !is_method && take_kind("dataset:");
  const std::string_view name = rule_id(text);
  Namesakes all;
  const auto add = [&](const auto& describe_one) {
    try {
      std::ranges::move(describe_one(parse_name_with_options(text).values),
                        std::back_inserter(all.items));
    } catch (const Error& error) {
      all.refusals.push_back(error);
    }
  };
  for (const auto* method : baselines::all_methods()) {
    if (is_dataset || method->id != name) continue;
    add([&](const auto& values) { return describe_with(*method, values); });
  }
  const auto set = is_method ? std::nullopt : datasets::set_called(name);
  if (!set) return all;
  add([&](auto values) {
    datasets::add_named_options(*set, values);
    const Options options{set->entry->options, values,
                          fmt::format("data set '{}'", set->entry->id)};
    return std::vector{with_given(describe(*set->entry, datasets_at_hand(Look::contents)),
                                  changed_options(options))};
  });
  return all;
}

/// Why none of several namesakes takes the options.
[[noreturn]] void throw_refusals(std::string_view text, const std::vector<Error>& refusals) {
  if (refusals.size() == 1) throw Error{refusals.front()};
  std::string found;
  for (const Error& refusal : refusals) {
    const ErrorParts& parts = refusal.parts();
    found += fmt::format("{}{}", found.empty() ? "" : "\n", parts.what);
    if (!parts.expected.empty()) found += fmt::format(" (expected {})", parts.expected);
  }
  throw Error{
      ErrorKind::usage,
      {.what = fmt::format("nothing that is called '{}' can be given as '{}'", rule_id(text), text),
       .found = std::move(found),
       .fix = fmt::format("`mbench explain {}` has the options of each", rule_id(text))}};
}

/// What bears the name with these options. Namesakes that have no such options are left out; throws
/// usage if that leaves none.
std::vector<Json> describe_given(std::string_view text) {
  Namesakes all = describe_with_options(text);
  Namesakes rules = describe_rules_with_options(text);
  std::ranges::move(rules.items, std::back_inserter(all.items));
  const bool has_names = text.find('=') != std::string_view::npos;
  if (!has_names && !rules.refusals.empty()) all.refusals.clear();  // only rules take plain values
  std::ranges::move(rules.refusals, std::back_inserter(all.refusals));
  if (all.items.empty() && !all.refusals.empty()) throw_refusals(text, all.refusals);
  return all.items;
}

}  // namespace

std::string_view needs_in_words(metrics::ProtocolNeeds needs) {
  switch (needs) {
    case metrics::ProtocolNeeds::mattes: return "prediction, truth";
    case metrics::ProtocolNeeds::trimap: return "prediction, truth, trimap";
    case metrics::ProtocolNeeds::trimap_pair: break;
  }
  return "predicted trimap, trimap";
}

std::string status_in_words(const baselines::MethodEntry& method) {
  if (method.deep && !baselines::deep_methods_are_built()) return "not built: needs LibTorch";
  if (!method.needs.weights) return "ready";
  if (&method == &baselines::card_method) return "ready: the card names its weights";
  if (method.published.empty()) return "no published weights: give --weights";
  const auto is_found = [](const baselines::PublishedWeights& weights) {
    return baselines::find_weights(weights.file).has_value();
  };
  return std::ranges::any_of(method.published, is_found)
             ? "ready"
             : "weights not found: see `mbench explain method:" + std::string{method.id} + "`";
}

std::string needs_in_words(const baselines::Needs& needs) {
  std::string words = "image";
  if (needs.trimap) words += ", trimap";
  if (needs.segmentation) words += ", segmentation";
  if (needs.weights) words += ", weights";
  return words;
}

std::string needs_in_words(const baselines::MethodEntry& method) {
  const std::string words = needs_in_words(method.needs);
  if (method.needs_of == nullptr) return words;
  if (&method == &baselines::card_method) return words + ", and what its card shows the network";
  if (&method == &baselines::command_method) return words + ", and what its command line names";
  return fmt::format("{}, and what the method that it asks needs", words);
}

Json describe_options(std::span<const OptionSpec> options) {
  Json list = Json::array();
  for (const OptionSpec& option : options) {
    Json object{{"name", option.name},
                {"type", type_in_words(option.type)},
                {"default", option.default_value},
                {"help", option.help}};
    if (option.type == OptionType::number || option.type == OptionType::integer) {
      object["min"] = option.min;
      object["max"] = option.max;
    }
    if (option.type == OptionType::choice) object["choices"] = option.choices;
    list.push_back(std::move(object));
  }
  return list;
}

Json with_given(const Json& description, const std::string& given) {
  if (given.empty()) return description;
  Json all;
  for (const auto& [key, value] : description.items()) {
    all[key] = value;
    if (key == "title") all["given"] = given;
  }
  return all;
}

std::span<const ReportFormat> report_formats() {
  static constexpr std::array kFormats{
      ReportFormat{"table", "Aligned text for the terminal; best bold, second underlined"},
      ReportFormat{"markdown", "Pipe table (GitHub flavour)"},
      ReportFormat{"latex", "Table environment with booktabs, for \\input"},
      ReportFormat{"csv", "RFC 4180, full precision"},
      ReportFormat{"json", "One object per row, full precision"}};
  return kFormats;
}

std::vector<Json> describe(std::string_view name) {
  const auto full_name = [](const Json& item) {
    return fmt::format("{}:{}", item.at("kind").get<std::string>(),
                       item.at("id").get<std::string>());
  };
  const auto find_named = [&](const std::vector<Json>& all) {
    std::vector<Json> found;
    std::ranges::copy_if(all, std::back_inserter(found), [&](const Json& item) {
      return item.at("id") == name || full_name(item) == name;
    });
    return found;
  };
  const std::vector<Json> everything = describe_everything(datasets_at_hand(Look::names));
  std::vector<Json> named = find_named(everything);
  const bool with_kind = name.find(':') != std::string_view::npos;
  std::vector<std::string> candidates;
  for (const Json& item : everything) {
    candidates.push_back(with_kind ? full_name(item) : item.at("id").get<std::string>());
  }
  // Folders are opened only where a data set was asked for.
  if (std::ranges::any_of(named, [](const Json& item) { return item.at("kind") == "dataset"; })) {
    named = find_named(describe_everything(datasets_at_hand(Look::contents)));
  }
  if (named.empty()) named = describe_given(name);
  if (!named.empty()) return named;
  const std::string nearest = nearest_name(name, {candidates.begin(), candidates.end()});
  throw Error{ErrorKind::usage,
              {.what = fmt::format("nothing is called '{}'", name),
               .expected = "a protocol, metric, method, data set, rule or report format",
               .fix = nearest.empty()
                          ? std::string{"see `mbench list protocols`, `list metrics`, `list "
                                        "methods`, `list datasets`, `list rules`, `list reports`"}
                          : fmt::format("did you mean '{}'?", nearest)}};
}

}  // namespace mbench::app
