#include "app/prepared_method.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "baselines/card/card.hpp"
#include "baselines/card/card_method.hpp"
#include "baselines/command/command.hpp"
#include "baselines/tta.hpp"
#include "core/device.hpp"
#include "core/error.hpp"
#include "core/options.hpp"
#include "runners/run_name.hpp"
#include "runners/segmentation_source.hpp"

namespace mbench::app {
namespace {

using baselines::MethodEntry;

struct Asked {
  const MethodEntry* entry;
  bool uses_libtorch;
};

Asked asked_by(const MethodEntry& entry, const Options& options) {
  if (&entry == &baselines::tta_method) {
    const NameWithOptions name = baselines::tta_wrapped(options);
    const MethodEntry& wrapped = baselines::find_method(name.name);
    return asked_by(wrapped,
                    {wrapped.options, name.values, fmt::format("method '{}'", wrapped.id)});
  }
  if (&entry != &baselines::card_method) return {&entry, entry.deep};
  const baselines::Card card = baselines::read_card(options.text("file"));
  return {&entry, card.runtime == baselines::CardRuntimeKind::torchscript};
}

NamedMethod parse_method(const std::string& text) {
  const NameWithOptions name = parse_name_with_options(text);
  const MethodEntry& entry = baselines::find_method(name.name);
  Options options{entry.options, name.values, fmt::format("method '{}'", entry.id)};
  const baselines::Needs needs = baselines::needs_of(entry, options);
  const Asked asked = asked_by(entry, options);
  return {.entry = &entry,
          .options = std::move(options),
          .needs = needs,
          .asked = asked.entry,
          .uses_libtorch = asked.uses_libtorch};
}

/// Each choice must suit one of the methods.
void require_use(const std::vector<NamedMethod>& methods, const MethodChoices& choices) {
  const auto count = [&](auto&& suits) { return std::ranges::count_if(methods, suits); };
  const auto refuse = [](std::string_view what, const std::string& found, std::string fix,
                         ErrorKind kind = ErrorKind::usage) {
    throw Error{kind, {.what = std::string{what}, .found = found, .fix = std::move(fix)}};
  };
  const auto networks = count([](const NamedMethod& method) { return method.is_network(); });
  const auto weighted = count([](const NamedMethod& method) { return method.needs.weights; });
  if (networks == 0 && choices.device != "cpu") {
    refuse("none of these methods runs on a GPU", fmt::format("--device {}", choices.device),
           "leave --device out; networks take it: `mbench list methods`", ErrorKind::unavailable);
  }
  if (networks == 0 && choices.precision != "fp32") {
    refuse("none of these methods has a choice of precision",
           fmt::format("--precision {}", choices.precision),
           "leave --precision out; networks take it: `mbench list methods`",
           ErrorKind::unavailable);
  }
  if (!choices.weights.empty() && weighted == 0) {
    refuse("none of these methods takes weights", fmt::format("--weights {}", choices.weights),
           "leave --weights out");
  }
  if (weighted > 1 && !baselines::parse_weights(choices.weights).file.empty()) {
    refuse(
        "one file of weights cannot serve several methods",
        fmt::format("--weights {} for {} methods", choices.weights, weighted),
        "run these methods one by one, or put their published files where they are found: `mbench "
        "list methods`");
  }
  if (!choices.segmentation.empty()) {
    (void)runners::folder_suffix(choices.segmentation);
    if (count([](const NamedMethod& method) { return method.needs.segmentation; }) == 0) {
      refuse("none of these methods starts from a segmentation",
             fmt::format("--segmentation {}", choices.segmentation), "leave --segmentation out");
    }
  }
}

/// A program of the user's may compute wherever it likes.
std::string device_of(const NamedMethod& named, const MethodChoices& choices) {
  if (named.asked == &baselines::command_method) return "unknown";
  return named.is_network() ? to_string(parse_device(choices.device)) : std::string{"cpu"};
}

results::MethodInfo describe(const NamedMethod& named, const baselines::Method& method,
                             const MethodChoices& choices) {
  const baselines::MethodFacts facts = method.facts();
  results::MethodInfo info{
      .id = std::string{named.entry->id},
      .title = facts.title.empty() ? std::string{named.entry->title} : facts.title,
      .options = named.options.values(),
      .parameters = facts.parameters,
      .macs = facts.macs,
      .precision = facts.precision,
      .device = device_of(named, choices)};
  if (facts.untrained) info.title += fmt::format(" (untrained, {})", facts.weights);
  if (!facts.weights.empty()) {
    info.weights = {.file = facts.weights, .sha256 = facts.weights_sha256};
  }
  if (facts.macs) info.macs_input = to_string(facts.macs_size);
  return info;
}

}  // namespace

std::vector<NamedMethod> find_methods(const std::vector<std::string>& texts,
                                      const MethodChoices& choices) {
  (void)parse_device(choices.device);
  std::vector<NamedMethod> named;
  for (const std::string& text : texts) named.push_back(parse_method(text));
  require_use(named, choices);
  return named;
}

PreparedMethod prepare_method(const NamedMethod& named, const MethodChoices& choices) {
  baselines::MethodSettings settings{.options = named.options};
  auto changed = named.options.changed();
  if (named.needs.segmentation && !choices.segmentation.empty()) {
    changed.emplace_back("segmentation", runners::folder_suffix(choices.segmentation));
  }
  if (named.needs.weights) {
    settings.weights = baselines::parse_weights(choices.weights);
    // Untrained weights get a folder of their own: their mattes must not be taken for real ones.
    if (settings.weights.recipe) {
      std::string name = to_string(settings.weights);
      std::ranges::replace(name, ':', '-');
      changed.emplace_back("weights", std::move(name));
    }
  }
  if (named.is_network()) {
    settings.device = parse_device(choices.device);
    settings.precision = parse_precision(choices.precision);
    if (settings.precision != Precision::fp32) {
      changed.emplace_back("precision", choices.precision);
    }
    if (settings.device.kind == Device::Kind::cuda) changed.emplace_back("device", "cuda");
  }
  auto method = baselines::make_method(*named.entry, settings);
  results::MethodInfo info = describe(named, *method, choices);
  return {.entry = named.entry,
          .needs = named.needs,
          .method = std::move(method),
          .info = std::move(info),
          .folder = runners::run_folder_name(named.entry->id, changed)};
}

std::vector<PreparedMethod> prepare_methods(const std::vector<std::string>& texts,
                                            const MethodChoices& choices) {
  std::vector<PreparedMethod> methods;
  for (const NamedMethod& named : find_methods(texts, choices)) {
    methods.push_back(prepare_method(named, choices));
  }
  return methods;
}

}  // namespace mbench::app
